import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atOnce } from "../../knowledge/passages.ts";
import { align, distanceOf } from "./alignment.ts";
import { findNearly } from "./fuzzy.ts";

const TEXT =
  "Sacubitril inhibits neprilysin. In patients with hyper-\nkalaemia, potassium must be meas ured weekly; the “final” dose is 97 mg – 103 mg twice daily. Sotalol prolongs the QT interval.";

const near = (text: string, phrase: string) =>
  atOnce(findNearly(text, phrase, 5)).map(({ start, end, distance }) => [text.slice(start, end), distance]);

describe("finding what nearly stands in a text", () => {
  it.each([
    ["a typing error", "sacubitrl inhibits neprilysin", "Sacubitril inhibits neprilysin", 1],
    ["reading errors", "Sotalo1 prolongs the OT interva1", "Sotalol prolongs the QT interval", 3],
    ["a hyphen at a line's end", "patients with hyperkalaemia", "patients with hyper-\nkalaemia", 2],
    ["blanks in other places", "must bemeasured weekly", "must be meas ured weekly", 2],
    ["other dashes and quotes", 'the "final" dose is 97 mg-103 mg', "the “final” dose is 97 mg – 103 mg", 2],
    [
      "a word left out",
      "In patients with hyperkalaemia potassium must measured weekly",
      "In patients with hyper-\nkalaemia, potassium must be meas ured weekly",
      7,
    ],
  ])("with %s: as it stands there, with its distance", (_, phrase, words, distance) =>
    expect(near(TEXT, phrase)[0]).toEqual([words, distance]),
  );

  it.each(["dapagliflozin lowers mortality", "97", "", "—"])("finds nothing like %j", (phrase) =>
    expect(near(TEXT, phrase)).toEqual([]),
  );

  it("finds a phrase again, wherever it stands, with one letter in ten wrong", () => {
    const word = fc.constantFrom("cardiac", "output", "fell", "renal", "dose", "trial", "placebo", "weekly", "blood");
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 8, maxLength: 60 }),
        fc.nat(),
        fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
        (words, at, places) => {
          const from = at % (words.length - 5);
          const phrase = words.slice(from, from + 5).join(" ");
          const errors = places.slice(0, Math.floor(phrase.length / 10));
          const wrong = phrase.split("");
          for (const place of errors) wrong[place % phrase.length] = "z";
          const text = `Before it all. ${words.join(" ")}. After.`;
          const [best] = atOnce(findNearly(text, wrong.join(""), 3));
          expect(best!.distance).toBeLessThanOrEqual(distanceOf(wrong.join(""), phrase) + 1);
          expect(best!.start >= 0 && best!.end <= text.length).toBe(true);
        },
      ),
    );
  });
});

describe("edit distance", () => {
  it.each([
    ["kitten", "sitting", 3],
    ["", "abc", 3],
    ["same", "same", 0],
  ])("of %j and %j is %i", (a, b, distance) => expect(distanceOf(a, b)).toBe(distance));

  it("of the best part of a text is no greater than that of any part", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(letters, letters, (needle, window) => {
        const parts = window.split("").flatMap((_, i) =>
          window
            .split("")
            .map((__, j) => window.slice(i, j + 1))
            .filter(Boolean),
        );
        const best = Math.min(...parts.map((part) => distanceOf(needle, part)));
        expect(align(needle, window, needle.length + window.length)?.distance ?? needle.length).toBe(
          Math.min(best, needle.length),
        );
      }),
    );
  });
});
