/**
 * How sure a posterior is: every frequency behind the leading diagnoses is drawn from its Beta posterior, the ranking
 * is computed again, and the middle 90% of the results is the interval. Two reports make a wide one, two hundred a narrow one.
 */
import type { ClinicalModel } from "../model/model.ts";
import { BetaDraws, DRAWS } from "./draws.ts";
import type { Ranked } from "./rank.ts";
import type { Settings } from "./settings.ts";

/** What a score was made of, as far as a drawn frequency changes it. `entry` −1: nothing to draw. */
export interface Drawn {
  entry: number;
  /** Change of the score per change of log f, or of log(1 − f) where the finding is excluded. */
  slope: number;
  contribution: { kind: string };
}

const tables = new WeakMap<ClinicalModel, BetaDraws>();

/**
 * 5th and 95th percentile of the posteriors of the first `shown` diseases, in the order given. The others are drawn with
 * them, since they share what is to be had; what is ranked below all of them keeps its posterior.
 */
export function intervals(
  model: ClinicalModel,
  settings: Settings,
  ranked: readonly Ranked[],
  accounts: readonly (readonly Drawn[])[],
  shown = ranked.length,
): [number, number][] {
  let draws = tables.get(model);
  if (!draws) tables.set(model, (draws = new BetaDraws(model)));
  const rest = Math.max(0, 1 - ranked.reduce((sum, r) => sum + r.posterior, 0));
  const totals = new Float64Array(DRAWS).fill(rest);
  const samples = ranked.map(({ posterior }, i) => {
    const sample = shifts(draws, settings, accounts[i]!);
    for (let k = 0; k < DRAWS; k++) {
      sample[k] = posterior * Math.exp(settings.temperature * sample[k]!);
      totals[k]! += sample[k]!;
    }
    return sample;
  });
  return samples.slice(0, shown).map((sample, i) => {
    for (let k = 0; k < DRAWS; k++) sample[k]! /= totals[k]!;
    sample.sort();
    const low = sample[Math.floor(DRAWS * 0.05)]!;
    const high = sample[Math.ceil(DRAWS * 0.95) - 1]!;
    const { posterior } = ranked[i]!;
    return [Math.min(low, posterior), Math.max(high, posterior)];
  });
}

/** Change of a score when the frequencies behind it are drawn instead of taken at their means, once per draw. */
function shifts(draws: BetaDraws, settings: Settings, accounts: readonly Drawn[]): Float64Array {
  const sums = new Float64Array(DRAWS);
  for (const { entry, slope, contribution } of accounts) {
    if (entry < 0) continue;
    if (contribution.kind === "observed") draws.addLogRatios(entry, slope, sums);
    else draws.addAbsentLogRatios(entry, { weight: slope, clip: settings.negationClip }, sums);
  }
  return sums;
}
