/**
 * The rules of likelihood.ts for all diseases at once. What a disease's frequency of a term is worth is computed once for
 * every pair of a disease and a term that it shows; a finding then takes the best of what each disease has for it and
 * for its ancestors, which costs one pass over their lists. Results of recent findings are kept, since cases share them.
 */
import type { ClinicalModel } from "../model/model.ts";
import { absentValue, background, breadthOf, relatedValue, shownValue, type Likelihood } from "./likelihood.ts";
import type { Settings } from "./settings.ts";

const KEPT = 800;

/** The vectors of a model under its settings, made on first use. */
export function vectorsOf(model: ClinicalModel, settings: Settings): Vectors {
  let vectors = made.get(model);
  if (vectors?.settings !== settings) made.set(model, (vectors = new Vectors(model, settings)));
  return vectors;
}
const made = new WeakMap<ClinicalModel, Vectors>();

export class Vectors {
  readonly model: ClinicalModel;
  readonly settings: Settings;
  /** Score of every disease before any finding: breadth and registry, and all its findings unmentioned. */
  readonly standing: Float64Array;
  readonly #breadth: Float64Array;
  /** −log P(term). */
  readonly #information: Float64Array;
  /** Parallel to `profiles.shows.items`. */
  readonly #shown: Float64Array;
  readonly #related: Float64Array;
  /** Entries by term: those of term t are `#entries[#entryStart[t]] …`, of diseases `#entryDisease`. */
  readonly #entryStart: Uint32Array;
  readonly #entries: Uint32Array;
  readonly #diseaseOf: Uint32Array;
  readonly #specific: Float64Array;
  /** weight · log(1 − δ·f) of every profile entry. */
  readonly missed: Float64Array;
  readonly #excluding = new Map<number, number[]>();
  /** weight · log(1 − f) and more of every profile entry whose finding is excluded: in an interview, in a published case. */
  readonly #absent: readonly [Float64Array, Float64Array];
  readonly #observed = new Map<number, Float64Array>();
  readonly #observedAverage = new Map<number, number>();
  readonly #excludedAverage = new Map<number, number>();

  constructor(model: ClinicalModel, settings: Settings) {
    this.model = model;
    this.settings = settings;
    const { start, term, frequency, source, shows, via, excluded } = model.profiles;
    const terms = model.ontology.ids.length;
    const breadth = Float64Array.from({ length: model.size }, (_, d) => breadthOf(model, d));
    const information = Float64Array.from({ length: terms }, (_, t) => -Math.log(background(model, settings, t, 0)));
    this.#breadth = breadth;
    this.#information = information;
    this.missed = frequency.map((f) => settings.missWeight * Math.log(1 - settings.missPenalty * f));
    const absent = (published: boolean) =>
      frequency.map((f, e) => absentValue(settings, { f, source: source[e]! }, published).logRatio);
    this.#absent = [absent(false), absent(true)];
    this.standing = new Float64Array(model.size);
    this.#diseaseOf = new Uint32Array(term.length);
    this.#entryStart = new Uint32Array(terms + 1);
    for (let d = 0; d < model.size; d++) {
      let all = priorOf(model, settings, d) + settings.breadth * breadth[d]!;
      for (let e = start[d]!; e < start[d + 1]!; e++) {
        all += this.missed[e]!;
        this.#diseaseOf[e] = d;
        this.#entryStart[term[e]! + 1]!++;
      }
      this.standing[d] = all;
      for (const t of excluded.at(d)) {
        const list = this.#excluding.get(t);
        if (list) list.push(d);
        else this.#excluding.set(t, [d]);
      }
    }
    for (let t = 0; t < terms; t++) this.#entryStart[t + 1]! += this.#entryStart[t]!;
    const next = this.#entryStart.slice();
    this.#entries = new Uint32Array(term.length);
    for (let e = 0; e < term.length; e++) this.#entries[next[term[e]!]!++] = e;
    this.#specific = Float64Array.from(
      term,
      (t, e) =>
        settings.moreSpecific + relatedValue(settings, frequency[e]!, information[t]!, breadth[this.#diseaseOf[e]!]!),
    );
    this.#shown = new Float64Array(via.length);
    this.#related = new Float64Array(via.length);
    for (let t = 0; t < terms; t++) {
      for (let i = shows.start[t]!; i < shows.start[t + 1]!; i++) {
        const f = frequency[via[i]!]!;
        const b = breadth[shows.items[i]!]!;
        this.#shown[i] = shownValue(settings, { f, source: source[via[i]!]! }, information[t]!, b);
        this.#related[i] = relatedValue(settings, f, information[t]!, b);
      }
    }
  }

  /** What an observed finding says for every disease. */
  observed(term: number): Float64Array {
    let values = this.#observed.get(term);
    if (values) this.#observed.delete(term);
    else values = this.#compute(term);
    this.#observed.set(term, values);
    if (this.#observed.size > KEPT) this.#observed.delete(this.#observed.keys().next().value!);
    return values;
  }

  /** What it says for the average disease: log of the mean of exp(value). */
  observedAverage(term: number): number {
    let average = this.#observedAverage.get(term);
    if (average === undefined) {
      const values = this.observed(term);
      let sum = 0;
      for (let d = 0; d < values.length; d++) sum += Math.exp(values[d]!);
      this.#observedAverage.set(term, (average = Math.log(sum / values.length)));
    }
    return average;
  }

  /** The same for one disease, with what it was matched through. */
  observedIn(disease: number, term: number): Likelihood {
    const { model, settings } = this;
    const { frequency, source } = model.profiles;
    const breadth = this.#breadth[disease]!;
    const own = model.entryFor(disease, term);
    if (own >= 0) {
      const evidence = { f: frequency[own]!, source: source[own]! };
      const logRatio = shownValue(settings, evidence, this.#information[term]!, breadth);
      return { logRatio, entry: own, slope: settings.shownWeight, how: "shown" };
    }
    if (this.#contradicts(disease, term)) {
      return { logRatio: settings.contradiction, entry: -1, slope: 0, how: "excluded by annotation" };
    }
    let best: Likelihood = { logRatio: -Infinity, entry: -1, slope: settings.relatedWeight, how: "related" };
    for (const ancestor of model.ontology.ancestors.at(term)) {
      if (this.#tooGeneral(ancestor)) continue;
      const entry = model.entryFor(disease, ancestor);
      if (entry < 0) continue;
      const value = relatedValue(settings, frequency[entry]!, this.#information[ancestor]!, breadth);
      if (value > best.logRatio) best = { ...best, logRatio: value, entry };
      const exact = this.#exactEntry(disease, ancestor);
      if (exact >= 0 && this.#specific[exact]! > best.logRatio) {
        best = { ...best, logRatio: this.#specific[exact]!, entry: exact };
      }
    }
    return best.entry >= 0 ? best : { logRatio: settings.unrelated, entry: -1, slope: 0, how: "unrelated" };
  }

  /** Adds what an excluded finding says to every disease. */
  addExcluded(term: number, published: boolean, scores: Float64Array): void {
    const { shows, via } = this.model.profiles;
    const absent = this.#absent[published ? 1 : 0];
    const end = shows.start[term + 1]!;
    for (let i = shows.start[term]!; i < end; i++) scores[shows.items[i]!]! += absent[via[i]!]!;
    if (!published) return;
    for (const d of this.#excludingDiseases(term)) {
      if (this.model.entryFor(d, term) < 0) scores[d]! += this.settings.published.shared;
    }
  }

  excludedIn(disease: number, term: number, published: boolean): Likelihood {
    const { model, settings } = this;
    const entry = model.entryFor(disease, term);
    if (entry >= 0) {
      const { frequency, source } = model.profiles;
      const evidence = { f: frequency[entry]!, source: source[entry]! };
      return { ...absentValue(settings, evidence, published), entry, how: "shown" };
    }
    if (!this.#contradicts(disease, term)) return { logRatio: 0, entry, slope: 0, how: "unrelated" };
    return { logRatio: published ? settings.published.shared : 0, entry, slope: 0, how: "excluded by annotation" };
  }

  excludedAverage(term: number, published: boolean): number {
    const key = term * 2 + (published ? 1 : 0);
    let average = this.#excludedAverage.get(key);
    if (average === undefined) {
      const { shows } = this.model.profiles;
      const touched = new Set([...shows.at(term), ...this.#excludingDiseases(term)]);
      let sum = this.model.size - touched.size;
      for (const d of touched) sum += Math.exp(this.excludedIn(d, term, published).logRatio);
      this.#excludedAverage.set(key, (average = Math.log(sum / this.model.size)));
    }
    return average;
  }

  /** Takes back the charge for findings that were mentioned after all. */
  addMentioned(mentioned: Uint8Array, scores: Float64Array): void {
    for (let t = 0; t < mentioned.length; t++) {
      if (mentioned[t] === 0) continue;
      for (let i = this.#entryStart[t]!; i < this.#entryStart[t + 1]!; i++) {
        const e = this.#entries[i]!;
        scores[this.#diseaseOf[e]!]! -= this.missed[e]!;
      }
    }
  }

  #compute(term: number): Float64Array {
    const { model, settings } = this;
    const { start, items } = model.profiles.shows;
    const [related, shown, specific] = [this.#related, this.#shown, this.#specific];
    const values = new Float64Array(model.size).fill(-Infinity);
    for (const ancestor of model.ontology.ancestors.at(term)) {
      if (this.#tooGeneral(ancestor)) continue;
      for (let i = start[ancestor]!, end = start[ancestor + 1]!; i < end; i++) {
        const d = items[i]!;
        if (related[i]! > values[d]!) values[d] = related[i]!;
      }
      for (let i = this.#entryStart[ancestor]!, end = this.#entryStart[ancestor + 1]!; i < end; i++) {
        const e = this.#entries[i]!;
        const d = this.#diseaseOf[e]!;
        if (specific[e]! > values[d]!) values[d] = specific[e]!;
      }
    }
    for (const d of this.#excludingDiseases(term)) values[d] = settings.contradiction;
    for (let i = start[term]!, end = start[term + 1]!; i < end; i++) values[items[i]!] = shown[i]!;
    for (let d = 0; d < values.length; d++) if (values[d] === -Infinity) values[d] = settings.unrelated;
    return values;
  }

  #tooGeneral(term: number): boolean {
    return this.#information[term]! < -Math.log(this.settings.mostGeneral);
  }

  /** The entry of exactly this term, −1 where the disease has none. */
  #exactEntry(disease: number, term: number): number {
    const { start, term: terms } = this.model.profiles;
    for (let e = start[disease]!; e < start[disease + 1]!; e++) if (terms[e] === term) return e;
    return -1;
  }

  /** Whether the disease's annotation says NOT to this finding or to something that it is a kind of. */
  #contradicts(disease: number, term: number): boolean {
    for (const excluded of this.model.profiles.excluded.at(disease)) if (this.model.covers(excluded, term)) return true;
    return false;
  }

  #excludingDiseases(term: number): number[] {
    if (this.#excluding.size === 0) return [];
    return [...new Set([term, ...this.model.ontology.ancestors.at(term)].flatMap((t) => this.#excluding.get(t) ?? []))];
  }
}

/** Log prior of a disease by the registry that lists it. */
export function priorOf(model: ClinicalModel, settings: Settings, disease: number): number {
  const id = model.diseaseId(disease);
  return settings.registry[id.slice(0, id.indexOf(":"))] ?? 0;
}
