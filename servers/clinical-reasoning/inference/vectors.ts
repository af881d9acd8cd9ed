/**
 * The same rules as likelihood.ts for all diseases at once: one pass over the lists of diseases that show a term or
 * an ancestor of it. Vectors of recent terms are kept, since cases share findings.
 */
import type { ClinicalModel } from "../model/model.ts";
import { background, backOffFor, excludedLikelihood, observedLikelihood } from "./likelihood.ts";
import type { Settings } from "./settings.ts";

const KEPT = 400;

export class Vectors {
  readonly #model: ClinicalModel;
  readonly #settings: Settings;
  readonly #observed = new Map<number, Float64Array>();
  readonly #excluding = new Map<number, number[]>();
  readonly #backOff: Float64Array;
  #missed: Float64Array | undefined;

  constructor(model: ClinicalModel, settings: Settings) {
    this.#model = model;
    this.#settings = settings;
    this.#backOff = Float64Array.from({ length: model.size }, (_, d) => backOffFor(model, settings, d));
    for (let d = 0; d < model.size; d++) {
      for (const term of model.profiles.excluded.at(d)) {
        const list = this.#excluding.get(term);
        if (list) list.push(d);
        else this.#excluding.set(term, [d]);
      }
    }
  }

  /** Log likelihood ratio of an observed term for every disease. */
  observed(term: number): Float64Array {
    const known = this.#observed.get(term);
    if (known) {
      this.#observed.delete(term);
      this.#observed.set(term, known);
      return known;
    }
    const vector = this.#compute(term);
    this.#observed.set(term, vector);
    if (this.#observed.size > KEPT) this.#observed.delete(this.#observed.keys().next().value!);
    return vector;
  }

  /** Adds the log likelihood ratio of an excluded term to every disease. */
  addExcluded(term: number, scores: Float64Array): void {
    const model = this.#model;
    const { negationWeight, negationClip } = this.#settings;
    const { shows } = model.profiles;
    const b = Math.min(negationClip, background(model, this.#settings, term, 0));
    const absent = negationWeight * Math.log(1 / (1 - b));
    const special = new Set([...shows.at(term), ...this.#excludingDiseases(term)]);
    for (let d = 0; d < scores.length; d++) if (!special.has(d)) scores[d]! += absent;
    for (const d of special) scores[d]! += excludedLikelihood(model, this.#settings, d, term).logRatio;
  }

  /** Sum of log(1 − δ·f) over the findings of each disease that nobody mentioned. `mentioned` has a byte per term. */
  addMissing(mentioned: Uint8Array, scores: Float64Array): void {
    const { start, term } = this.#model.profiles;
    const missed = this.missed;
    for (let d = 0; d < scores.length; d++) {
      let sum = 0;
      for (let e = start[d]!; e < start[d + 1]!; e++) if (!mentioned[term[e]!]) sum += missed[e]!;
      scores[d]! += sum;
    }
  }

  /** log(1 − δ·f) of every profile entry. */
  get missed(): Float64Array {
    const { missPenalty } = this.#settings;
    return (this.#missed ??= this.#model.profiles.frequency.map((f) => Math.log(1 - missPenalty * f)));
  }

  #compute(term: number): Float64Array {
    const model = this.#model;
    const settings = this.#settings;
    const { shows, via, frequency } = model.profiles;
    const backOff = this.#backOff;
    const ratios = new Float64Array(model.size).fill(settings.floor);
    for (const ancestor of model.ontology.ancestors.at(term)) {
      for (let i = shows.start[ancestor]!; i < shows.start[ancestor + 1]!; i++) {
        const f = frequency[via[i]!]!;
        const d = shows.items[i]!;
        const ratio = (backOff[d]! * f) / background(model, settings, ancestor, f);
        if (ratio > ratios[d]!) ratios[d] = ratio;
      }
    }
    const vector = ratios.map(Math.log);
    for (const d of [...this.#excludingDiseases(term), ...shows.at(term)]) {
      vector[d] = observedLikelihood(model, settings, d, term).logRatio;
    }
    return vector;
  }

  #excludingDiseases(term: number): number[] {
    if (this.#excluding.size === 0) return [];
    return [term, ...this.#model.ontology.ancestors.at(term)].flatMap((t) => this.#excluding.get(t) ?? []);
  }
}
