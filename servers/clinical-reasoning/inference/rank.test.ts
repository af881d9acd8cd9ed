import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileModel } from "../model/compile.ts";
import { fiveDiseases } from "../testing/five-diseases.ts";
import { accountFor } from "./contributions.ts";
import { tidy, type Patient } from "./query.ts";
import { rankCandidates, scoreAll } from "./rank.ts";
import { SETTINGS } from "./settings.ts";
import { Vectors } from "./vectors.ts";

const { model } = compileModel(fiveDiseases());
const [heart, eye, murmur, aneurysm, myopia, highMyopia, fever] = [2, 3, 4, 5, 6, 7, 8].map((n) =>
  model.term(`HP:900000${n}`)!,
) as [number, number, number, number, number, number, number];
const disease = (name: string) => model.disease(`D:${name}`)!;
const settings = {
  ...SETTINGS,
  backOff: 0.1,
  crowding: 0,
  floor: 0.01,
  smoothing: 0.5,
  missPenalty: 0.1,
  negationWeight: 0.3,
  negationClip: 0.9,
  ownExclusion: 0.05,
  sexMismatch: 0.2,
  beforeOnset: 0.3,
};
const score = (patient: Partial<Patient>) =>
  scoreAll(model, new Vectors(model, settings), settings, { observed: [], excluded: [], ...patient });

// P(finding | disease), by hand: (n + 2.1) / (m + 6); a band counts as 3 patients; unstated is .75.
const A_ANEURYSM = 11.1 / 16;
const A_MYOPIA = (0.9 * 3 + 2.1) / 9;
const D_FEVER = 3.1 / 8;
const UNSTATED = 0.75;

describe("the formula on five diseases, by hand", () => {
  it("takes f / P(h | not D) for a finding that the disease shows, and charges for what nobody mentioned", () => {
    const scores = score({ observed: [aneurysm] });
    // Only A shows an aneurysm: P(h | not A) is the smoothing alone, 0.5 of 5.
    const expected = Math.log(A_ANEURYSM / (0.5 / 5)) + Math.log(1 - 0.1 * A_MYOPIA);
    expect(scores[disease("A")]).toBeCloseTo(expected, 12);
  });

  it("backs off to a common ancestor, with the most frequent finding below it", () => {
    const scores = score({ observed: [aneurysm] });
    // C shares "heart" through its murmur; P(heart | not C) holds A and E and the smoothing.
    const background = (A_ANEURYSM + UNSTATED + 0.5) / 5;
    const throughHeart = (0.1 * UNSTATED) / background;
    const throughAll = (0.1 * UNSTATED) / ((A_ANEURYSM + 3 * UNSTATED - UNSTATED + UNSTATED + 0.5) / 5);
    const expected = Math.log(Math.max(throughHeart, throughAll)) + Math.log(1 - 0.1 * UNSTATED);
    expect(scores[disease("C")]).toBeCloseTo(expected, 12);
  });

  it("lets a general query match what lies below it", () => {
    // B shows high myopia, so it shows myopia; A shows it too.
    const background = (A_MYOPIA + 0.5) / 5;
    expect(score({ observed: [myopia] })[disease("B")]).toBeCloseTo(
      Math.log(UNSTATED / background) + Math.log(1 - 0.1 * UNSTATED),
      12,
    );
  });

  it("holds an observed finding against a disease whose annotation excludes it", () => {
    const scores = score({ observed: [murmur] });
    expect(scores[disease("B")]).toBeCloseTo(Math.log(0.05) + Math.log(1 - 0.1 * UNSTATED), 12);
  });

  it("tempers an excluded finding", () => {
    const without = score({ observed: [myopia] });
    const excluded = score({ observed: [myopia], excluded: [fever] });
    const background = (UNSTATED + 0.5) / 5;
    const expected = 0.3 * Math.log((1 - D_FEVER) / (1 - background));
    // D's fever is no longer unmentioned, so its charge is taken back as well.
    const charge = Math.log(1 - 0.1 * D_FEVER);
    expect(excluded[disease("D")]! - without[disease("D")]!).toBeCloseTo(expected - charge, 12);
  });

  it("counts sex and age lightly", () => {
    const neutral = score({ observed: [heart] });
    const girl = score({ observed: [heart], sex: "female", age: 4 });
    expect(girl[disease("C")]! - neutral[disease("C")]!).toBeCloseTo(Math.log(0.2), 12);
    expect(girl[disease("D")]! - neutral[disease("D")]!).toBeCloseTo(Math.log(0.3), 12);
    expect(girl[disease("A")]).toBe(neutral[disease("A")]);
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
