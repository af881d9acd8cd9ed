/** Shares of cases with 95% intervals from a bootstrap over papers: cases of one paper are described by one hand and are not independent. */
import { mulberry32 } from "../../kit/mulberry.ts";

export interface Outcome {
  pmid: string;
  /** 1 + number of diseases that score higher than the right one; Infinity where it is no candidate. */
  rank: number;
  /** Posterior of the leading disease. */
  confidence: number;
}

const REPLICATES = 1000;
const SEED = 20240426;

/** "top-1/3/10  .312 [.280, .345]  …" */
export function tops(outcomes: readonly Outcome[]): string {
  return [1, 3, 10].map((k) => figure(outcomes, (part) => share(part, ({ rank }) => rank <= k))).join("  ");
}

/** A figure of the outcomes with its interval. */
export function figure<T extends Outcome>(outcomes: readonly T[], statistic: (part: readonly T[]) => number): string {
  const [low, high] = bootstrap(outcomes, statistic);
  return `${statistic(outcomes).toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

export function share(outcomes: readonly Outcome[], is: (outcome: Outcome) => boolean): number {
  return outcomes.length === 0 ? Number.NaN : outcomes.filter(is).length / outcomes.length;
}

/** Expected calibration error: mean distance between the leading posterior and how often it is right, over ten bins. */
export function calibrationError(outcomes: readonly Outcome[]): number {
  const bins = new Float64Array(10);
  for (const { confidence, rank } of outcomes) {
    bins[Math.min(9, Math.floor(confidence * 10))]! += confidence - (rank === 1 ? 1 : 0);
  }
  return bins.reduce((sum, bin) => sum + Math.abs(bin), 0) / outcomes.length;
}

function bootstrap<T extends Outcome>(
  outcomes: readonly T[],
  statistic: (part: readonly T[]) => number,
): [number, number] {
  const papers = [...Map.groupBy(outcomes, ({ pmid }) => pmid).values()];
  const random = mulberry32(SEED);
  const drawn = Float64Array.from({ length: REPLICATES }, () =>
    statistic(papers.flatMap(() => papers[Math.floor(random() * papers.length)]!)),
  ).toSorted();
  return [drawn[Math.floor(REPLICATES * 0.025)]!, drawn[Math.ceil(REPLICATES * 0.975) - 1]!];
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], q: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))]!;
}
