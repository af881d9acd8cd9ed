/**
 * What one finding says about one disease: its weighted log P(h | D) − log P(h | not D), before it is compared with the
 * average disease, with the profile entry that it was matched through. The rules are written once here, as numbers of a
 * frequency; vectors.ts applies them to all diseases.
 */
import type { ClinicalModel } from "../model/model.ts";
import { SOURCE } from "../model/profiles.ts";
import type { Settings } from "./settings.ts";

/** A finding's weight for one disease. `entry` is the profile entry it was matched through, −1 for none. */
export interface Likelihood {
  logRatio: number;
  entry: number;
  /** d logRatio / d log f, or / d log(1 − f) where the finding is excluded: what a drawn frequency changes. */
  slope: number;
  how: "shown" | "related" | "unrelated" | "excluded by annotation";
}

/** P(term | not D) over the whole database, for a disease that shows the term with frequency f (0 where it does not). */
export function background(model: ClinicalModel, settings: Settings, term: number, f: number): number {
  const { smoothing } = settings;
  return (model.profiles.mass[term]! - f + smoothing) / (model.size - 1 + 2 * smoothing);
}

/** How much is described of a disease, on a log scale: 0 for fifteen findings. */
export function breadthOf(model: ClinicalModel, disease: number): number {
  const { start } = model.profiles;
  return Math.log((5 + start[disease + 1]! - start[disease]!) / 20);
}

/** What a frequency rests on decides what it is worth; see Settings.shownBase. */
function shownBase(settings: Settings, source: number): number {
  if (source >= SOURCE.counted) return settings.shownBase.counted;
  return source === SOURCE.stated ? settings.shownBase.stated : settings.shownBase.bare;
}

/** A finding that the disease shows with frequency f. `information` is −log P(finding). */
export function shownValue(
  settings: Settings,
  { f, source }: { f: number; source: number },
  information: number,
  breadth: number,
): number {
  return (
    shownBase(settings, source) + settings.shownWeight * (Math.log(f) + information) - settings.shownCrowding * breadth
  );
}

/** A finding whose ancestor the disease shows with frequency f; `information` is the ancestor's. */
export function relatedValue(settings: Settings, f: number, information: number, breadth: number): number {
  return (
    settings.relatedBase + settings.relatedWeight * (Math.log(f) + information) - settings.relatedCrowding * breadth
  );
}

/** An excluded finding that the disease shows with frequency f, and what a change of log(1 − f) changes in it. */
export function absentValue(
  settings: Settings,
  { f, source }: { f: number; source: number },
  published: boolean,
): { logRatio: number; slope: number } {
  const { shownWeight, negationClip } = settings;
  const slope = shownWeight * (published ? settings.published.negationWeight : settings.negationWeight);
  const against = slope * Math.log(1 - Math.min(negationClip, f));
  if (!published) return { logRatio: against, slope };
  const { lookedFor, shared } = settings.published;
  return { logRatio: against + lookedFor + (source === SOURCE.never ? shared : 0), slope };
}

/** Findings of one patient depend on one another, the more the more there are: every contribution is multiplied by this. */
export function dependenceOf(settings: Settings, observed: number): number {
  return Math.pow(Math.max(1, observed), -settings.dependence);
}
