/** Wilson's score interval of a proportion: sound for few trials and at the ends, where the usual one is not. */

export interface Interval {
  low: number;
  high: number;
}

/** Two-sided 95 %. */
const Z = 1.959963984540054;

/** @param successes k of @param trials n, 0 ≤ k ≤ n; without trials nothing is known: 0 to 1 */
export function wilson(successes: number, trials: number, z = Z): Interval {
  if (trials === 0) return { low: 0, high: 1 };
  const p = successes / trials;
  const z2 = z * z;
  const centre = (p + z2 / (2 * trials)) / (1 + z2 / trials);
  const half = (z / (1 + z2 / trials)) * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials * trials));
  // The ends are exact where nothing or everything succeeded; rounding must not move them.
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}
