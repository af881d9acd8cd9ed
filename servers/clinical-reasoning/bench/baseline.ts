/**
 * The hundred-line method that the engine is compared with: naive Bayes with back-off to the best common ancestor, the
 * constants taken from the literature, no prior and no fitting, over the same candidates.
 */
import type { ClinicalModel } from "../model/model.ts";
import { countsOf } from "../model/profiles.ts";
import type { Patient } from "../inference/query.ts";

const BACK_OFF = 0.1;
const FLOOR = 0.01;
const MISS = 0.1;
const UNSTATED = 0.6;

export class Baseline {
  readonly #model: ClinicalModel;
  readonly #frequency: Float64Array;
  readonly #background: Float64Array;
  readonly #vectors = new Map<number, Float64Array>();

  constructor(model: ClinicalModel) {
    this.#model = model;
    const { rowStart, rowEnd, shows, via } = model.profiles;
    this.#frequency = Float64Array.from(rowStart, (from, e) => {
      const { n, m, shares } = countsOf(model.rows, from, rowEnd[e]!);
      if (m > 0) return (n + 1) / (m + 2);
      return shares.length > 0 ? shares.reduce((a, b) => a + b, 0) / shares.length : UNSTATED;
    });
    this.#background = Float64Array.from({ length: model.ontology.ids.length }, (_, t) => {
      let sum = 0.5;
      for (let i = shows.start[t]!; i < shows.start[t + 1]!; i++) sum += this.#frequency[via[i]!]!;
      return sum / (model.size + 1);
    });
  }

  score(patient: Patient): Float64Array {
    const { start, term } = this.#model.profiles;
    const scores = new Float64Array(this.#model.size);
    const known = new Set(patient.observed.flatMap((t) => [t, ...this.#model.ontology.ancestors.at(t)]));
    for (const t of patient.observed) {
      const vector = this.#vector(t);
      for (let d = 0; d < scores.length; d++) scores[d]! += vector[d]!;
    }
    for (let d = 0; d < scores.length; d++) {
      for (let e = start[d]!; e < start[d + 1]!; e++) {
        if (!known.has(term[e]!)) scores[d]! += Math.log(1 - MISS * this.#frequency[e]!);
      }
    }
    return scores;
  }

  #vector(term: number): Float64Array {
    let vector = this.#vectors.get(term);
    if (!vector) this.#vectors.set(term, (vector = this.#compute(term)));
    return vector;
  }

  #compute(term: number): Float64Array {
    const { shows, via } = this.#model.profiles;
    const ratios = new Float64Array(this.#model.size).fill(FLOOR);
    const each = (t: number, visit: (disease: number, ratio: number) => void) => {
      for (let i = shows.start[t]!; i < shows.start[t + 1]!; i++) {
        visit(shows.items[i]!, this.#frequency[via[i]!]! / this.#background[t]!);
      }
    };
    for (const ancestor of this.#model.ontology.ancestors.at(term)) {
      each(ancestor, (d, ratio) => (ratios[d] = Math.max(ratios[d]!, BACK_OFF * ratio)));
    }
    each(term, (d, ratio) => (ratios[d] = ratio));
    return ratios.map(Math.log);
  }
}
