/** What is worth asking, computed by hand over five diseases, and what is never asked. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileModel } from "../model/compile.ts";
import { fiveDiseases } from "../testing/five-diseases.ts";
import { effortOf } from "./cost.ts";
import { bestFirst, expectedAfter, outlookOf } from "./outlook.ts";
import type { Patient } from "./query.ts";
import { SETTINGS } from "./settings.ts";
import { frequencyIn, suggestFindings, Sums } from "./suggest.ts";

const { model } = compileModel(fiveDiseases());
const term = (n: number) => model.term(`HP:900000${n}`)!;
const [murmur, aneurysm, myopia, highMyopia, fever] = [4, 5, 6, 7, 8].map(term) as [
  number,
  number,
  number,
  number,
  number,
];
const differential = (posteriors: readonly number[]) =>
  posteriors.map((posterior, disease) => ({ disease, score: Math.log(posterior), posterior }));
const EQUAL = differential([0.2, 0.2, 0.2, 0.2, 0.2]);
const suggest = (patient: Partial<Patient>, unanswered: number[] = []) =>
  suggestFindings(model, SETTINGS, { observed: [], excluded: [], ...patient }, EQUAL, 20, unanswered);

const entropy = (p: readonly number[]) => -p.reduce((sum, x) => sum + (x > 0 ? x * Math.log2(x) : 0), 0);

/** Straight from the definition: entropy over the diseases now, less its expectation once the question is answered. */
function informationOf(weights: readonly number[], asked: number): number {
  const likelihoods = weights.map((_, d) => frequencyIn(model, d, asked));
  const after = (answer: (f: number) => number) => {
    const joint = weights.map((w, d) => w * answer(likelihoods[d]!));
    const p = joint.reduce((a, b) => a + b, 0);
    return p > 0 ? p * entropy(joint.map((x) => x / p)) : 0;
  };
  return entropy(weights) - after((f) => f) - after((f) => 1 - f);
}

describe("the information of a question", () => {
  it("is entropy now less expected entropy then", () => {
    const weights = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(weights, (raw) => {
        const total = raw.reduce((a, b) => a + b, 0);
        const posteriors = raw.map((w) => w / total);
        const sums = new Sums(model, differential(raw));
        for (const asked of sums.terms)
          expect(sums.about(asked).information).toBeCloseTo(informationOf(posteriors, asked), 9);
      }),
    );
  });

  it("the three answers' probabilities sum to one", () => {
    for (const { yes, no, unknown, gain } of suggest({})) {
      expect(yes + no + unknown).toBeCloseTo(1, 12);
      expect(gain).toBeGreaterThan(0);
    }
  });
});

const asked = (...args: Parameters<typeof suggest>) => suggest(...args).map((s) => s.term);

describe("what is asked for", () => {
  it("is neither known, nor implied by what is known, nor ruled out", () => {
    expect(asked({})).toContain(myopia);
    expect(asked({ observed: [highMyopia] })).not.toContain(myopia);
    expect(asked({ excluded: [term(2)] })).not.toContain(murmur);
    expect(asked({ excluded: [term(2)] })).toContain(fever);
  });

  it("is not what was asked for in vain, nor what is below it", () => {
    expect(asked({}, [fever])).not.toContain(fever);
    expect(asked({}, [term(2)])).not.toContain(aneurysm);
  });

  it("is one of a family, not a finding and its kind", () => {
    const terms = asked({});
    for (const a of terms) for (const b of terms) expect(a !== b && model.covers(a, b)).toBe(false);
  });
});

describe("how much it is expected to help", () => {
  it("an outlook is the leading posterior and the entropy of all", () => {
    const {
      leading,
      top,
      entropy: bits,
    } = outlookOf(Float64Array.from([0.5, 0.25, 0.25], Math.log), { ...SETTINGS, temperature: 1 });
    expect({ leading, top }).toEqual({ leading: 0, top: 0.5 });
    expect(bits).toBeCloseTo(1.5, 12);
  });

  it("is the mean over the answers, each ranked as if it were given", () => {
    const [first] = suggest({ observed: [fever] });
    const patient = { observed: [fever], excluded: [] };
    const sharp = Float64Array.from([9, 0, 0, 0, 0]);
    const flat = new Float64Array(5);
    const now = outlookOf(flat, SETTINGS);
    const seen: Patient[] = [];
    const expected = expectedAfter(model, SETTINGS, patient, first!, now, (given) => {
      seen.push(given);
      return given.observed.includes(first!.term) ? sharp : flat;
    });
    expect(seen.map((p) => p.excluded)).toEqual([[], [first!.term]]);
    expect(expected.ifYes.top).toBeGreaterThan(0.9);
    expect(expected.top).toBeCloseTo(first!.yes * expected.ifYes.top + (1 - first!.yes) * now.top, 12);
    expect(expected.entropy).toBeLessThan(now.entropy);
  });
});

it("between questions that look alike, the ranking's own answers decide", () => {
  const patient = { observed: [fever], excluded: [] };
  const questions = suggest(patient);
  const telling = questions.at(-1)!.term;
  const flat = new Float64Array(5);
  const score = (given: Patient) => (given.observed.includes(telling) ? Float64Array.from([9, 0, 0, 0, 0]) : flat);
  const best = bestFirst(model, SETTINGS, patient, questions, outlookOf(flat, SETTINGS), score);
  expect(best).toHaveLength(questions.length);
  expect(best[0]!.question.term).toBe(telling);
  expect(best[0]!.expected.gain).toBeGreaterThan(0);
});

it("effort goes by the nearest branch: a large liver is felt, though the liver is imaged", () => {
  const terms = [
    ["HP:0000118", "Phenotypic abnormality", []],
    ["HP:0001392", "Abnormality of the liver", ["HP:0000118"]],
    ["HP:0002240", "Hepatomegaly", ["HP:0001392"]],
    ["HP:0001394", "Cirrhosis", ["HP:0001392"]],
    ["HP:0002664", "Neoplasm", ["HP:0000118"]],
    ["HP:0001166", "Arachnodactyly", ["HP:0000118"]],
  ] as const;
  const { model: liver } = compileModel({
    ...fiveDiseases(),
    terms: terms.map(([id, label]) => ({ id, label })),
    isA: terms.flatMap(([child, , parents]) => parents.map((parent) => ({ child, parent }))),
    annotations: [],
  });
  const effort = (id: string) => effortOf(liver, liver.term(id)!);
  expect(effort("HP:0001394")).toBe("imaging");
  expect(effort("HP:0002240")).toBe("examination");
  expect(effort("HP:0002664")).toBe("invasive");
  expect(effort("HP:0001166")).toBe("examination");
});
