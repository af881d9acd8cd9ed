/** Exact McNemar test: do two systems differ on the same tasks? Only tasks on which they disagree say anything. */

/**
 * Two-sided p-value of a sign test.
 * @param firstOnly tasks that only the first system got right
 * @param secondOnly tasks that only the second got right
 */
export function mcnemar(firstOnly: number, secondOnly: number): number {
  const n = firstOnly + secondOnly;
  const fewer = Math.min(firstOnly, secondOnly);
  // Terms as logarithms: 2^-n is 0 for n beyond 1074.
  let logTerm = -n * Math.LN2;
  let tail = 0;
  for (let i = 0; i <= fewer; i++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log((n - i) / (i + 1));
  }
  return Math.min(1, 2 * tail);
}
