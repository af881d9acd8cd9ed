import { describe, expect, it } from "vitest";
import { scoreGaia } from "./index.ts";
import { gaiaOfficial } from "./official.ts";
import { pyFloat } from "./py-float.ts";

describe("Python's float", () => {
  it.each([
    ["1_000", 1000],
    ["１２", 12],
    ["٣.५", 3.5],
    ["\u00a0 7\u3000", 7],
    [".5", 0.5],
    ["5.", 5],
    ["+1E3", 1000],
    ["-Infinity", -Infinity],
    ["1e400", Infinity],
    ["nan", Number.NaN],
  ])("takes %j", (text, value) => expect(pyFloat(text)).toBe(value));

  it.each([
    "",
    " ",
    "0x10",
    "0b1",
    "1__0",
    "_1",
    "1_",
    "1_.5",
    "1e_5",
    "1 0",
    "1,000",
    "infinit",
    "²",
    "\u001c1",
    "\ufeff1",
    "1\0",
  ])("refuses %j", (text) => expect(pyFloat(text)).toBeUndefined());
});

describe("GAIA's official rules", () => {
  it.each([
    ["$1,234.50", "1234.5", "a number's signs and commas"],
    ["17%", "17", "a percent sign"],
    ["1_7", "17", "Python's digits"],
    ["ST. PETERSBURG", "St. Petersburg", "case"],
    ["stpetersburg", "St. Petersburg", "spaces and punctuation of a text"],
    ["a; $3, C d", "A,3;cd", "a list, element by element"],
    ["nonsense", "inf", "what is no number counts as infinity"],
  ])("%j is %j (%s)", (answer, gold) => expect(gaiaOfficial(answer, gold)).toBe(true));

  it.each([
    ["17 apples", "17", "text beside a number"],
    ["FINAL ANSWER: 17", "17", "a lead-in is not cut off"],
    ["17 [1]", "17", "nor is a citation mark"],
    ["b, a", "a, b", "lists have an order"],
    ["a", "a, b", "and a length"],
    ["a.b, c", "ab, c", "punctuation stays in the elements of a list"],
    ["nan", "nan", "nan equals nothing"],
    ["", "0", "an empty answer is no zero"],
    ["0x10", "16", "hexadecimal is no number"],
  ])("%j is not %j (%s)", (answer, gold) => expect(gaiaOfficial(answer, gold)).toBe(false));

  it("compares the word None where there is no answer", () => {
    expect(gaiaOfficial(null, "None")).toBe(true);
    expect(gaiaOfficial(null, "3")).toBe(false);
  });
});

it("robust: takes the short answer out first", () => {
  for (const answer of [
    "I counted.\nFINAL ANSWER: 17",
    "17 [1].",
    "**17**",
    "FINAL ANSWER: **17**",
    "17 [1]. This follows from: 9 + 8 [1].",
  ]) {
    expect(scoreGaia(answer, "17", "robust"), answer).toMatchObject({ correct: true });
    expect(scoreGaia(answer, "17", "official").correct, answer).toBe(false);
  }
  expect(scoreGaia("17 or 18", "17", "robust").correct).toBe(false);
});
