/** The tables of Beta draws against the distribution's own moments, and two entries of one shape against each other. */
import { expect, it } from "vitest";
import type { ClinicalModel } from "../model/model.ts";
import { BetaDraws, DRAWS } from "./draws.ts";

/** Entries in turn of Beta(4, 3) and Beta(1, 9): all that the tables read of a model. */
const ENTRIES = 40;
const alpha = Float64Array.from({ length: ENTRIES }, (_, e) => (e % 2 ? 1 : 4));
const beta = Float64Array.from({ length: ENTRIES }, (_, e) => (e % 2 ? 9 : 3));
const frequency = alpha.map((a, e) => a / (a + beta[e]!));
const draws = new BetaDraws({ profiles: { alpha, beta, frequency } } as unknown as ClinicalModel);

function ratios(entry: number): Float64Array {
  const sums = new Float64Array(DRAWS);
  draws.addLogRatios(entry, 1, sums);
  return sums;
}
const mean = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;

it("draws have the mean and the deviation of their Beta distribution", () => {
  for (const entry of [0, 1]) {
    const drawn = ratios(entry).map((r) => Math.exp(r) * frequency[entry]!);
    const [a, b] = [alpha[entry]!, beta[entry]!];
    const variance = (a * b) / ((a + b) ** 2 * (a + b + 1));
    expect(Math.abs(mean(drawn) - a / (a + b))).toBeLessThan(3 * Math.sqrt(variance / DRAWS));
    const spread = mean(drawn.map((f) => (f - mean(drawn)) ** 2));
    expect(spread / variance).toBeGreaterThan(0.7);
    expect(spread / variance).toBeLessThan(1.3);
  }
});

it("two entries of one shape are drawn independently, one entry twice is the same draw", () => {
  const centred = (entry: number) => ratios(entry).map((r, _, all) => r - mean(all));
  const correlation = (x: Float64Array, y: Float64Array) =>
    mean(x.map((r, k) => r * y[k]!)) / Math.sqrt(mean(x.map((r) => r ** 2)) * mean(y.map((r) => r ** 2)));
  expect(correlation(centred(2), centred(2))).toBeCloseTo(1, 12);
  const others = Array.from({ length: 18 }, (_, i) => Math.abs(correlation(centred(2), centred(4 + 2 * i))));
  expect(Math.max(...others)).toBeLessThan(0.25);
  expect(mean(Float64Array.from(others))).toBeLessThan(0.1);
});

it("what is absent moves the other way, by its weight and within the clip", () => {
  const sums = new Float64Array(DRAWS);
  draws.addAbsentLogRatios(0, { weight: 0.5, clip: 0.9 }, sums);
  const present = ratios(0);
  for (let k = 0; k < DRAWS; k++) expect(Math.sign(sums[k]!)).toBe(-Math.sign(present[k]!));
  expect(Math.min(...sums)).toBeGreaterThanOrEqual(0.5 * Math.log(0.1 / (1 - frequency[0]!)) - 1e-12);
});
