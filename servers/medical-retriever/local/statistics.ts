/** What ranking knows of a collection as a whole. */
import type { TermedDocument } from "./ranking.ts";

/** What BM25 needs to know of a collection. */
export interface CollectionStatistics {
  documents: number;
  meanTitleLength: number;
  meanBodyLength: number;
  /** In how many documents the term occurs. */
  frequency: (term: string) => number;
}

/** Robertson–Spärck Jones weight, never negative. */
export function idf({ documents, frequency }: CollectionStatistics, term: string): number {
  const n = frequency(term);
  return Math.log(1 + (documents - n + 0.5) / (n + 0.5));
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
