/** What is held likely before anything is known of the patient. */
import type { ClinicalModel } from "../model/model.ts";
import type { Settings } from "./settings.ts";
import { priorOf } from "./vectors.ts";

/**
 * `published` (the default): by the registry alone, as published cases are named; `prevalence`: by how many people have
 * the disease, where Orphanet says so; `uniform`: every disease alike.
 */
export type Prior = "published" | "prevalence" | "uniform";

/** Prevalence of a disease of which nobody has said it: below the lowest class. */
const UNKNOWN_PREVALENCE = 5e-7;

/** What another prior than the default changes in a disease's score. `scale`: what the default was multiplied by. */
export function priorChange(
  model: ClinicalModel,
  settings: Settings,
  disease: number,
  prior: Prior | undefined,
  scale: number,
): number {
  if (prior === undefined || prior === "published") return 0;
  const without = -scale * priorOf(model, settings, disease);
  return prior === "uniform" ? without : without + Math.log(prevalenceOf(model, disease));
}

/** Share of people who have the disease. */
function prevalenceOf(model: ClinicalModel, disease: number): number {
  const known = model.diseases.prevalence[disease]!;
  return Number.isNaN(known) ? UNKNOWN_PREVALENCE : known;
}

export function describePrior(model: ClinicalModel, disease: number, prior: Prior | undefined): string {
  if (prior !== "prevalence") return "prior: the registry that lists the disease";
  const known = model.diseases.prevalence[disease]!;
  return Number.isNaN(known) ? "prior: no prevalence is known" : `prior: prevalence ${known.toExponential(1)}`;
}

/** The prior in a sentence about a whole differential. */
export function describeUse(prior: Prior | undefined): string {
  if (prior === "uniform") return "uniform prior";
  if (prior === "prevalence") return "prior by prevalence where it is known";
  return "prior by registry";
}
