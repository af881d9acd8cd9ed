import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atOnce } from "../../knowledge/passages.ts";
import { findPhrase } from "./phrases.ts";

const found = (text: string, phrase: string) =>
  atOnce(findPhrase(text, phrase)).map(({ start, end }) => text.slice(start, end));

describe("finding an exact phrase", () => {
  it.each([
    ["A DOSE of 97 mg", "dose OF", ["DOSE of"]],
    ["torsade\n   de\u00a0pointes", "torsade de pointes", ["torsade\n   de\u00a0pointes"]],
    ["Sjögren and Sjo\u0308gren and Sjogren", "sjögren", ["Sjögren", "Sjo\u0308gren", "Sjogren"]],
    ["the patient’s “dose”", 'patient\'s "dose"', ["patient’s “dose”"]],
    ["β‑blocker – a class", "β-blocker - a", ["β‑blocker – a"]],
    ["ace inhibitors, ACE, face", "ace", ["ace", "ACE"]],
    ["hyperkalaemia", "kalaemia", ["kalaemia"]],
    ["97 mg/103 mg twice", '"97 mg/103 mg"', ["97 mg/103 mg"]],
    ["10⁹/L", "109/l", ["10⁹/L"]],
    ["dilated cardio-\n  myopathy", "dilated cardiomyopathy", ["dilated cardio-\n  myopathy"]],
    ["a dose-\ndependent effect", "dose- dependent", ["dose-\ndependent"]],
    ["nothing here", "dose", []],
    ["", "dose", []],
    ["dose", "  ", []],
  ])("in %j for %j", (text, phrase, hits) => expect(found(text, phrase)).toEqual(hits));

  it("finds every slice of a text in it, at exact offsets", () => {
    const anyText = fc.string({
      unit: fc.constantFrom("a", "B", "é", "e\u0301", "ﬁ", " ", "\n", "𝛼", "-", "–", "ß", "İ"),
    });
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(), (text, a, b) => {
        const [from, to] = [a % (text.length + 1), b % (text.length + 1)].toSorted((x, y) => x - y) as [number, number];
        const phrase = text.slice(from, to).toWellFormed();
        const spans = atOnce(findPhrase(text, phrase));
        for (const { start, end } of spans) expect(start < end && end <= text.length).toBe(true);
        expect(spans.every(({ start }, i) => i === 0 || start >= spans[i - 1]!.end)).toBe(true);
      }),
    );
  });

  it("misses no phrase of whole words", () => {
    const word = fc.constantFrom("dose", "Éclair", "QT", "β", "97");
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 12 }),
        fc.nat(),
        fc.integer({ min: 1, max: 4 }),
        (words, at, size) => {
          const phrase = words.slice(at % words.length, (at % words.length) + size).join(" ");
          const hits = found(words.join("  "), phrase.toLowerCase());
          expect(hits.map((hit) => hit.replace(/\s+/g, " "))).toContain(phrase);
        },
      ),
    );
  });
});
