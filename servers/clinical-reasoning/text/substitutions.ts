/** Which words of names may stand for one another, learned from the ontology itself: "small jaw" and "underdeveloped jaw" are one finding, and so are many other names that differ in these two words. */
import { FILLER } from "./vocabulary.ts";

/** Findings that have to have two names which differ in this pair of concepts only. */
const LEAST_SUPPORT = 5;
/** Of the findings that have the rarer concept in a name, the share that has to show the pair. */
const LEAST_SHARE = 0.15;

/** Findings with both concepts in one name, for each that shows the pair. */
const MOST_TOGETHER = 0.5;
/** Names of other findings that a derived name of two concepts may be a part of. */
const MOST_PARTS = 1;

export interface Named {
  term: number;
  /** Its names by their concepts, without fillers. */
  names: readonly (readonly number[])[];
}

interface Name {
  term: number;
  concepts: readonly number[];
}

/** The names that have a concept. */
type Index = ReadonlyMap<number, readonly Name[]>;

/**
 * What findings would be called if one concept of a name were said as other names say it.
 * @param covers whether a finding is another or above it
 * @param never concepts that are put in no other's place
 * @param given concepts that may be put in another's place, besides those that the names show
 */
export function* derivedNames(
  findings: readonly Named[],
  covers: (ancestor: number, term: number) => boolean,
  never: ReadonlySet<number>,
  given: readonly (readonly [from: number, to: number])[],
): Generator<Name> {
  const index = indexOf(findings);
  const substitutions = substitutionsOf(findings, index, never);
  for (const [from, to] of given) addTo(substitutions, from, to);
  for (const { term, names } of findings) {
    for (const concepts of names) {
      for (const [i, concept] of concepts.entries()) {
        for (const other of substitutions.get(concept) ?? []) {
          const derived = concepts.with(i, other);
          if (derived.length > 2 || !isPart(index, term, derived, covers)) yield { term, concepts: derived };
        }
      }
    }
  }
}

function indexOf(findings: readonly Named[]): Index {
  const index = new Map<number, Name[]>();
  for (const { term, names } of findings)
    for (const concepts of names) for (const concept of concepts) addTo(index, concept, { term, concepts });
  return index;
}

function* withBoth(index: Index, first: number, second: number): Generator<Name> {
  const [a, b] = [index.get(first) ?? [], index.get(second) ?? []];
  const [rarer, other] = a.length < b.length ? [a, second] : [b, first];
  for (const name of rarer) if (name.concepts.includes(other)) yield name;
}

/** Whether two concepts are a part of other findings' names, as "small intestine" is, and say nothing by themselves. */
function isPart(
  index: Index,
  term: number,
  concepts: readonly number[],
  covers: (ancestor: number, term: number) => boolean,
): boolean {
  let parts = 0;
  for (const name of withBoth(index, concepts[0]!, concepts[1]!))
    if (!covers(term, name.term) && ++parts > MOST_PARTS) return true;
  return false;
}

/** Concepts that may be put in the place of each concept. */
function substitutionsOf(findings: readonly Named[], index: Index, never: ReadonlySet<number>): Map<number, number[]> {
  const support = new Map<number, Map<number, number>>();
  for (const { names } of findings) {
    for (const [a, b] of pairsOf(names)) {
      const counts = support.get(a) ?? new Map<number, number>();
      support.set(a, counts.set(b, (counts.get(b) ?? 0) + 1));
    }
  }
  const found = new Map<number, number[]>();
  for (const [a, counts] of support) {
    for (const [b, count] of counts) {
      if (count < LEAST_SUPPORT) continue;
      const share = count / Math.min(usesOf(index, a), usesOf(index, b));
      if (share < LEAST_SHARE || termsOf(withBoth(index, a, b)) > MOST_TOGETHER * count) continue;
      if (!never.has(b)) addTo(found, a, b);
      if (!never.has(a)) addTo(found, b, a);
    }
  }
  return found;
}

function usesOf(index: Index, concept: number): number {
  return termsOf(index.get(concept)!);
}

function termsOf(names: Iterable<Name>): number {
  const terms = new Set<number>();
  for (const { term } of names) terms.add(term);
  return terms.size;
}

function addTo<T>(lists: Map<number, T[]>, key: number, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** The pairs of concepts, smaller first, in which two names of one finding differ while all else is the same. */
function pairsOf(names: readonly (readonly number[])[]): Iterable<readonly [number, number]> {
  const pairs = new Map<string, readonly [number, number]>();
  for (let i = 0; i < names.length; i++) {
    for (let j = i + 1; j < names.length; j++) {
      const [first, second] = [names[i]!, names[j]!];
      if (first.length < 2 || Math.abs(first.length - second.length) > 1) continue;
      const a = onlyIn(first, second);
      const b = onlyIn(second, first);
      if (a <= FILLER || b <= FILLER) continue;
      const pair = a < b ? ([a, b] as const) : ([b, a] as const);
      pairs.set(pair.join(" "), pair);
    }
  }
  return pairs.values();
}

/** The one concept of a name that the other lacks; -1 where it is none or more than one. */
function onlyIn(name: readonly number[], other: readonly number[]): number {
  let found = -1;
  for (const concept of name) {
    if (other.includes(concept) || concept === found) continue;
    if (found >= 0) return -1;
    found = concept;
  }
  return found;
}
