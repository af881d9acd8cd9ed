/**
 * An independent implementation: straight from the formula, over plain records, one disease and one finding at a time,
 * sharing no code with the engine but its constants. Both must agree to 1e-9 on 200 random cases.
 */
import { describe, expect, it } from "vitest";
import { compileModel } from "../model/compile.ts";
import type { AnnotationRecord, ModelInput } from "../model/input.ts";
import type { ClinicalModel } from "../model/model.ts";
import { hasShared, readHpoFiles } from "../testing/hpo-files.ts";
import { accountFor } from "./contributions.ts";
import { tidy, type Patient } from "./query.ts";
import { mulberry32 } from "../../kit/mulberry.ts";
import { rankCandidates, scoreAll } from "./rank.ts";
import { SETTINGS as S } from "./settings.ts";
import { vectorsOf } from "./vectors.ts";

interface Given {
  observed: string[];
  excluded: string[];
  published: boolean;
}

interface Shown {
  f: number;
  counted: boolean;
  never: boolean;
}

class Slow {
  readonly diseases: string[];
  readonly #parents = new Map<string, string[]>();
  readonly #shown = new Map<string, Map<string, Shown>>();
  readonly #never = new Map<string, Set<string>>();
  readonly #above = new Map<string, Set<string>>();
  readonly #background = new Map<string, number>();

  constructor({
    isA,
    annotations,
  }: {
    isA: Iterable<{ child: string; parent: string }>;
    annotations: Iterable<AnnotationRecord>;
  }) {
    for (const { child, parent } of isA) this.#parents.set(child, [...(this.#parents.get(child) ?? []), parent]);
    const counts = new Map<string, Map<string, { n: number; m: number; stated: boolean }>>();
    for (const { disease, term, negated, frequency } of annotations) {
      if (negated) {
        this.#never.set(disease, (this.#never.get(disease) ?? new Set<string>()).add(term));
        continue;
      }
      const terms = counts.get(disease) ?? new Map<string, { n: number; m: number; stated: boolean }>();
      const [n, m] = frequency ? frequency.split("/").map(Number) : [0, 0];
      const old = terms.get(term) ?? { n: 0, m: 0 };
      counts.set(disease, terms.set(term, { n: old.n + n!, m: old.m + m!, stated: old.m + m! > 0 }));
    }
    for (const [disease, terms] of counts) {
      const shown = [...terms].map(
        ([t, c]) =>
          [
            t,
            { f: c.stated ? (c.n + 2.1) / (c.m + 6) : 0.5, counted: c.stated, never: c.stated && c.n === 0 },
          ] as const,
      );
      this.#shown.set(disease, new Map(shown));
    }
    this.diseases = [...counts.keys()].toSorted();
  }

  /** The term and all above it. */
  up(term: string): Set<string> {
    let all = this.#above.get(term);
    if (!all) {
      this.#above.set(term, (all = new Set([term])));
      for (const t of all) for (const parent of this.#parents.get(t) ?? []) all.add(parent);
    }
    return all;
  }

  /** The most frequent of the disease's findings that are the term or below it. */
  best(disease: string, term: string): Shown | undefined {
    const below = [...this.#shown.get(disease)!].filter(([t]) => this.up(t).has(term));
    // Of equally frequent ones the first by identifier, as HPO numbers them.
    return below.toSorted(([a, x], [b, y]) => y.f - x.f || (a < b ? -1 : 1))[0]?.[1];
  }

  background(term: string): number {
    let known = this.#background.get(term);
    if (known === undefined) {
      const sum = this.diseases.reduce((total, d) => total + (this.best(d, term)?.f ?? 0), 0);
      known = (sum + S.smoothing) / (this.diseases.length - 1 + 2 * S.smoothing);
      this.#background.set(term, known);
    }
    return known;
  }

  breadth(disease: string): number {
    return Math.log((5 + this.#shown.get(disease)!.size) / 20);
  }

  observed(disease: string, term: string): number {
    const own = this.best(disease, term);
    const breadth = this.breadth(disease);
    if (own) {
      const base = own.counted ? S.shownBase.counted : S.shownBase.bare;
      return base + S.shownWeight * Math.log(own.f / this.background(term)) - S.shownCrowding * breadth;
    }
    if ([...this.up(term)].some((t) => this.#never.get(disease)?.has(t))) return S.contradiction;
    const values: number[] = [];
    for (const ancestor of this.up(term)) {
      if (ancestor === term || this.background(ancestor) > S.mostGeneral) continue;
      const found = this.best(disease, ancestor);
      if (!found) continue;
      const value = (frequency: number) =>
        S.relatedBase + S.relatedWeight * Math.log(frequency / this.background(ancestor)) - S.relatedCrowding * breadth;
      values.push(value(found.f));
      const exact = this.#shown.get(disease)!.get(ancestor);
      if (exact !== undefined) values.push(S.moreSpecific + value(exact.f));
    }
    return values.length > 0 ? Math.max(...values) : S.unrelated;
  }

  excluded(disease: string, term: string, published: boolean): number {
    const own = this.best(disease, term);
    if (own) {
      const absent = Math.log(1 - Math.min(S.negationClip, own.f));
      if (!published) return S.negationWeight * S.shownWeight * absent;
      const { negationWeight, lookedFor, shared } = S.published;
      return negationWeight * S.shownWeight * absent + lookedFor + (own.never ? shared : 0);
    }
    const never = [...this.up(term)].some((t) => this.#never.get(disease)?.has(t));
    return never && published ? S.published.shared : 0;
  }

  /** A finding's value for one disease, compared with what it says for the average disease. */
  compared(disease: string, value: (disease: string) => number): number {
    const mean = this.diseases.reduce((sum, d) => sum + Math.exp(value(d)), 0) / this.diseases.length;
    return value(disease) - Math.log(mean);
  }

  score(disease: string, { observed, excluded, published }: Given): number {
    const mentioned = new Set([...observed.flatMap((t) => [...this.up(t)]), ...excluded]);
    let sum = S.breadth * this.breadth(disease) + (S.registry[disease.split(":")[0]!] ?? 0);
    for (const term of observed) sum += this.compared(disease, (d) => this.observed(d, term));
    for (const term of excluded) sum += this.compared(disease, (d) => this.excluded(d, term, published));
    for (const [term, { f }] of this.#shown.get(disease)!) {
      if (!mentioned.has(term)) sum += S.missWeight * Math.log(1 - S.missPenalty * f);
    }
    return observed.length ** -S.dependence * sum;
  }

  /** Of all diseases: they sum to 1. */
  posteriors(given: Given): Map<string, number> {
    const odds = this.diseases.map((d) => [d, Math.exp(S.temperature * this.score(d, given))] as const);
    const total = odds.reduce((sum, [, o]) => sum + o, 0);
    return new Map(odds.map(([d, o]) => [d, o / total]));
  }
}

/** Compares all diseases on these cases; returns how many cases were compared. */
function compare(model: ClinicalModel, input: ModelInput, cases: readonly Given[]): number {
  const slow = new Slow(input);
  for (const given of cases) {
    const terms = (ids: readonly string[]) => ids.map((id) => model.term(id)!);
    const patient: Patient = {
      observed: terms(given.observed),
      excluded: terms(given.excluded),
      published: given.published,
    };
    const scores = scoreAll(model, vectorsOf(model, S), S, patient);
    expect(slow.diseases).toHaveLength(model.size);
    for (let d = 0; d < model.size; d++) {
      const expected = slow.score(model.diseaseId(d), given);
      expect(Math.abs(scores[d]! - expected)).toBeLessThan(1e-9);
      const parts = accountFor(model, S, d, patient).map((a) => a.contribution.logLikelihoodRatio);
      expect(Math.abs(parts.reduce((a, b) => a + b, 0) - expected)).toBeLessThan(1e-9);
    }
    const posteriors = slow.posteriors(given);
    const ranked = rankCandidates(scores, S, model.size);
    expect(ranked).toHaveLength(model.size);
    for (const { disease, posterior } of ranked) {
      expect(Math.abs(posterior - posteriors.get(model.diseaseId(disease))!)).toBeLessThan(1e-9);
    }
  }
  return cases.length;
}

/** Findings of a case as `tidy` leaves them. */
function randomCase(model: ClinicalModel, terms: readonly string[], random: () => number): Given {
  const draw = (count: number) =>
    Array.from({ length: count }, () => model.term(terms[Math.floor(random() * terms.length)]!)!);
  const { patient } = tidy(model, {
    observed: draw(1 + Math.floor(random() * 6)),
    excluded: draw(Math.floor(random() * 4)),
  });
  const ids = (of: readonly number[]) => of.map((t) => model.termId(t));
  return { observed: ids(patient.observed), excluded: ids(patient.excluded), published: random() < 0.5 };
}

const id = (i: number) => `HP:8${String(i).padStart(6, "0")}`;

/** A random hierarchy (each term under one or two earlier ones) and random diseases with counts, bare statements and exclusions. */
function randomInput(random: () => number): ModelInput {
  const pick = (below: number) => Math.floor(random() * below);
  const terms = Array.from({ length: 40 }, (_, i) => ({ id: id(i), label: `finding ${i}` }));
  const isA = terms
    .slice(1)
    .flatMap(({ id: child }, i) =>
      [...new Set([pick(i + 1), pick(i + 1)])].map((parent) => ({ child, parent: id(parent) })),
    );
  const diseases = Array.from({ length: 12 }, (_, i) => ({
    id: `${i % 4 ? "OMIM" : "ORPHA"}:${i}`,
    name: `disease ${i}`,
  }));
  const annotations = diseases.flatMap(({ id: disease }) => {
    const shown = Array.from({ length: 1 + pick(8) }, () => {
      const m = pick(3) ? 1 + pick(30) : 0;
      return { disease, term: id(pick(40)), ...(m ? { frequency: `${pick(m + 1)}/${m}` } : {}) };
    });
    return pick(3) ? shown : [...shown, { disease, term: id(pick(40)), negated: true }];
  });
  return { terms, isA, diseases, annotations, inheritance: [], onsets: [] };
}

describe("the engine against the formula", () => {
  it("agrees on 200 random cases of random models", () => {
    const random = mulberry32(5);
    let compared = 0;
    for (let i = 0; i < 20; i++) {
      const input = randomInput(random);
      const { model } = compileModel(input);
      const terms = [...input.terms].map(({ id }) => id);
      compared += compare(
        model,
        input,
        Array.from({ length: 10 }, () => randomCase(model, terms, random)),
      );
    }
    expect(compared).toBe(200);
  });

  it.skipIf(!hasShared)("agrees on diseases of the real ontology (skipped where ../shared/data is absent)", () => {
    const random = mulberry32(6);
    const all = { ...readHpoFiles(), genes: [], inheritance: [], onsets: [] };
    const annotations = [...all.annotations].filter(
      ({ disease, frequency }) => /^OMIM:\d+[05]000$/u.test(disease) && (!frequency || /^\d+\/\d+$/u.test(frequency)),
    );
    const { model: first } = compileModel({ ...all, annotations });
    const usable = annotations.filter(({ term: id }) => {
      const term = first.term(id);
      return term !== undefined && first.termId(term) === id && first.ontology.isFinding[term] === 1;
    });
    const input = { ...all, annotations: usable };
    const { model } = compileModel(input);
    const terms = [...new Set(usable.map((a) => a.term))];
    const cases = Array.from({ length: 2 }, () => randomCase(model, terms, random));
    expect(compare(model, input, cases)).toBe(2);
  });
});
