/** How sure a differential is now, and how sure it can be expected to be once a question has been asked. */
import type { ClinicalModel } from "../model/model.ts";
import { tidy, type Patient } from "./query.ts";
import type { Settings } from "./settings.ts";
import { EFFORT_COST } from "./cost.ts";
import type { Question } from "./suggest.ts";

export interface Outlook {
  /** The leading disease and its posterior. */
  leading: number;
  top: number;
  /** Entropy of the posterior over all candidates, in bits. */
  entropy: number;
}

export interface Expected {
  /** Bits by which the entropy is expected to fall. */
  gain: number;
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

/** Questions that look best to the differential; what the ranking would make of their answers decides between these. */
export const SHORTLIST = 30;

/**
 * The questions with what the whole ranking is expected to be after each, the greatest gain for the effort first. The
 * shortlist counts an answer as the frequencies say; the ranking weighs answers as it has been fitted to, and compares
 * the patient with diseases beyond the differential.
 */
export function bestFirst(
  model: ClinicalModel,
  settings: Settings,
  patient: Patient,
  shortlist: readonly Question[],
  now: Outlook,
  score: (patient: Patient) => Float64Array,
): { question: Question; expected: Expected }[] {
  const worth = ({ question, expected }: { question: Question; expected: Expected }) =>
    expected.gain / EFFORT_COST[question.effort];
  return shortlist
    .map((question) => ({ question, expected: expectedAfter(model, settings, patient, question, now, score) }))
    .toSorted((a, b) => worth(b) - worth(a) || a.question.term - b.question.term);
}

/** The ranking is made with either answer, as it would be if it were given. */
export function expectedAfter(
  model: ClinicalModel,
  settings: Settings,
  patient: Patient,
  { term, yes, no, unknown }: Question,
  now: Outlook,
  score: (patient: Patient) => Float64Array,
): Expected {
  const { observed, excluded } = patient;
  const after = (answered: Partial<Patient>) =>
    outlookOf(score(tidy(model, { ...patient, ...answered }).patient), settings);
  const ifYes = after({ observed: [...observed, term] });
  const ifNo = after({ excluded: [...excluded, term] });
  const entropy = yes * ifYes.entropy + no * ifNo.entropy + unknown * now.entropy;
  return {
    gain: now.entropy - entropy,
    ifYes,
    ifNo,
    top: yes * ifYes.top + no * ifNo.top + unknown * now.top,
    entropy,
  };
}
