import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileModel } from "../model/compile.ts";
import { fiveDiseases } from "../testing/five-diseases.ts";
import { accountFor } from "./contributions.ts";
import type { Prior } from "./prior.ts";
import { tidy, type Patient } from "./query.ts";
import { rankCandidates, scoreAll } from "./rank.ts";
import { SETTINGS } from "./settings.ts";
import { vectorsOf } from "./vectors.ts";

const { model } = compileModel(fiveDiseases());
const [heart, eye, murmur, aneurysm, myopia, highMyopia, fever] = [2, 3, 4, 5, 6, 7, 8].map((n) =>
  model.term(`HP:900000${n}`)!,
) as [number, number, number, number, number, number, number];
const disease = (name: string) => model.disease(`D:${name}`)!;
const settings = {
  ...SETTINGS,
  shownBase: { counted: 0.2, stated: 0.1, bare: 0.3 },
  shownWeight: 0.5,
  shownCrowding: 0.4,
  relatedBase: -0.1,
  relatedWeight: 0.25,
  relatedCrowding: 0.2,
  moreSpecific: 0.3,
  mostGeneral: 2,
  unrelated: -0.6,
  contradiction: -0.9,
  smoothing: 0.5,
  missPenalty: 0.1,
  missWeight: 0.5,
  negationWeight: 0.2,
  published: { negationWeight: 0.1, lookedFor: 1, shared: 1.5 },
  breadth: 0.8,
  sexMismatch: -3,
  beforeOnset: -2,
  dependence: 0.3,
};
const vectors = vectorsOf(model, settings);
const score = (patient: Partial<Patient>) =>
  scoreAll(model, vectors, settings, { observed: [], excluded: [], ...patient });
/** What a finding is worth for one disease, before it is compared with the average disease. */
const worth = (name: string, term: number) => vectors.observedIn(disease(name), term).logRatio;

// P(finding | disease), by hand: (n + 2.1) / (m + 6); a band counts as 3 patients; unstated is .5.
const A_ANEURYSM = 11.1 / 16;
const A_MYOPIA = (0.9 * 3 + 2.1) / 9;
const D_FEVER = 3.1 / 8;
const UNSTATED = 0.5;
/** −log P(finding): its frequencies over the five diseases, smoothed. */
const information = (...frequencies: number[]) => -Math.log((frequencies.reduce((a, b) => a + b, 0) + 0.5) / 5);
/** Breadth of a disease with so many findings. */
const breadth = (findings: number) => Math.log((5 + findings) / 20);

describe("the formula on five diseases, by hand", () => {
  it("weighs f / P(h) for a finding that the disease shows", () => {
    const expected = 0.2 + 0.5 * (Math.log(A_ANEURYSM) + information(A_ANEURYSM)) - 0.4 * breadth(2);
    expect(worth("A", aneurysm)).toBeCloseTo(expected, 12);
  });

  it("compares with the average disease, charges for what nobody mentioned, credits breadth", () => {
    const average = Math.log(["A", "B", "C", "D", "E"].reduce((sum, d) => sum + Math.exp(worth(d, aneurysm)), 0) / 5);
    const unmentioned = 0.5 * Math.log(1 - 0.1 * A_MYOPIA);
    const expected = worth("A", aneurysm) - average + 0.8 * breadth(2) + unmentioned;
    expect(score({ observed: [aneurysm] })[disease("A")]).toBeCloseTo(expected, 12);
  });

  it("multiplies by the number of findings to the power of −dependence", () => {
    const one = score({ observed: [aneurysm] })[disease("C")]!;
    const other = score({ observed: [myopia] })[disease("C")]!;
    const neither = 0.8 * breadth(1) + 0.5 * Math.log(1 - 0.1 * UNSTATED);
    // C's murmur stays unmentioned in all of them.
    const both = score({ observed: [aneurysm, myopia] })[disease("C")]!;
    expect(both).toBeCloseTo(2 ** -0.3 * (one + other - neither), 12);
  });

  it("backs off to the best common ancestor", () => {
    // C shares "heart" with an aneurysm through its murmur; "abnormality" says less.
    const heartInformation = information(A_ANEURYSM, UNSTATED, UNSTATED);
    const expected = -0.1 + 0.25 * (Math.log(UNSTATED) + heartInformation) - 0.2 * breadth(1);
    expect(worth("C", aneurysm)).toBeCloseTo(expected, 12);
  });

  it("counts more where the ancestor itself is annotated: the report is only more specific", () => {
    const expected = worth("C", aneurysm) + 0.2 * breadth(1) - 0.2 * breadth(2) + 0.3;
    expect(worth("E", aneurysm)).toBeCloseTo(expected, 12);
  });

  it("lets a general query match what lies below it", () => {
    // B shows high myopia, so it shows myopia; A shows it too.
    const expected = 0.3 + 0.5 * (Math.log(UNSTATED) + information(A_MYOPIA, UNSTATED)) - 0.4 * breadth(1);
    expect(worth("B", myopia)).toBeCloseTo(expected, 12);
  });

  it("holds an observed finding against a disease whose annotation excludes it", () => {
    expect(worth("B", murmur)).toBe(-0.9);
    // Fever has no ancestor in common with A's findings but the most general one.
    const strict = vectorsOf(model, { ...settings, mostGeneral: 0.3 });
    expect(strict.observedIn(disease("A"), fever).logRatio).toBe(-0.6);
  });

  it("counts an excluded finding lightly against a disease that shows it, unless a publication chose to name it", () => {
    const against = 0.2 * 0.5 * Math.log(1 - D_FEVER);
    expect(vectors.excludedIn(disease("D"), fever, false).logRatio).toBeCloseTo(against, 12);
    expect(vectors.excludedIn(disease("D"), fever, true).logRatio).toBeCloseTo(against / 2 + 1, 12);
    expect(vectors.excludedIn(disease("B"), murmur, true).logRatio).toBe(1.5);
    expect(vectors.excludedIn(disease("B"), murmur, false).logRatio).toBe(0);
    const without = score({ observed: [myopia] });
    const asked = score({ observed: [myopia], excluded: [fever] });
    const change = (d: string) => asked[disease(d)]! - without[disease(d)]!;
    // Its fever is no longer unmentioned, so that charge is taken back.
    const charge = 0.5 * Math.log(1 - 0.1 * D_FEVER);
    expect(change("D") - change("A")).toBeCloseTo(against - charge, 12);
  });

  it("counts sex and age", () => {
    const neutral = score({ observed: [heart] });
    const girl = score({ observed: [heart], sex: "female", age: 4 });
    expect(girl[disease("C")]! - neutral[disease("C")]!).toBeCloseTo(-3, 12);
    expect(girl[disease("D")]! - neutral[disease("D")]!).toBeCloseTo(-2, 12);
    expect(girl[disease("A")]).toBe(neutral[disease("A")]);
  });

  it("starts from the registry, from nothing, or from how many people have the disease", () => {
    const orphan = compileModel({
      ...fiveDiseases(),
      diseases: ["A", "B"].map((name) => ({
        id: name === "A" ? "ORPHA:A" : "D:B",
        name,
        ...(name === "B" ? { prevalence: 1e-3 } : {}),
      })),
      annotations: ["ORPHA:A", "D:B"].map((id) => ({ disease: id, term: "HP:9000005" })),
    }).model;
    const [other, rare] = ["D:B", "ORPHA:A"].map((id) => orphan.disease(id)!) as [number, number];
    const difference = (prior?: Prior) => {
      const patient = { observed: [aneurysm], excluded: [], ...(prior ? { prior } : {}) };
      const scores = scoreAll(orphan, vectorsOf(orphan, settings), settings, patient);
      const parts = accountFor(orphan, settings, rare, patient).map((a) => a.contribution.logLikelihoodRatio);
      expect(parts.reduce((a, b) => a + b, 0)).toBeCloseTo(scores[rare]!, 12);
      return scores[rare]! - scores[other]!;
    };
    expect(difference()).toBeCloseTo(settings.registry["ORPHA"]!, 12);
    expect(difference("uniform")).toBeCloseTo(0, 12);
    expect(difference("prevalence")).toBeCloseTo(Math.log(5e-7 / 1e-3), 12);
  });

  it("turns scores into a tempered posterior over the candidates", () => {
    const scores = Float64Array.from([2, 0, -1, -5, -5]);
    const ranked = rankCandidates(scores, { ...settings, temperature: 0.5 }, 2);
    const total = 1 + Math.exp(-1) + Math.exp(-1.5) + 2 * Math.exp(-3.5);
    expect(ranked.map((r) => r.disease)).toEqual([0, 1]);
    expect(ranked[1]!.posterior).toBeCloseTo(Math.exp(-1) / total, 12);
    expect(rankCandidates(scores, settings, 5, [2, 3]).map((r) => r.disease)).toEqual([2, 3]);
  });
});

describe("properties", () => {
  const terms = fc.subarray([heart, eye, murmur, aneurysm, myopia, highMyopia, fever]);
  const patients = fc.record({ observed: terms, excluded: terms }).map((p) => tidy(model, p).patient);

  it("every score is the sum of its contributions", () => {
    fc.assert(
      fc.property(patients, (patient) => {
        const scores = score(patient);
        for (let d = 0; d < model.size; d++) {
          const sum = accountFor(model, settings, d, patient).reduce(
            (s, a) => s + a.contribution.logLikelihoodRatio,
            0,
          );
          expect(sum).toBeCloseTo(scores[d]!, 9);
        }
      }),
    );
  });

  it("the order of findings does not matter, to the last bit", () => {
    const shuffled = fc
      .record({ observed: terms, excluded: terms })
      .chain((p) => fc.tuple(fc.constant(p), fc.shuffledSubarray(p.observed, { minLength: p.observed.length })));
    fc.assert(
      fc.property(shuffled, ([patient, observed]) => {
        const one = score(tidy(model, patient).patient);
        const other = score(tidy(model, { ...patient, observed }).patient);
        expect([...other]).toEqual([...one]);
      }),
    );
  });
});

describe("tidy", () => {
  it("drops what a more specific finding implies, and says so", () => {
    const { patient, notes } = tidy(model, { observed: [eye, myopia, highMyopia], excluded: [] });
    expect(patient.observed).toEqual([highMyopia]);
    expect(notes).toHaveLength(2);
    expect(notes[0]).toContain("implied by");
  });

  it("names a contradiction, and believes the observation", () => {
    const { patient, notes } = tidy(model, { observed: [highMyopia], excluded: [eye, fever] });
    expect(patient).toEqual({ observed: [highMyopia], excluded: [fever] });
    expect(notes.join()).toContain("contradiction: Abnormality of the eye");
  });
});
