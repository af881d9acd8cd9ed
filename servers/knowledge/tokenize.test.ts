import * as fc from "fast-check";
import { expect, test } from "vitest";
import { tokenize } from "./tokenize.ts";

const sameTerms = [
  ["IL-2 receptor", "IL‑2 receptors"],
  ["TNF-α", "TNF-alpha"],
  ["β-blocker", "beta-blockers"],
  ["BRCA1/2", "BRCA1/BRCA2"],
  ["tumour necrosis", "tumor necrosis"],
  ["haemorrhage and oedema", "hemorrhage, edema"],
  ["randomised", "randomized"],
  ["metastasis", "metastases"],
  ["analyses", "analysis"],
  ["Sjögren's syndrome", "Sjogren syndrome"],
  ["CO₂", "CO2"],
  ["children with leukaemia", "child leukemia"],
] as const;

test.each(sameTerms)("%s and %s are the same terms", (one, other) => {
  expect(tokenize(one)).toEqual(tokenize(other));
});

test("a symbol written with or without its hyphen, or with a space, is found", () => {
  expect(tokenize("IL-2")).toContain(tokenize("IL2")[0]);
  expect(tokenize("TNF-α")).toEqual(expect.arrayContaining(tokenize("TNF alpha")));
  expect(tokenize("COVID-19")).toContain("covid19");
});

test("letters, numbers and doses that matter are kept; function words are not", () => {
  expect(tokenize("Which vitamin D dose of 1.5 mg was it?")).toEqual(["vitamin", "d", "dose", "1.5", "mg"]);
  expect(tokenize("What is this, and why?")).toEqual([]);
});

test("any text gives terms without white space, and the same terms again", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const terms = tokenize(text);
      expect(terms.every((term) => term.length > 0 && !/\s/.test(term))).toBe(true);
      expect(tokenize(text)).toEqual(terms);
    }),
  );
});
