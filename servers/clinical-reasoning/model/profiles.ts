/** From statements to what the formula reads: P(finding | disease) per disease, and per term the diseases that show it or something below it. */
import { betaOf } from "./frequency.ts";
import { Lists } from "./lists.ts";
import type { Ontology } from "./ontology.ts";
import { ROW, type Rows } from "./rows.ts";

/** What the frequency of an entry rests on. `never`: patients were counted, and none had the finding. */
export const SOURCE = { bare: 0, stated: 1, counted: 2, never: 3 } as const;

export interface Profiles {
  /** Entries of disease d: `start[d] … start[d+1]`; an entry is one finding that the disease shows. */
  start: Uint32Array;
  term: Uint32Array;
  alpha: Float64Array;
  beta: Float64Array;
  /** Mean of Beta(alpha, beta): P(finding | disease). */
  frequency: Float64Array;
  /** One of SOURCE. */
  source: Uint8Array;
  /** Rows of entry e: `rowStart[e] … rowEnd[e]`. */
  rowStart: Uint32Array;
  rowEnd: Uint32Array;
  /** Bits of ROW.male and ROW.female where every source limits the finding to that sex. */
  sex: Uint8Array;
  /** Findings that the disease's own annotation excludes. */
  excluded: Lists;
  /** For each term, the diseases that show it or a descendant of it, ascending … */
  shows: Lists;
  /** … and the entry through which each does: its most frequent one. Parallel to `shows.items`. */
  via: Uint32Array;
  /** Sum over all diseases of P(term | disease). */
  mass: Float64Array;
}

export function buildProfiles(ontology: Ontology, diseases: number, rows: Rows): Profiles {
  const entries = collectEntries(diseases, rows);
  const { start, term, frequency } = entries;
  const shown: number[][] = Array.from({ length: ontology.ids.length }, () => []);
  const via: number[][] = Array.from({ length: ontology.ids.length }, () => []);
  const best = new Int32Array(ontology.ids.length).fill(-1);
  for (let d = 0; d < diseases; d++) {
    const touched: number[] = [];
    const consider = (t: number, entry: number) => {
      const known = best[t]!;
      if (known < 0) touched.push(t);
      if (known < 0 || frequency[entry]! > frequency[known]!) best[t] = entry;
    };
    for (let e = start[d]!; e < start[d + 1]!; e++) {
      consider(term[e]!, e);
      for (const ancestor of ontology.ancestors.at(term[e]!)) consider(ancestor, e);
    }
    for (const t of touched) {
      shown[t]!.push(d);
      via[t]!.push(best[t]!);
      best[t] = -1;
    }
  }
  return {
    ...entries,
    shows: Lists.of(shown),
    via: Lists.of(via).items,
    mass: Float64Array.from(via, (list) => list.reduce((sum, entry) => sum + frequency[entry]!, 0)),
  };
}

function collectEntries(diseases: number, rows: Rows): Omit<Profiles, "shows" | "via" | "mass"> {
  const start = new Uint32Array(diseases + 1);
  const term: number[] = [];
  const alpha: number[] = [];
  const beta: number[] = [];
  const source: number[] = [];
  const rowStart: number[] = [];
  const rowEnd: number[] = [];
  const sex: number[] = [];
  const excluded: number[][] = Array.from({ length: diseases }, () => []);
  for (let i = 0; i < rows.term.length;) {
    const end = endOfEntry(rows, i);
    const disease = rows.disease[i]!;
    if (rows.flags[i]! & ROW.negated) {
      excluded[disease]!.push(rows.term[i]!);
    } else {
      const counts = countsOf(rows, i, end);
      const posterior = betaOf(counts);
      term.push(rows.term[i]!);
      alpha.push(posterior.alpha);
      beta.push(posterior.beta);
      source.push(sourceOf(counts));
      rowStart.push(i);
      rowEnd.push(end);
      sex.push(sexOf(rows, i, end));
      start[disease + 1] = term.length;
    }
    i = end;
  }
  for (let d = 1; d <= diseases; d++) start[d] = Math.max(start[d]!, start[d - 1]!);
  return {
    start,
    term: Uint32Array.from(term),
    alpha: Float64Array.from(alpha),
    beta: Float64Array.from(beta),
    frequency: Float64Array.from(alpha, (a, e) => a / (a + beta[e]!)),
    source: Uint8Array.from(source),
    rowStart: Uint32Array.from(rowStart),
    rowEnd: Uint32Array.from(rowEnd),
    sex: Uint8Array.from(sex),
    excluded: Lists.of(excluded),
  };
}

function sourceOf({ n, m, shares }: { n: number; m: number; shares: readonly number[] }): number {
  if (m > 0) return n > 0 ? SOURCE.counted : SOURCE.never;
  return shares.length > 0 ? SOURCE.stated : SOURCE.bare;
}

/** Rows are sorted, so that those of one finding of one disease stand together. */
function endOfEntry(rows: Rows, first: number): number {
  let end = first + 1;
  while (
    end < rows.term.length &&
    rows.disease[end] === rows.disease[first] &&
    rows.term[end] === rows.term[first] &&
    (rows.flags[end]! & ROW.negated) === (rows.flags[first]! & ROW.negated)
  )
    end++;
  return end;
}

/** The statements of rows `from … to`, added up. */
export function countsOf(rows: Rows, from: number, to: number): { n: number; m: number; shares: number[] } {
  const counts = { n: 0, m: 0, shares: [] as number[] };
  for (let i = from; i < to; i++) {
    counts.n += rows.n[i]!;
    counts.m += rows.m[i]!;
    if (!Number.isNaN(rows.share[i]!)) counts.shares.push(rows.share[i]!);
  }
  return counts;
}

function sexOf(rows: Rows, from: number, to: number): number {
  let all: number = ROW.male | ROW.female;
  for (let i = from; i < to; i++) all &= rows.flags[i]!;
  return all;
}
