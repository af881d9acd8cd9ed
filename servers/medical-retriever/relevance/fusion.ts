/**
 * Rel(d,q) from words and from meaning: about half the one, half the other. Both lie in [0,1] by themselves, whatever the other
 * documents are, so that Rel can be compared between questions.
 */

/** Share of the words: .5 to .6 do equally well on both sets of questions of `npm run bench:retrieval`. */
export const WORDS = 0.55;
/** With fewer documents to go by, a document without a vector is taken to be as near as the words say. */
const LEAST_KNOWN = 8;

export interface Judged {
  /** By words, in [0,1]. */
  relevance: number;
  /** By meaning, in [0,1]: the share of the way from an unrelated text to the same one. */
  similarity?: number | undefined;
}

type Known = Judged & { similarity: number };

/** Rel of each document. Where none has a similarity, words alone decide. */
export function fuse(documents: readonly Judged[]): number[] {
  const known = documents.filter((document): document is Known => document.similarity !== undefined);
  if (known.length === 0) return documents.map(({ relevance }) => relevance);
  const expected = expectation(known);
  return documents.map(({ relevance, similarity }) => {
    return WORDS * relevance + (1 - WORDS) * (similarity ?? expected(relevance));
  });
}

/**
 * What similarity to expect of a document by its words: the line of least squares through those that have both. So a
 * document without a vector, from a live source that was slow, competes on the same scale.
 */
function expectation(known: readonly Known[]): (relevance: number) => number {
  const n = known.length;
  const mean = (value: (judged: Known) => number) => known.reduce((sum, j) => sum + value(j), 0) / n;
  const x = mean(({ relevance }) => relevance);
  const y = mean(({ similarity }) => similarity);
  const variance = mean(({ relevance }) => (relevance - x) ** 2);
  if (n < LEAST_KNOWN || variance === 0) return (relevance) => Math.min(relevance, 1);
  const slope = mean(({ relevance, similarity }) => (relevance - x) * (similarity - y)) / variance;
  return (relevance) => Math.min(1, Math.max(0, y + Math.max(0, slope) * (relevance - x)));
}
