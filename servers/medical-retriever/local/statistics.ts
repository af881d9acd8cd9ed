/** What ranking knows of a collection as a whole. */
import { isPlainTerm } from "./plain-terms.ts";
import type { TermedDocument } from "./ranking.ts";

/** What BM25 needs to know of a collection. */
export interface CollectionStatistics {
  documents: number;
  meanTitleLength: number;
  meanBodyLength: number;
  /** In how many documents the term occurs. */
  frequency: (term: string) => number;
}

/** A word of ordinary English is in one of twenty abstracts (the mean over SciFact's 5,183), … */
const PLAIN_SHARE = 0.05;
/** … which is believed like a count over so many documents. */
const BACKGROUND = 2000;

/**
 * Robertson–Spärck Jones weight, never negative. In a small collection every word is rare: ordinary words are taken to be
 * as frequent as in texts at large, until the collection is large enough to say so itself.
 */
export function idf({ documents, frequency }: CollectionStatistics, term: string): number {
  const own = frequency(term);
  const expected = (documents * (own + PLAIN_SHARE * BACKGROUND)) / (documents + BACKGROUND);
  const n = isPlainTerm(term) ? Math.max(own, expected) : own;
  return rarity(documents, n);
}

/** @param frequency in how many of the documents a term is; a count that is out of date may exceed them */
export function rarity(documents: number, frequency: number): number {
  return Math.log(1 + (Math.max(0, documents - frequency) + 0.5) / (frequency + 0.5));
}

/** Statistics of a collection to which some documents from elsewhere are added. */
export function widened(
  collection: CollectionStatistics | undefined,
  others: readonly TermedDocument[],
): CollectionStatistics {
  const { documents = 0, meanTitleLength = 0, meanBodyLength = 0 } = collection ?? {};
  const counts = new Map<string, number>();
  for (const { title, body } of others) {
    for (const term of new Set([...title, ...body])) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const total = documents + others.length;
  const mean = (before: number, lengths: number[]) =>
    total === 0 ? 0 : (before * documents + lengths.reduce((sum, n) => sum + n, 0)) / total;
  return {
    documents: total,
    meanTitleLength: mean(
      meanTitleLength,
      others.map(({ title }) => title.length),
    ),
    meanBodyLength: mean(
      meanBodyLength,
      others.map(({ body }) => body.length),
    ),
    frequency: (term) => (collection?.frequency(term) ?? 0) + (counts.get(term) ?? 0),
  };
}
