/**
 * What to ask next: the finding whose answer is expected to tell most about the differential, in bits. An answer can
 * be yes, no, or unknown (which tells nothing), and findings too general to be asked for are left out.
 */
import type { ClinicalModel } from "../model/model.ts";
import { background, observedLikelihood } from "./likelihood.ts";
import { mentionedTerms, type Patient } from "./query.ts";
import type { Ranked } from "./rank.ts";
import type { Settings } from "./settings.ts";

/** Share of questions that stay unanswered: not examined, not remembered. */
const UNKNOWN = 0.2;
const MOST_GENERAL = 0.25;
/** Anything may turn up in anyone. */
const RARE = 0.01;

export interface Suggestion {
  term: number;
  /** Expected information gain over the differential, in bits. */
  gain: number;
  /** P(term | D) for each disease of the differential, in its order. */
  frequencies: number[];
}

export function suggestFindings(
  model: ClinicalModel,
  settings: Settings,
  patient: Patient,
  differential: readonly Ranked[],
  limit: number,
): Suggestion[] {
  const total = differential.reduce((sum, r) => sum + r.posterior, 0);
  const weights = differential.map((r) => r.posterior / total);
  const suggestions: Suggestion[] = [];
  for (const term of askable(model, settings, patient, differential)) {
    const frequencies = differential.map((r) => presence(model, settings, r.disease, term));
    const gain = (1 - UNKNOWN) * informationGain(weights, frequencies);
    suggestions.push({ term, gain, frequencies });
  }
  suggestions.sort((a, b) => b.gain - a.gain || a.term - b.term);
  return withoutKin(model, suggestions, limit);
}

/** Entropy before minus expected entropy after asking a yes-or-no question. */
function informationGain(weights: readonly number[], frequencies: readonly number[]): number {
  const yes = weights.reduce((sum, w, i) => sum + w * frequencies[i]!, 0);
  const conditional = weights.reduce((sum, w, i) => sum + w * binaryEntropy(frequencies[i]!), 0);
  return Math.max(0, binaryEntropy(yes) - conditional);
}

function binaryEntropy(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -p * Math.log2(p) - (1 - p) * Math.log2(1 - p);
}

/** Annotated findings of the differential that are neither known nor implied nor ruled out already. */
function askable(
  model: ClinicalModel,
  settings: Settings,
  patient: Patient,
  differential: readonly Ranked[],
): Set<number> {
  const { start, term } = model.profiles;
  const mentioned = mentionedTerms(model, patient);
  const found = new Set<number>();
  for (const { disease } of differential) {
    for (let e = start[disease]!; e < start[disease + 1]!; e++) {
      const t = term[e]!;
      if (mentioned[t] || patient.excluded.some((x) => model.covers(x, t))) continue;
      if (model.size > 200 && background(model, settings, t, 0) > MOST_GENERAL) continue;
      found.add(t);
    }
  }
  return found;
}

/** P(term | D): its frequency, else what the back-off makes of the background. */
function presence(model: ClinicalModel, settings: Settings, disease: number, term: number): number {
  const entry = model.entryFor(disease, term);
  if (entry >= 0) return model.profiles.frequency[entry]!;
  const { logRatio } = observedLikelihood(model, settings, disease, term);
  return Math.min(0.5, Math.max(RARE, background(model, settings, term, 0) * Math.exp(logRatio)));
}

/** The best of each family: no suggestion is a kind of another. */
function withoutKin(model: ClinicalModel, sorted: readonly Suggestion[], limit: number): Suggestion[] {
  const kept: Suggestion[] = [];
  for (const suggestion of sorted) {
    if (kept.length === limit) break;
    const kin = kept.some((k) => model.covers(k.term, suggestion.term) || model.covers(suggestion.term, k.term));
    if (!kin && suggestion.gain > 0) kept.push(suggestion);
  }
  return kept;
}
