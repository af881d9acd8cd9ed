/** Light context: a sex in which the disease hardly occurs, and an age before its earliest onset. */
import { MODES, type Sex } from "../model/context.ts";
import type { ClinicalModel } from "../model/model.ts";
import type { Patient } from "./query.ts";
import type { Settings } from "./settings.ts";

/** Log likelihood ratio of the patient's sex. A further mode of inheritance takes the argument away. */
export function sexLikelihood(model: ClinicalModel, settings: Settings, disease: number, sex: Sex | undefined): number {
  const modes = model.diseases.modes[disease]!;
  if (!sex || modes === 0) return 0;
  const limitedToOther = sex === "female" ? MODES.maleLimited | MODES.yLinked : MODES.femaleLimited;
  if (modes & limitedToOther) return settings.sexMismatch;
  if (sex === "female" && modes === MODES.xRecessive) return settings.sexMismatch;
  return 0;
}

/** Adds both to all diseases. */
export function addContext(
  model: ClinicalModel,
  settings: Settings,
  { sex, age }: Patient,
  scores: Float64Array,
): void {
  if (sex) for (let d = 0; d < scores.length; d++) scores[d]! += sexLikelihood(model, settings, d, sex);
  if (age === undefined) return;
  const { onsetFrom } = model.diseases;
  for (let d = 0; d < scores.length; d++) if (age < onsetFrom[d]!) scores[d]! += settings.beforeOnset;
}

/** Log likelihood ratio of the patient's age in years: only an age well before the earliest described onset speaks against a disease. */
export function ageLikelihood(
  model: ClinicalModel,
  settings: Settings,
  disease: number,
  age: number | undefined,
): number {
  const from = model.diseases.onsetFrom[disease]!;
  return age !== undefined && age < from ? settings.beforeOnset : 0;
}
