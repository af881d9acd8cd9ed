/** What one finding says about one disease: log P(h | D) − log P(h | not D), with what it was matched through. */
import type { ClinicalModel } from "../model/model.ts";
import type { Settings } from "./settings.ts";

/** A finding's weight for one disease. `entry` is the profile entry it was matched through, −1 for none. */
export interface Likelihood {
  logRatio: number;
  entry: number;
  how: "shown" | "related" | "unrelated" | "excluded by annotation";
}

/** P(term | not D) over the whole database, for a disease that shows the term with frequency f (0 where it does not). */
export function background(model: ClinicalModel, settings: Settings, term: number, f: number): number {
  const { smoothing } = settings;
  return (model.profiles.mass[term]! - f + smoothing) / (model.size - 1 + 2 * smoothing);
}

/** The back-off factor for one disease; see Settings. */
export function backOffFor(model: ClinicalModel, settings: Settings, disease: number): number {
  const { start } = model.profiles;
  const findings = start[disease + 1]! - start[disease]!;
  return settings.backOff * Math.pow(20 / (5 + findings), settings.crowding);
}

/** The rule for an observed finding: its own frequency or that of something below it, else back-off to a common ancestor, else the floor. */
export function observedLikelihood(
  model: ClinicalModel,
  settings: Settings,
  disease: number,
  term: number,
): Likelihood {
  const { frequency } = model.profiles;
  const own = model.entryFor(disease, term);
  if (own >= 0) {
    const f = frequency[own]!;
    return { logRatio: Math.log(f / background(model, settings, term, f)), entry: own, how: "shown" };
  }
  if (excludes(model, disease, term)) {
    return { logRatio: Math.log(settings.ownExclusion), entry: -1, how: "excluded by annotation" };
  }
  let best: Likelihood = { logRatio: Math.log(settings.floor), entry: -1, how: "unrelated" };
  const backOff = backOffFor(model, settings, disease);
  for (const ancestor of model.ontology.ancestors.at(term)) {
    const entry = model.entryFor(disease, ancestor);
    if (entry < 0) continue;
    const f = frequency[entry]!;
    const logRatio = Math.log((backOff * f) / background(model, settings, ancestor, f));
    if (logRatio > best.logRatio) best = { logRatio, entry, how: "related" };
  }
  return best;
}

/** The rule for an excluded finding: tempered, since reports exclude what they looked for because the disease is known to show it. */
export function excludedLikelihood(
  model: ClinicalModel,
  settings: Settings,
  disease: number,
  term: number,
): Likelihood {
  const { negationWeight, negationClip } = settings;
  const entry = model.entryFor(disease, term);
  const f = entry < 0 ? 0 : model.profiles.frequency[entry]!;
  const p = Math.min(negationClip, f);
  const b = Math.min(negationClip, background(model, settings, term, f));
  const logRatio = negationWeight * Math.log((1 - p) / (1 - b));
  if (entry >= 0) return { logRatio, entry, how: "shown" };
  if (!excludes(model, disease, term)) return { logRatio, entry, how: "unrelated" };
  // The disease's own annotation excludes it too: no tempering, this is what the disease predicts.
  return { logRatio: -Math.log(1 - b), entry, how: "excluded by annotation" };
}

/** Whether the disease's annotation says NOT to this finding or to something that it is a kind of. */
function excludes(model: ClinicalModel, disease: number, term: number): boolean {
  for (const excluded of model.profiles.excluded.at(disease)) if (model.covers(excluded, term)) return true;
  return false;
}
