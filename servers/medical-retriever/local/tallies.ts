/** How often documents have the terms of a query, as BM25F counts: by the lengths of title and text. */
import type { TermedDocument } from "./ranking.ts";
import type { CollectionStatistics } from "./statistics.ts";
import { TermCounter, type TermCounts } from "./term-counter.ts";

export const B = 0.75;
/** A word in the title counts as two in the text. */
export const TITLE_WEIGHT = 2;

/** For one document after another a number for each term: how often it occurs, plain and by the lengths of title and text. */
export interface Tallies {
  counts: Float64Array;
  frequencies: Float64Array;
}

/** How often the terms of a question, joined by spaces, occur in a document. */
interface Counted extends TermCounts {
  terms: string;
}
const counted = new WeakMap<TermedDocument, Counted>();

export class TallyMaker {
  readonly #size: number;
  readonly #key: string;
  readonly #counter: TermCounter;
  readonly #statistics: Pick<CollectionStatistics, "meanTitleLength" | "meanBodyLength">;

  /** @param terms by number, from 0 on */
  constructor(terms: ReadonlyMap<string, number>, statistics: CollectionStatistics) {
    this.#size = terms.size;
    this.#key = [...terms.keys()].join(" ");
    this.#counter = new TermCounter(terms);
    this.#statistics = statistics;
  }

  of(documents: readonly TermedDocument[]): Tallies {
    const { meanTitleLength, meanBodyLength } = this.#statistics;
    const size = this.#size;
    const counts = new Float64Array(documents.length * size);
    const frequencies = new Float64Array(documents.length * size);
    for (let i = 0; i < documents.length; i++) {
      const found = this.#counted(documents[i]!);
      const titleNorm = 1 - B + (B * found.titleLength) / Math.max(1, meanTitleLength);
      const bodyNorm = 1 - B + (B * found.bodyLength) / Math.max(1, meanBodyLength);
      for (let term = 0; term < size; term++) {
        const inTitle = found.counts[term]!;
        const inBody = found.counts[size + term]!;
        counts[i * size + term] = inTitle + inBody;
        frequencies[i * size + term] = (TITLE_WEIGHT * inTitle) / titleNorm + inBody / bodyNorm;
      }
    }
    return { counts, frequencies };
  }

  /** Counted once for a question: it is asked of the local candidates first, and then of all together. */
  #counted(document: TermedDocument): Counted {
    const before = counted.get(document);
    if (before?.terms === this.#key) return before;
    const { joined } = document;
    const counts =
      joined === undefined ? this.#counter.count(document.title, document.body) : this.#counter.countJoined(joined);
    const now = { ...counts, terms: this.#key };
    counted.set(document, now);
    return now;
  }
}
