import * as fc from "fast-check";
import { expect, test } from "vitest";
import { termedWords, tokenize } from "./tokenize.ts";
import { scanWords } from "./words-in-text.ts";

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
  ["laparoscopy", "laparoscopic"],
  ["interleukin‐2", "interleukin-2"],
  ["anaemia", "anemia"],
  ["TNF-α", "TNFα TNF alpha"],
  ["Crohn’s disease", "Crohn disease"],
] as const;

test.each(sameTerms)("%s and %s are the same terms", (one, other) => {
  expect(tokenize(one)).toEqual(tokenize(other));
});

test("a symbol written with or without its hyphen, or with a space, is found", () => {
  expect(tokenize("IL-2")).toContain(tokenize("IL2")[0]);
  expect(tokenize("TNF-α")).toEqual(expect.arrayContaining(tokenize("TNF alpha")));
  expect(tokenize("COVID-19")).toContain("covid19");
  expect(tokenize("β-blocker")).toEqual(expect.arrayContaining(tokenize("beta blockers")));
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

test("the words of a question keep together what says the same", () => {
  expect(termedWords("IL-2 in placebo-controlled trials of BRCA1/2")).toEqual([
    { parts: ["il"], whole: "il2", apart: ["il", "2"] },
    { parts: ["placebo", "control"] },
    { parts: ["trial"] },
    { parts: ["brca1"] },
    { parts: ["brca2"] },
  ]);
});

const WORD = /\d+(?:[.,]\d+)+|[\p{L}\p{N}]+(?:[-‐‑‒–/'’][\p{L}\p{N}]+)*/gu;

test("words are found by hand where the expression that says what a word is finds them", () => {
  const character = fc.constantFrom(...Array.from("aB1.,-/'’–α²𝐀𝟘 😀x9"), "\ud835", "\udc00");
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: character })), (text) => {
      const words: string[] = [];
      scanWords(text, ({ units, starts, ends, count }) => {
        for (let i = 0; i < count; i++) words.push(String.fromCharCode(...units.subarray(starts[i], ends[i])));
      });
      expect(words).toEqual(text.normalize("NFKC").match(WORD) ?? []);
    }),
    { numRuns: 2000 },
  );
});

test("a text of any length gives the terms of its pieces, however many different words were met before", () => {
  const pieces = Array.from({ length: 400 }, (_, i) =>
    Array.from({ length: 500 }, (__, k) => `zq${(500 * i + k).toString(36)}x`).join(" "),
  );
  const alone = pieces.map((piece) => tokenize(piece));
  expect(alone[0]!.slice(0, 2)).toEqual(["zq0x", "zq1x"]);
  expect(tokenize(pieces.join("; "))).toEqual(alone.flat());
  expect(tokenize(pieces[0]!)).toEqual(alone[0]);
});
