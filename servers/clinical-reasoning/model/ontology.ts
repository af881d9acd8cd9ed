/** The ontology as integers: terms, what each is a kind of, and the identifiers and names that lead to it. */
import type { IsARecord, TermRecord } from "./input.ts";
import { Lists, Strings } from "./lists.ts";

/** Branches of HPO that say when, how or in whom, and are no findings of a patient. */
const NOT_FINDINGS = new Set([
  "HP:0000001",
  "HP:0000118",
  "HP:0000005",
  "HP:0012823",
  "HP:0031797",
  "HP:0003674",
  "HP:0032223",
  "HP:0032443",
  "HP:0040279",
]);
/** The first two are roots above findings; below the others nothing is a finding. */
const ROOTS = new Set(["HP:0000001", "HP:0000118"]);

export interface Ontology {
  ids: Strings;
  labels: Strings;
  /** Proper ancestors of each term, ascending. */
  ancestors: Lists;
  /** 1 where the term is a finding, 0 for roots, modes of inheritance, onsets and other modifiers. */
  isFinding: Uint8Array;
  /** Obsolete and alternative identifiers, and the term that each now means. */
  alternativeIds: Strings;
  alternativeOf: Uint32Array;
  synonyms: Strings;
  synonymOf: Uint32Array;
}

export function compileOntology(terms: Iterable<TermRecord>, isA: Iterable<IsARecord>): Ontology {
  const records = new Map<string, TermRecord>();
  for (const term of terms) if (!records.has(term.id)) records.set(term.id, term);
  const sorted = [...records.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const index = new Map(sorted.map((term, i) => [term.id, i]));
  const ancestors = ancestorsOf(sorted.length, parentsOf(index, isA));
  const alternatives = sorted.flatMap((term, i) => (term.alternatives ?? []).map((id) => [id, i] as const));
  const known = alternatives.filter(([id]) => !index.has(id));
  const synonyms = sorted.flatMap((term, i) => (term.synonyms ?? []).map((text) => [text, i] as const));
  return {
    ids: Strings.of(sorted.map((term) => term.id)),
    labels: Strings.of(sorted.map((term) => term.label)),
    ancestors: Lists.of(ancestors),
    isFinding: findings(sorted, ancestors),
    alternativeIds: Strings.of(known.map(([id]) => id)),
    alternativeOf: Uint32Array.from(known, ([, i]) => i),
    synonyms: Strings.of(synonyms.map(([text]) => text)),
    synonymOf: Uint32Array.from(synonyms, ([, i]) => i),
  };
}

function parentsOf(index: Map<string, number>, isA: Iterable<IsARecord>): number[][] {
  const parents: number[][] = Array.from({ length: index.size }, () => []);
  for (const { child, parent } of isA) {
    const from = index.get(child);
    const to = index.get(parent);
    if (from !== undefined && to !== undefined && from !== to) parents[from]!.push(to);
  }
  return parents;
}

/** Walks up from every term; a cycle in broken input ends where it began. */
function ancestorsOf(count: number, parents: number[][]): number[][] {
  const found: number[][] = [];
  for (let term = 0; term < count; term++) {
    const seen = new Set<number>();
    const open = [...parents[term]!];
    while (open.length > 0) {
      const next = open.pop()!;
      if (next === term || seen.has(next)) continue;
      seen.add(next);
      open.push(...parents[next]!);
    }
    found.push([...seen].toSorted((a, b) => a - b));
  }
  return found;
}

function findings(terms: readonly TermRecord[], ancestors: number[][]): Uint8Array {
  const modifiers = new Set(terms.flatMap((term, i) => (NOT_FINDINGS.has(term.id) && !ROOTS.has(term.id) ? [i] : [])));
  return Uint8Array.from(terms, (term, i) =>
    NOT_FINDINGS.has(term.id) || ancestors[i]!.some((a) => modifiers.has(a)) ? 0 : 1,
  );
}
