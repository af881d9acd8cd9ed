/** The formula: log P(D | findings) up to a constant for every disease, and the tempered posterior over the candidates. */
import type { ClinicalModel } from "../model/model.ts";
import { addContext } from "./context.ts";
import { dependenceOf } from "./likelihood.ts";
import { priorChange } from "./prior.ts";
import { mentionedTerms, type Patient } from "./query.ts";
import type { Settings } from "./settings.ts";
import type { Vectors } from "./vectors.ts";

/** A published likelihood ratio for one finding of one disease, as a correction to what the model says. */
export interface Corrections {
  /** [disease, log likelihood ratio to add] for an observed or an excluded term. */
  observed(term: number): Iterable<readonly [number, number]>;
  excluded(term: number): Iterable<readonly [number, number]>;
}

/** Log odds that the patient's findings add to every disease, compared with the average disease (natural logarithm). */
export function scoreAll(
  model: ClinicalModel,
  vectors: Vectors,
  settings: Settings,
  patient: Patient,
  corrections?: Corrections,
): Float64Array {
  const scores = vectors.standing.slice();
  const published = patient.published === true;
  let average = 0;
  for (const term of patient.observed) {
    const values = vectors.observed(term);
    for (let d = 0; d < scores.length; d++) scores[d]! += values[d]!;
    for (const [d, add] of corrections?.observed(term) ?? []) scores[d]! += add;
    average += vectors.observedAverage(term);
  }
  for (const term of patient.excluded) {
    vectors.addExcluded(term, published, scores);
    for (const [d, add] of corrections?.excluded(term) ?? []) scores[d]! += add;
    average += vectors.excludedAverage(term, published);
  }
  vectors.addMentioned(mentionedTerms(model, patient), scores);
  addContext(model, settings, patient, scores);
  const scale = dependenceOf(settings, patient.observed.length);
  for (let d = 0; d < scores.length; d++) scores[d] = scale * (scores[d]! - average);
  if (patient.prior) {
    for (let d = 0; d < scores.length; d++) scores[d]! += priorChange(model, settings, d, patient.prior, scale);
  }
  return scores;
}

export interface Ranked {
  disease: number;
  score: number;
  posterior: number;
}

/** Best first; equal scores in order of the disease's identifier. */
export function rankCandidates(
  scores: Float64Array,
  settings: Settings,
  limit: number,
  candidates?: readonly number[],
): Ranked[] {
  const size = candidates?.length ?? scores.length;
  let top = -Infinity;
  for (let i = 0; i < size; i++) top = Math.max(top, scores[candidates ? candidates[i]! : i]!);
  let total = 0;
  for (let i = 0; i < size; i++) {
    const log = settings.temperature * (scores[candidates ? candidates[i]! : i]! - top);
    if (log > NEGLIGIBLE) total += Math.exp(log);
  }
  return best(scores, candidates, limit).map((disease) => ({
    disease,
    score: scores[disease]!,
    posterior: Math.exp(settings.temperature * (scores[disease]! - top)) / total,
  }));
}

/** Ten thousand diseases so far below the leading one would not change the last digit of a posterior. */
const NEGLIGIBLE = -50;

/** The `limit` best: kept sorted while they are read, since limit is small and most fall below the last that is kept. */
function best(scores: Float64Array, candidates: readonly number[] | undefined, limit: number): number[] {
  const size = candidates?.length ?? scores.length;
  const kept: number[] = [];
  let last = -1;
  for (let i = 0; i < size; i++) {
    const d = candidates ? candidates[i]! : i;
    if (kept.length === limit && !before(scores, d, last)) continue;
    let at = kept.length;
    while (at > 0 && before(scores, d, kept[at - 1]!)) at--;
    kept.splice(at, 0, d);
    if (kept.length > limit) kept.pop();
    last = kept[kept.length - 1]!;
  }
  return kept;
}

function before(scores: Float64Array, a: number, b: number): boolean {
  const difference = scores[a]! - scores[b]!;
  return difference > 0 || (difference === 0 && a < b);
}
