/** Light context: a sex in which the disease hardly occurs, and an age before its earliest onset. */
import { MODES, type Sex } from "../model/context.ts";
import type { ClinicalModel } from "../model/model.ts";
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
