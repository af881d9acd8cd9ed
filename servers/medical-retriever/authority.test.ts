import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { authorityOf, kindOf, KINDS, type Kind } from "./authority.ts";

const typed = (...publicationTypes: string[]) => kindOf({ id: "TEST:1", publicationTypes });

const standing = (integrity: string) => authorityOf({ kind: "guideline", published: "2020", integrity }, "2020").score;

describe("kindOf", () => {
  test.each([
    [["Practice Guideline"], "guideline"],
    [["Consensus Development Conference"], "guideline"],
    [["Meta-Analysis", "Randomized Controlled Trial"], "systematic_review"],
    [["Journal Article", "Randomized Controlled Trial", "Comparative Study"], "randomized_trial"],
    [["Systematic Review", "Review"], "systematic_review"],
    [["Review", "Journal Article"], "review"],
    [["Preprint", "Randomized Controlled Trial"], "preprint"],
    [["Drug Label"], "regulator_label"],
    [["Curated Database"], "curated_database"],
    [["Case Reports"], "case_report"],
    [["Company Statement"], "company_statement"],
    [["Journal Article"], "article"],
    [[], "article"],
  ])("%j is a %s", (types, kind) => {
    expect(typed(...types)).toBe(kind);
  });

  test("an identifier tells where no type does", () => {
    expect(kindOf({ id: "NCT:01245062" })).toBe("clinical_trial");
    expect(kindOf({ id: "URL:https://example.org/" })).toBe("web");
  });
});

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
});
