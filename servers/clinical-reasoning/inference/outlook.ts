/** How sure a differential is now, and how sure it can be expected to be once a question has been asked. */
import type { ClinicalModel } from "../model/model.ts";
import { tidy, type Patient } from "./query.ts";
import type { Settings } from "./settings.ts";
import type { Suggestion } from "./suggest.ts";

export interface Outlook {
  /** The leading disease and its posterior. */
  leading: number;
  top: number;
  /** Entropy of the posterior over all candidates, in bits. */
  entropy: number;
}

export interface Expected {
  ifYes: Outlook;
  ifNo: Outlook;
  /** Means over yes, no and unknown, by their probabilities. */
  top: number;
  entropy: number;
}

/** @param scores log likelihood ratios of all diseases */
export function outlookOf(scores: Float64Array, { temperature }: Settings): Outlook {
  let leading = 0;
  for (let d = 1; d < scores.length; d++) if (scores[d]! > scores[leading]!) leading = d;
  let total = 0;
  let weighted = 0;
  for (const score of scores) {
    const log = temperature * (score - scores[leading]!);
    total += Math.exp(log);
    weighted += Math.exp(log) * log;
  }
  return { leading, top: 1 / total, entropy: (Math.log(total) - weighted / total) / Math.LN2 };
}

/** The ranking is made with either answer, as it would be if it were given. */
export function expectedAfter(
  model: ClinicalModel,
  settings: Settings,
  patient: Patient,
  { term, yes, no, unknown }: Suggestion,
  now: Outlook,
  score: (patient: Patient) => Float64Array,
): Expected {
  const { observed, excluded } = patient;
  const after = (answered: Partial<Patient>) =>
    outlookOf(score(tidy(model, { ...patient, ...answered }).patient), settings);
  const ifYes = after({ observed: [...observed, term] });
  const ifNo = after({ excluded: [...excluded, term] });
  return {
    ifYes,
    ifNo,
    top: yes * ifYes.top + no * ifNo.top + unknown * now.top,
    entropy: yes * ifYes.entropy + no * ifNo.entropy + unknown * now.entropy,
  };
}
