import { describe, expect, it } from "vitest";
import { clusterBootstrap } from "./bootstrap.ts";
import { mcnemar } from "./mcnemar.ts";
import { meanPassAtK, passAtK } from "./pass-at-k.ts";
import { wilson } from "./wilson.ts";

describe("Wilson's interval", () => {
  // R: prop.test(x, n, correct = FALSE)$conf.int
  it.each([
    [27.5, 50, 0.4135, 0.6794],
    [5, 10, 0.2366, 0.7634],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [152, 605, 0.2184, 0.2873],
  ])("%d of %d", (k, n, low, high) => {
    const interval = wilson(k, n);
    expect(interval.low).toBeCloseTo(low, 3);
    expect(interval.high).toBeCloseTo(high, 3);
  });
  it("knows nothing without trials", () => expect(wilson(0, 0)).toEqual({ low: 0, high: 1 }));
});

describe("McNemar's exact test", () => {
  // R: binom.test(min(b, c), b + c)$p.value
  it.each([
    [0, 0, 1],
    [1, 0, 1],
    [0, 6, 0.03125],
    [2, 10, 0.03857421875],
    [5, 5, 1],
    [121, 59, 0.0000044],
  ])("%d against %d", (b, c, p) => {
    expect(mcnemar(b, c)).toBeCloseTo(p, 6);
    expect(mcnemar(c, b)).toBe(mcnemar(b, c));
  });
  it("stays a number for many thousands", () => expect(mcnemar(6000, 6100)).toBeCloseTo(0.368, 2));
});

describe("pass@k", () => {
  it("is one minus C(n-c,k)/C(n,k)", () => {
    expect(passAtK(5, 1, 1)).toBeCloseTo(0.2);
    expect(passAtK(5, 1, 5)).toBe(1);
    expect(passAtK(10, 3, 2)).toBeCloseTo(1 - 21 / 45);
    expect(passAtK(5, 0, 3)).toBe(0);
    expect(passAtK(2, 1, 3)).toBeUndefined();
  });
  it("is averaged over tasks", () => {
    const tasks = [
      { attempts: 4, correct: 4 },
      { attempts: 4, correct: 0 },
    ];
    expect(meanPassAtK(tasks, 2)).toBe(0.5);
    expect(meanPassAtK([...tasks, { attempts: 1, correct: 1 }], 2)).toBeUndefined();
  });
});

const width = ({ low, high }: { low: number; high: number }) => high - low;

describe("cluster bootstrap", () => {
  const independent = Array.from({ length: 100 }, (_, i) => [i % 2]);
  const tenAtOnce = Array.from({ length: 10 }, (_, i) => Array.from({ length: 10 }, () => i % 2));
  it("agrees with the normal approximation where tasks are independent", () => {
    const { low, high } = clusterBootstrap(independent, 7);
    expect(low).toBeCloseTo(0.5 - 1.96 * 0.05, 1);
    expect(high).toBeCloseTo(0.5 + 1.96 * 0.05, 1);
  });
  it("is about √10 times wider where ten tasks stand and fall together", () => {
    const ratio = width(clusterBootstrap(tenAtOnce, 7)) / width(clusterBootstrap(independent, 7));
    expect(ratio).toBeGreaterThan(2.5);
    expect(ratio).toBeLessThan(4);
  });
  it("is the same for the same seed", () => {
    expect(clusterBootstrap(tenAtOnce, 3)).toEqual(clusterBootstrap(tenAtOnce, 3));
    expect(clusterBootstrap([[1, 1], [1]])).toEqual({ low: 1, high: 1 });
  });
});
