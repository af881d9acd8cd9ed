/**
 * How sure a posterior is: every frequency behind the leading diagnoses is drawn from its Beta posterior, the ranking
 * is computed again, and the middle 90% of the results is the interval. Two reports make a wide one, two hundred a narrow one.
 */
import type { ClinicalModel } from "../model/model.ts";
import type { Account } from "./contributions.ts";
import type { Ranked } from "./rank.ts";
import { drawBeta, seeded } from "./random.ts";
import type { Settings } from "./settings.ts";

const DRAWS = 200;

/** 5th and 95th percentile of each ranked disease's posterior, in the order given. `rest` is the posterior mass of all others. */
export function intervals(
  model: ClinicalModel,
  settings: Settings,
  ranked: readonly Ranked[],
  accounts: readonly (readonly Account[])[],
): [number, number][] {
  const { temperature } = settings;
  const rest = Math.max(0, 1 - ranked.reduce((sum, r) => sum + r.posterior, 0));
  const samples = ranked.map(() => new Float64Array(DRAWS));
  // One generator per disease, seeded by its place in the model: an interval does not depend on who else is shown.
  const generators = ranked.map((r) => seeded(r.disease + 1));
  for (let k = 0; k < DRAWS; k++) {
    const weights = ranked.map((r, i) => {
      const shift = accounts[i]!.reduce((sum, a) => sum + drawnShift(model, settings, a, generators[i]!), 0);
      return r.posterior * Math.exp(temperature * shift);
    });
    const total = rest + weights.reduce((sum, w) => sum + w, 0);
    weights.forEach((w, i) => (samples[i]![k] = w / total));
  }
  return samples.map((drawn, i) => {
    drawn.sort();
    const low = drawn[Math.floor(DRAWS * 0.05)]!;
    const high = drawn[Math.ceil(DRAWS * 0.95) - 1]!;
    const { posterior } = ranked[i]!;
    return [Math.min(low, posterior), Math.max(high, posterior)];
  });
}

/** Change of a contribution when its frequency is drawn instead of taken at its mean. */
function drawnShift(model: ClinicalModel, settings: Settings, account: Account, random: () => number): number {
  const { entry, contribution } = account;
  if (entry < 0) return 0;
  const { alpha, beta, frequency } = model.profiles;
  const drawn = drawBeta(random, alpha[entry]!, beta[entry]!);
  const mean = frequency[entry]!;
  if (contribution.kind === "observed") return Math.log(Math.max(drawn, 1e-4) / mean);
  const clip = settings.negationClip;
  return settings.negationWeight * Math.log((1 - Math.min(clip, drawn)) / (1 - Math.min(clip, mean)));
}
