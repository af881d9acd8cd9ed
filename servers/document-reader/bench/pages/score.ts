/** Token F1 of an extracted text against the main text: words as a bag, case and punctuation aside. */

export interface Score {
  precision: number;
  recall: number;
  f1: number;
}

export function tokenF1(found: string, gold: string): Score {
  const [a, b] = [bagOf(found), bagOf(gold)];
  let common = 0;
  for (const [token, n] of a.bag) common += Math.min(n, b.bag.get(token) ?? 0);
  const precision = a.size > 0 ? common / a.size : 0;
  const recall = b.size > 0 ? common / b.size : 0;
  return { precision, recall, f1: common > 0 ? (2 * precision * recall) / (precision + recall) : 0 };
}

function bagOf(text: string): { bag: Map<string, number>; size: number } {
  const tokens =
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const bag = new Map<string, number>();
  for (const token of tokens) bag.set(token, (bag.get(token) ?? 0) + 1);
  return { bag, size: tokens.length };
}
