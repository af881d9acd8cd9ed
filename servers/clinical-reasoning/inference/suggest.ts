/**
 * What to ask next: the finding whose answer is expected to tell most about the differential, in bits, for the effort
 * that it takes. An answer can be yes, no, or unknown (which tells nothing); findings too general to be asked for are
 * left out. How often an answer helps in practice is measured by bench/next-question.ts.
 */
import type { ClinicalModel } from "../model/model.ts";
import { EFFORT_COST, effortOf, type Effort } from "./cost.ts";
import { background } from "./likelihood.ts";
import { mentionedTerms, type Patient } from "./query.ts";
import type { Ranked } from "./rank.ts";
import type { Settings } from "./settings.ts";

/** Diseases between which a question is to tell. */
export const CONSIDERED = 400;
const MOST_GENERAL = 0.25;
/** "Abnormality of the face" is a heading, not a question: of the diseases that show a finding, so many name it as such. */
const LEAST_NAMED = 0.25;
/**
 * Share of questions that get an answer: the rest was not examined, or is not remembered. An assumption, the same for
 * every finding: to weigh findings by how often published cases mention them asks for what everybody has, and took more
 * questions in the bench.
 */
const ANSWERED = 0.8;
/** Anything may turn up in anyone: P(finding | disease) where neither it nor anything below it is annotated. */
const RARE = 0.01;

/** A question and what its answer is worth. */
export interface Question {
  term: number;
  effort: Effort;
  /** Expected information gain over the differential in bits, unanswered questions included … */
  gain: number;
  /** … and for the effort that it takes: what questions are ordered by. */
  worth: number;
  /** P(yes), P(no) and P(unknown) of the answer; they sum to 1. */
  yes: number;
  no: number;
  unknown: number;
}

/**
 * @param differential best first; its posteriors are taken relative to one another
 * @param unanswered findings that were asked for in vain: neither they nor what is below them are asked for again
 */
export function suggestFindings(
  model: ClinicalModel,
  settings: Settings,
  patient: Patient,
  differential: readonly Ranked[],
  limit: number,
  unanswered: readonly number[] = [],
): Question[] {
  const sums = new Sums(model, differential);
  return withoutKin(model, inOrder(model, sums, askable(model, settings, patient, sums.terms, unanswered)), limit);
}

/** The questions about these terms, the most worthwhile first. */
export function inOrder(model: ClinicalModel, sums: Sums, terms: readonly number[]): Question[] {
  return terms
    .map((term) => {
      const effort = effortOf(model, term);
      const { yes, information } = sums.about(term);
      const gain = ANSWERED * information;
      const answers = { yes: ANSWERED * yes, no: ANSWERED * (1 - yes), unknown: 1 - ANSWERED };
      return { term, effort, gain, worth: gain / EFFORT_COST[effort], ...answers };
    })
    .toSorted((a, b) => b.worth - a.worth || a.term - b.term);
}

/** Those of the findings that may be asked for: neither known nor implied nor ruled out nor asked in vain, not too general. */
export function askable(
  model: ClinicalModel,
  settings: Settings,
  patient: Patient,
  terms: readonly number[],
  unanswered: readonly number[] = [],
): number[] {
  const { ancestors, isFinding } = model.ontology;
  const known = mentionedTerms(model, patient);
  const closed = new Set([...patient.excluded, ...unanswered]);
  const named = timesNamed(model);
  return terms.filter(
    (term) =>
      known[term] === 0 &&
      isFinding[term] === 1 &&
      named[term]! >= LEAST_NAMED * model.profiles.shows.at(term).length &&
      !closed.has(term) &&
      !ancestors.at(term).some((above) => closed.has(above)) &&
      (model.size <= 200 || background(model, settings, term, 0) <= MOST_GENERAL),
  );
}

const counted = new WeakMap<ClinicalModel, Uint32Array>();

/** Diseases whose own annotations name a term, not something below it. */
function timesNamed(model: ClinicalModel): Uint32Array {
  let counts = counted.get(model);
  if (!counts) {
    counts = new Uint32Array(model.ontology.ids.length);
    for (const term of model.profiles.term) counts[term]!++;
    counted.set(model, counts);
  }
  return counts;
}

/**
 * P(yes) and the information of every finding that a differential shows, from one pass over its diseases: a disease
 * shows its annotated findings and everything above them, each with the frequency of the most frequent one below.
 */
export class Sums {
  /** Every term that a disease of the differential shows, in order of their first. */
  readonly terms: number[] = [];
  readonly #weight: Float64Array;
  readonly #yes: Float64Array;
  /** Sum of weight · H(f). */
  readonly #entropy: Float64Array;

  constructor(model: ClinicalModel, differential: readonly Ranked[]) {
    const { ids, ancestors } = model.ontology;
    const { start, term, frequency } = model.profiles;
    const total = differential.reduce((sum, r) => sum + r.posterior, 0);
    this.#weight = new Float64Array(ids.length);
    this.#yes = new Float64Array(ids.length);
    this.#entropy = new Float64Array(ids.length);
    const shown = new Float64Array(ids.length);
    for (const { disease, posterior } of differential) {
      const weight = posterior / total;
      const touched: number[] = [];
      const show = (t: number, f: number) => {
        if (shown[t] === 0) touched.push(t);
        if (f > shown[t]!) shown[t] = f;
      };
      for (let e = start[disease]!; e < start[disease + 1]!; e++) {
        show(term[e]!, frequency[e]!);
        for (const above of ancestors.at(term[e]!)) show(above, frequency[e]!);
      }
      for (const t of touched) {
        if (this.#weight[t] === 0) this.terms.push(t);
        this.#weight[t]! += weight;
        this.#yes[t]! += weight * shown[t]!;
        this.#entropy[t]! += weight * entropyOf(shown[t]!);
        shown[t] = 0;
      }
    }
  }

  /** P(yes | it is answered), and the bits that the answer is expected to be worth: entropy now less entropy then. */
  about(term: number): { yes: number; information: number } {
    const others = Math.max(0, 1 - this.#weight[term]!);
    const yes = this.#yes[term]! + others * RARE;
    const left = this.#entropy[term]! + others * entropyOf(RARE);
    return { yes, information: Math.max(0, entropyOf(yes) - left) };
  }
}

/** Entropy of a yes-or-no question in bits. */
function entropyOf(p: number): number {
  return p <= 0 || p >= 1 ? 0 : -p * Math.log2(p) - (1 - p) * Math.log2(1 - p);
}

/** P(term | D): of its own annotations or of those below the term. */
export function frequencyIn(model: ClinicalModel, disease: number, term: number): number {
  const entry = model.entryFor(disease, term);
  return entry < 0 ? RARE : model.profiles.frequency[entry]!;
}

/** The best of each family: no suggestion is a kind of another. */
function withoutKin(model: ClinicalModel, sorted: readonly Question[], limit: number): Question[] {
  const kept: Question[] = [];
  for (const candidate of sorted) {
    if (kept.length === limit) break;
    const kin = kept.some((k) => model.covers(k.term, candidate.term) || model.covers(candidate.term, k.term));
    if (!kin && candidate.gain > 0) kept.push(candidate);
  }
  return kept;
}
