/** Cluster bootstrap of a mean: tasks that share an ingredient, or repeats of one task, are drawn together. */
import type { Interval } from "./wilson.ts";

/**
 * The 95 % percentile interval of the mean of all scores, resampling whole clusters.
 * @param clusters scores (0 or 1, or shares) of each cluster
 * @param seed the same seed gives the same interval
 */
export function clusterBootstrap(clusters: readonly (readonly number[])[], seed = 1, draws = 2000): Interval {
  const sums = clusters
    .filter((scores) => scores.length > 0)
    .map((scores) => ({ n: scores.length, sum: total(scores) }));
  if (sums.length === 0) return { low: 0, high: 1 };
  const random = mulberry32(seed);
  const means = Array.from({ length: draws }, () => {
    let n = 0;
    let sum = 0;
    for (let i = 0; i < sums.length; i++) {
      const drawn = sums[Math.floor(random() * sums.length)]!;
      n += drawn.n;
      sum += drawn.sum;
    }
    return sum / n;
  }).toSorted((a, b) => a - b);
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Linear between the order statistics. */
function quantile(sorted: readonly number[], q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (at - below) * (sorted[above]! - sorted[below]!);
}

/** Uniform in [0, 1), the same on every machine. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
