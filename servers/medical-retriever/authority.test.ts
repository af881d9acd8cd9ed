import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Impact } from "../../schemas/index.ts";
import { authorityOf } from "./authority.ts";
import { KINDS, type Kind } from "./kinds.ts";

const standing = (integrity: string) => authorityOf({ kind: "guideline", published: "2020", integrity }, "2020").score;

const young = (impact?: Impact) => authorityOf({ kind: "article", published: "2025-06", impact }, "2026-01-01").score;

describe("authorityOf", () => {
  test("is the documented formula, with its parts", () => {
    expect(authorityOf({ kind: "guideline", published: "2020" }, "2020-01-01")).toEqual({
      score: 1,
      parts: { guideline: 1, recency: 1, integrity: 1 },
    });
    expect(authorityOf({ kind: "review", published: "2005-01-01" }, "2020-01-01").score).toBeCloseTo(
      0.8 * 0.6 + 0.1,
      3,
    );
  });

  test("retracted work has none; a concern costs most of it; a correction nothing", () => {
    expect(standing("retracted")).toBe(0);
    expect(standing("concern")).toBeLessThan(0.5);
    expect(standing("corrected")).toBe(standing("ok"));
  });

  test("is always in [0,1], and newer is never worse", () => {
    const years = fc.integer({ min: 1950, max: 2030 });
    fc.assert(
      fc.property(fc.constantFrom(...(Object.keys(KINDS) as Kind[])), years, years, (kind, a, b) => {
        const [older, newer] = [Math.min(a, b), Math.max(a, b)].map((year) =>
          authorityOf({ kind, published: String(year) }, "2026-06-01"),
        );
        expect(newer!.score).toBeGreaterThanOrEqual(older!.score);
        expect(newer!.score).toBeLessThanOrEqual(1);
        expect(older!.score).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("what is cited more is trusted more, by a tenth at most; what nobody counted stands in the middle", () => {
    const now = "2026-01-01";
    const of = (impact: Impact | undefined, kind: Kind = "cohort") =>
      authorityOf({ kind, published: "2016", impact }, now).score;
    expect(of({ percentile: 99 })).toBeGreaterThan(of(undefined));
    expect(of({ percentile: 1 })).toBeLessThan(of(undefined));
    expect(of({ rcr: 1 })).toBe(of(undefined));
    expect(of({ citations: 30 })).toBe(of(undefined));
    expect(of({})).toBe(of(undefined));
    expect(of({ percentile: 100 }, "case_report")).toBeLessThan(of({ percentile: 0 }, "randomized_trial"));
    expect(authorityOf({ kind: "cohort", published: "2016", impact: { rcr: 3 } }, now).parts).toMatchObject({
      cohort: 0.65,
      impact: 0.75,
    });
    expect(authorityOf({ kind: "cohort", published: "2016" }, now).parts).not.toHaveProperty("impact");
  });

  test("a paper too young to be cited loses nothing by it", () => {
    expect(young({ citations: 0 })).toBe(young());
    expect(young({ percentile: 95 })).toBeGreaterThan(young());
  });

  test("every part can only raise it, and it stays in [0,1]", () => {
    const impact = fc.record(
      {
        percentile: fc.double({ min: 0, max: 100, noNaN: true }),
        rcr: fc.double({ min: 0, max: 500, noNaN: true }),
        citations: fc.nat(100_000),
      },
      { requiredKeys: [] },
    );
    const facts = fc.record({
      kind: fc.constantFrom(...(Object.keys(KINDS) as Kind[])),
      integrity: fc.constantFrom("ok", "corrected", "concern", "retracted"),
      published: fc.option(fc.integer({ min: 1900, max: 2030 }).map(String), { nil: undefined }),
      impact,
    });
    const now = "2026-06-01";
    fc.assert(
      fc.property(facts, fc.double({ min: 0, max: 50, noNaN: true }), (document, more) => {
        const { score } = authorityOf(document, now);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        for (const measure of ["percentile", "rcr", "citations"] as const) {
          const raised = { [measure]: Math.floor((document.impact[measure] ?? 0) + more) };
          const before = { [measure]: Math.floor(document.impact[measure] ?? 0) };
          if (raised[measure]! > 100) continue;
          const of = (impact: Impact) => authorityOf({ ...document, impact }, now).score;
          expect(of(raised)).toBeGreaterThanOrEqual(of(before));
        }
        expect(authorityOf({ ...document, integrity: "retracted" }, now).score).toBe(0);
        expect(authorityOf({ ...document, kind: "guideline" }, now).score).toBeGreaterThanOrEqual(score);
      }),
    );
  });
});
