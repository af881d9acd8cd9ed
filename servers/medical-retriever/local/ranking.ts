/**
 * Relevance by words: BM25F over title and text (Robertson & Zaragoza, "The Probabilistic Relevance Framework", 2009),
 * computed by us with statistics of the whole collection, so that a score means the same on every page and for every
 * source. Two things are added, both measured by `npm run bench:retrieval`: what a question asks about may be said in
 * several ways, of which the best counts; and words that the matching documents repeat count more than those they
 * mention, since documents repeat what they are about.
 */
import { plainConcepts, type Concept } from "../relevance/concepts.ts";
import { isPlainTerm } from "./plain-terms.ts";
import { idf, type CollectionStatistics } from "./statistics.ts";
import { TallyMaker, type Tallies } from "./tallies.ts";

/** A document as search terms, in order. */
export interface TermedDocument {
  title: readonly string[];
  body: readonly string[];
  /** The same in UTF-8, joined by spaces, with `BAR` between title and body, where it is at hand: quicker to count in. */
  joined?: Uint8Array;
}

export interface Relevance {
  /** Rel(d,q) in [0,1]; see `judge`. */
  relevance: number;
  /** Share of the query's weight whose words occur at all. */
  coverage: number;
  /** Whether it holds, as a whole, a thing that the query names. */
  holdsNamed: boolean;
  /**
   * Of the weight of all things with a proper name (drugs, genes, diseases …) in the query, the share of those that it
   * holds as a whole; at least that of the lightest one, so that it is 1 where the query names no more than one.
   */
  namedShare: number;
}

export const K1 = 0.9;
/** Below 1: the first words that a document shares with the query say more than the last. */
const POWER = 0.7;
/** The documents that say which words matter, and how much that counts. */
const MATCHING = 100;
const EMPHASIS = 0.35;

/** What is named counts fully in collections far smaller than this, and as its rarity says in far larger ones. */
const SMALL = 500;

/** What a word counts that no document has, as `Concept.named` says: without it nothing is very relevant. */
const UNKNOWN = 3;

/** A concept by the numbers of its terms. */
interface Numbered {
  own: readonly number[];
  others: readonly { terms: readonly number[]; weight: number }[];
  /** What it counts beside its rarity. */
  factor: number;
  isNamed: boolean;
  /** Whether it has a proper name; findings have none. */
  isProper: boolean;
}

/** What terms and concepts count. */
interface Weighed {
  terms: Float64Array;
  concepts: Float64Array;
  total: number;
  /** What words that no document has count more. */
  missing: number;
  /** Of the concepts with a proper name: all together, and the lightest of them. */
  proper: number;
  lightest: number;
}

/** What a document has of a question. */
interface Scored {
  sum: number;
  covered: number;
  /** Weight of the proper names. */
  held: number;
  holdsNamed: boolean;
}

/** A question as concepts with the weights of a collection. */
export class TermQuery {
  readonly #terms = new Map<string, number>();
  readonly #idf: Float64Array;
  /** Whether any document has the term. */
  readonly #known: readonly boolean[];
  /** Whether no document has the term, nor is it ordinary English. */
  readonly #strange: readonly boolean[];
  readonly #concepts: readonly Numbered[];
  /** 1 of a collection of no documents, 0 of an endless one. */
  readonly #smallness: number;
  readonly #tallies: TallyMaker;

  /** @param asked terms, repeated ones counted once, or concepts */
  constructor(asked: Iterable<string> | readonly Concept[], statistics: CollectionStatistics) {
    this.#smallness = SMALL / (statistics.documents + SMALL);
    const [...items] = asked;
    const concepts = items.filter((item) => typeof item !== "string");
    const numbers = (terms: readonly string[]) => [...new Set(terms)].map((term) => this.#number(term));
    this.#concepts = [...plainConcepts(items.filter((item) => typeof item === "string")), ...concepts].map(
      ({ own, others, named }) => ({
        own: numbers(own),
        others: others.map(({ terms, weight }) => ({ terms: numbers(terms), weight })),
        factor: 1 + ((named ?? 1) - 1) * this.#smallness,
        isNamed: named !== undefined,
        isProper: named !== undefined && named > 1,
      }),
    );
    this.#idf = Float64Array.from(this.#terms.keys(), (term) => idf(statistics, term));
    this.#tallies = new TallyMaker(this.#terms, statistics);
    this.#known = Array.from(this.#terms.keys(), (term) => statistics.frequency(term) > 0);
    this.#strange = Array.from(this.#terms.keys(), (term, i) => !this.#known[i] && !isPlainTerm(term));
  }

  /**
   * How relevant each document is. With s = Σ idf·e·tf/(tf+k1) and its upper bound W = Σ idf·e, x = s / W is the share of
   * the query's information that the document carries; e is the emphasis of a word, the mean of how often the best
   * matching documents that have it repeat it, to the power of 0.35. Rel = x ^ 0.7, so that a document where every word
   * occurs twice comes to 0.77: monotone in BM25, comparable between queries, never quite 1.
   */
  judge(documents: readonly TermedDocument[]): Relevance[] {
    const tallies = this.#tallies.of(documents);
    const plain = this.#weigh(this.#plain());
    const matching = documents
      .map((_, i) => ({ i, score: this.#score(tallies, i, plain).sum }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score)
      .slice(0, MATCHING);
    const emphasis = this.#emphasis(
      tallies,
      matching.map(({ i }) => i),
    );
    const weighed = this.#weigh(emphasis);
    return documents.map((_, i) => this.#relevance(tallies, i, weighed));
  }

  /** Of a document alone: without the emphasis that others give. */
  relevanceOf(document: TermedDocument): Relevance {
    return this.#relevance(this.#tallies.of([document]), 0, this.#weigh(this.#plain()));
  }

  /** The least coverage of a document that is about the query: short queries must be met, long ones in part. */
  get leastCoverage(): number {
    const words = this.#concepts.reduce((sum, { own }) => sum + own.length, 0);
    return Math.min(0.34, Math.max(0.1, 1.2 / words));
  }

  /** A word that no document has is a name more often than not, unless it is ordinary English. */
  #isUnknown({ own, others }: Numbered): boolean {
    return [own, ...others.map(({ terms }) => terms)].every((terms) => terms.some((term) => this.#strange[term]));
  }

  #plain(): Float64Array {
    return new Float64Array(this.#terms.size).fill(1);
  }

  #number(term: string): number {
    const number = this.#terms.get(term) ?? this.#terms.size;
    this.#terms.set(term, number);
    return number;
  }

  /** @param matching places of the documents that say which words matter */
  #emphasis({ counts }: Tallies, matching: readonly number[]): Float64Array {
    const { size } = this.#terms;
    return Float64Array.from(this.#terms.values(), (term) => {
      let documents = 0;
      let occurrences = 0;
      for (const i of matching) {
        const count = counts[i * size + term]!;
        if (count === 0) continue;
        documents += 1;
        occurrences += count;
      }
      return documents === 0 ? 1 : (occurrences / documents) ** EMPHASIS;
    });
  }

  #relevance(tallies: Tallies, document: number, weighed: Weighed): Relevance {
    const { sum, covered, held, holdsNamed } = this.#score(tallies, document, weighed);
    const { total, missing, proper, lightest } = weighed;
    const namedShare = proper === 0 ? 1 : Math.max(held, lightest) / proper;
    if (total === 0) return { relevance: 0, coverage: 0, holdsNamed, namedShare };
    return {
      relevance: (sum / (total + missing)) ** POWER,
      coverage: covered / total,
      holdsNamed,
      namedShare,
    };
  }

  #weigh(emphasis: Float64Array): Weighed {
    const terms = this.#idf.map((weight, i) => weight * emphasis[i]!);
    const concepts = Float64Array.from(this.#concepts, (concept) => concept.factor * this.#weightOf(concept, terms));
    const unknown = concepts.filter((_, i) => this.#isUnknown(this.#concepts[i]!));
    const proper = concepts.filter((_, i) => this.#concepts[i]!.isProper);
    return {
      terms,
      concepts,
      total: sumOf(concepts),
      missing: sumOf(unknown) * (UNKNOWN - 1) * this.#smallness,
      proper: sumOf(proper),
      lightest: Math.min(...proper),
    };
  }

  /** What a concept counts: what the user's words do, or what texts call it where they are unknown here. */
  #weightOf({ own, others }: Numbered, weights: Float64Array): number {
    const weightOf = (terms: readonly number[]) => terms.reduce((sum, term) => sum + weights[term]!, 0);
    if (own.some((term) => this.#known[term])) return weightOf(own);
    const known = others.filter(({ terms }) => terms.every((term) => this.#known[term]));
    return known.length > 0 ? Math.max(...known.map(({ terms }) => weightOf(terms))) : weightOf(own);
  }

  #score({ frequencies }: Tallies, document: number, { terms: weights, concepts }: Weighed): Scored {
    const result = { sum: 0, covered: 0, held: 0, holdsNamed: false };
    const begin = document * this.#terms.size;
    for (let i = 0; i < this.#concepts.length; i++) {
      const { own, others, factor, isNamed, isProper } = this.#concepts[i]!;
      let [score, covered, isWhole] = [0, 0, true];
      for (const term of own) {
        const tf = frequencies[begin + term]!;
        isWhole &&= tf > 0;
        if (tf === 0) continue;
        score += (factor * weights[term]! * tf) / (tf + K1);
        covered += factor * weights[term]!;
      }
      for (const { terms, weight } of others) {
        if (terms.some((term) => frequencies[begin + term] === 0)) continue;
        isWhole = true;
        let [other, most] = [0, 0];
        for (const term of terms) {
          const tf = frequencies[begin + term]!;
          other += (weights[term]! * tf) / (tf + K1);
          most += weights[term]!;
        }
        score = Math.max(score, (weight * concepts[i]! * other) / most);
        covered = Math.max(covered, weight * concepts[i]!);
      }
      result.sum += score;
      result.covered += covered;
      result.holdsNamed ||= isNamed && isWhole;
      if (isProper && isWhole) result.held += concepts[i]!;
    }
    return result;
  }
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
