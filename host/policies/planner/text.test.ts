import { describe, expect, it } from "vitest";
import { list, mentions, sentencesOf, startsWith, withAdjective } from "./text.ts";

describe("mentions", () => {
  it.each([
    ["FBN1 is associated with Marfan syndrome.", "Marfan syndrome", true],
    ["In Marfan syndrome the aorta widens.", "Marfan syndrome", true],
    ["Patients with TNF-alpha blockade", "TNF alpha", true],
    ["two ACE inhibitors", "ACE inhibitor", true],
    ["FBN1 is associated with Neonatal Marfan syndrome.", "Marfan syndrome", false],
    ["a case of Marfan syndrome type 2", "Marfan syndrome", false],
    ["Gaucher disease, type I", "Gaucher disease", false],
    ["FBN10", "FBN1", false],
    ["", "FBN1", false],
    ["anything", "", false],
  ])("%s · %s", (text, name, expected) => {
    expect(mentions(text, name)).toBe(expected);
  });
});

it("lists as English does, and counts what it leaves out", () => {
  expect(list(["a"])).toBe("a");
  expect(list(["a", "b", "a"])).toBe("a and b");
  expect(list(["a", "b", "c", "d"], 2)).toBe("a, b and 2 more");
});

it("knows the beginning of a name", () => {
  expect(startsWith("Tuberous sclerosis-1", "tuberous sclerosis")).toBe(true);
  expect(startsWith("Tuberous sclerosis-1", "sclerosis")).toBe(false);
});

it("cuts sentences that stand verbatim in the text", () => {
  const text = "One. Two is 3.5 long.\nThree";
  expect(sentencesOf(text)).toEqual(["One.", "Two is 3.5 long.", "Three"]);
});

it.each([
  ["pregnancy", ["pregnancy", "pregnant"]],
  ["vitamin D deficiency", ["vitamin D deficiency", "vitamin D deficient"]],
  ["prednisone", ["prednisone"]],
  ["fancy", ["fancy"]],
])("%s is also said as %j", (name, said) => expect(withAdjective(name)).toEqual(said));
