/** The statements of all sources, one row each, in order of disease, sign and finding: what every frequency is computed from. */
import { Lists, Strings } from "./lists.ts";

export const ROW = { negated: 1, male: 2, female: 4 } as const;

export interface Row {
  disease: number;
  term: number;
  n: number;
  m: number;
  /** Stated share of patients; NaN where none is stated. */
  share: number;
  flags: number;
  /** Row in graph.db, 0 for none. */
  relation: number;
  references: readonly string[];
}

export interface Rows {
  disease: Uint32Array;
  term: Uint32Array;
  n: Uint32Array;
  m: Uint32Array;
  share: Float64Array;
  flags: Uint8Array;
  relation: Uint32Array;
  /** Indices into `referenceNames`. */
  references: Lists;
  referenceNames: Strings;
}

/** Rows in their fixed order; equal input sets give equal tables, whatever order they came in. */
export function tableOf(rows: readonly Row[]): Rows {
  const sorted = rows.toSorted(compareRows);
  const names = new Map<string, number>();
  const nameOf = (name: string) => {
    let i = names.get(name);
    if (i === undefined) names.set(name, (i = names.size));
    return i;
  };
  return {
    disease: Uint32Array.from(sorted, (row) => row.disease),
    term: Uint32Array.from(sorted, (row) => row.term),
    n: Uint32Array.from(sorted, (row) => row.n),
    m: Uint32Array.from(sorted, (row) => row.m),
    share: Float64Array.from(sorted, (row) => row.share),
    flags: Uint8Array.from(sorted, (row) => row.flags),
    relation: Uint32Array.from(sorted, (row) => row.relation),
    references: Lists.of(sorted.map((row) => row.references.map(nameOf))),
    referenceNames: Strings.of([...names.keys()]),
  };
}

/** The rows of a table as records again, to be joined with others. */
export function* rowsOf(table: Rows): Generator<Row> {
  const names = Array.from({ length: table.referenceNames.length }, (_, i) => table.referenceNames.at(i));
  for (let i = 0; i < table.disease.length; i++) {
    yield {
      disease: table.disease[i]!,
      term: table.term[i]!,
      n: table.n[i]!,
      m: table.m[i]!,
      share: table.share[i]!,
      flags: table.flags[i]!,
      relation: table.relation[i]!,
      references: Array.from(table.references.at(i), (r) => names[r]!),
    };
  }
}

function compareRows(a: Row, b: Row): number {
  return (
    a.disease - b.disease ||
    (a.flags & ROW.negated) - (b.flags & ROW.negated) ||
    a.term - b.term ||
    a.relation - b.relation ||
    a.n - b.n ||
    a.m - b.m ||
    compareShares(a.share, b.share) ||
    (a.references.join() < b.references.join() ? -1 : a.references.join() > b.references.join() ? 1 : 0)
  );
}

function compareShares(a: number, b: number): number {
  return (Number.isNaN(a) ? -1 : a) - (Number.isNaN(b) ? -1 : b);
}
