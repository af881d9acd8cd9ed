/** What a question asks about, one thing after another, each with the ways in which texts may say it. */
import { termedWords } from "../../knowledge/tokenize.ts";

/** Search terms that say a thing together. */
export interface Alternative {
  terms: readonly string[];
  /** How much it counts where the user's own words count 1. */
  weight: number;
}

/** A document is as much about a concept as the best of its alternatives says: they are not added up. */
export interface Concept {
  /** The user's own words; some of them may be there and others not. */
  own: readonly string[];
  /** Other ways to say it, each of which must be there as a whole. */
  others: readonly Alternative[];
  /** Where it is a thing that the vocabulary knows: how much it counts where a word as rare counts 1, in a small collection. */
  named?: number;
}

/** What is left of a compound without its short parts says little: IL of IL-2, cell of T-cell. */
const REST = 0.4;

/** The words of a text as concepts, each once. `TNF-α` is one concept: its parts, or `tnfalpha`; `IL-2` is `il2`, or both parts. */
export function conceptsOf(text: string): Concept[] {
  const known = new Set<string>();
  const concepts: Concept[] = [];
  for (const { parts, whole, apart } of termedWords(text)) {
    if (whole && (apart || parts.length > 0)) {
      if (known.has(whole)) continue;
      known.add(whole);
      concepts.push(apart ? shortened(whole, apart, parts) : { own: parts, others: [{ terms: [whole], weight: 1 }] });
      continue;
    }
    for (const term of whole ? [whole] : parts) {
      if (known.has(term)) continue;
      known.add(term);
      concepts.push({ own: [term], others: [] });
    }
  }
  return concepts;
}

function shortened(whole: string, apart: readonly string[], parts: readonly string[]): Concept {
  const rest = parts.length > 0 ? [{ terms: parts, weight: REST }] : [];
  return { own: [whole], others: [{ terms: apart, weight: 1 }, ...rest] };
}

/** A concept for each term. */
export function plainConcepts(terms: Iterable<string>): Concept[] {
  return [...new Set(terms)].map((term) => ({ own: [term], others: [] }));
}

/** Search terms for finding candidates, with what each counts; a term of several concepts counts once. */
export function candidateTerms(concepts: readonly Concept[]): { term: string; weight: number }[] {
  const weights = new Map<string, number>();
  const add = (term: string, weight: number) => weights.set(term, Math.max(weight, weights.get(term) ?? 0));
  for (const { own, others } of concepts) {
    for (const term of own) add(term, 1);
    for (const { terms, weight } of others) for (const term of terms) add(term, weight / terms.length);
  }
  return [...weights].map(([term, weight]) => ({ term, weight }));
}

/**
 * The concepts, where words that stand for one thing are one concept, with other ways to say it.
 * @param sayings each with the words of the question that it is about; the first ones win where they overlap
 */
export function withAlternatives(concepts: readonly Concept[], sayings: readonly Concept[]): Concept[] {
  let all = [...concepts];
  const taken = new Set<Concept>();
  for (const { own, others, named } of sayings) {
    const wanted = new Set(own);
    const covered = all.filter((concept) => concept.own.every((term) => wanted.has(term)));
    if (covered.length === 0 || covered.some((concept) => taken.has(concept))) continue;
    const terms = [...new Set(covered.flatMap((concept) => concept.own))];
    // `betablocker` still says β-blocker where that is all that is meant.
    const before = covered.length === 1 ? covered[0]!.others : [];
    const fresh = others.filter((other) => !isPart(other.terms, terms) && !isPart(terms, other.terms));
    if (fresh.length === 0 && named === undefined) continue;
    const weight = named ?? covered.find((concept) => concept.named !== undefined)?.named;
    const merged: Concept = {
      own: terms,
      others: [...before, ...fresh],
      ...(weight === undefined ? {} : { named: weight }),
    };
    taken.add(merged);
    const [first] = covered;
    all = all.flatMap((concept) => (concept === first ? [merged] : covered.includes(concept) ? [] : [concept]));
  }
  return all;
}

function isPart(terms: readonly string[], of: readonly string[]): boolean {
  return terms.every((term) => of.includes(term));
}
