/** The formula: log P(D | findings) up to a constant for every disease, and the tempered posterior over the candidates. */
import type { ClinicalModel } from "../model/model.ts";
import { ageLikelihood, sexLikelihood } from "./context.ts";
import { mentionedTerms, type Patient } from "./query.ts";
import type { Settings } from "./settings.ts";
import type { Vectors } from "./vectors.ts";

/** A published likelihood ratio for one finding of one disease, as a correction to what the model says. */
export interface Corrections {
  /** [disease, log likelihood ratio to add] for an observed or an excluded term. */
  observed(term: number): Iterable<readonly [number, number]>;
  excluded(term: number): Iterable<readonly [number, number]>;
}

/** Sum of log likelihood ratios of every disease (natural logarithm, not tempered). */
export function scoreAll(
  model: ClinicalModel,
  vectors: Vectors,
  settings: Settings,
  patient: Patient,
  corrections?: Corrections,
): Float64Array {
  const scores = new Float64Array(model.size);
  for (const term of patient.observed) {
    const vector = vectors.observed(term);
    for (let d = 0; d < scores.length; d++) scores[d]! += vector[d]!;
    for (const [d, add] of corrections?.observed(term) ?? []) scores[d]! += add;
  }
  for (const term of patient.excluded) {
    vectors.addExcluded(term, scores);
    for (const [d, add] of corrections?.excluded(term) ?? []) scores[d]! += add;
  }
  vectors.addMissing(mentionedTerms(model, patient), scores);
  for (let d = 0; d < scores.length; d++) {
    scores[d]! += sexLikelihood(model, settings, d, patient.sex) + ageLikelihood(model, settings, d, patient.age);
  }
  return scores;
}

export interface Ranked {
  disease: number;
  score: number;
  posterior: number;
}

/** Best first; equal scores in order of the disease's identifier. Uniform prior over the candidates. */
export function rankCandidates(
  scores: Float64Array,
  settings: Settings,
  limit: number,
  candidates?: readonly number[],
): Ranked[] {
  const among = candidates ?? Array.from(scores.keys());
  let top = -Infinity;
  for (const d of among) top = Math.max(top, scores[d]!);
  let total = 0;
  for (const d of among) total += Math.exp(settings.temperature * (scores[d]! - top));
  return best(scores, among, limit).map((disease) => ({
    disease,
    score: scores[disease]!,
    posterior: Math.exp(settings.temperature * (scores[disease]! - top)) / total,
  }));
}

/** The `limit` best of many: kept sorted while they are read, since limit is small. */
function best(scores: Float64Array, among: readonly number[], limit: number): number[] {
  const before = (a: number, b: number) => scores[b]! - scores[a]! || a - b;
  if (among.length <= limit * 4) return among.toSorted(before).slice(0, limit);
  const kept: number[] = [];
  for (const d of among) {
    if (kept.length === limit && before(kept[limit - 1]!, d) <= 0) continue;
    let at = kept.length;
    while (at > 0 && before(d, kept[at - 1]!) < 0) at--;
    kept.splice(at, 0, d);
    if (kept.length > limit) kept.pop();
  }
  return kept;
}
