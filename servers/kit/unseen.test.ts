import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanLine, cleanText } from "./unseen.ts";

const tags = (words: string) =>
  [...Buffer.from(words, "latin1")].map((code) => String.fromCodePoint(0xe0000 + code)).join("");

describe("signs that are not seen", () => {
  it.each([
    ["commands", "a\u001b[2Jb\u0007", "a [2Jb "],
    ["marks that turn lines", "a\u202eb\u2066", "a b "],
    ["letters without a shape", `a${tags("hi")}b`, "a    b"],
    ["a row of selectors", "☺\ufe0f\u{e0148}\u{e0149}b", "☺\ufe0f    b"],
    ["half a letter", "a\ud800b", "a\ufffdb"],
  ])("%s become blanks, each in its place", (_, text, clean) => expect(cleanText(text)).toBe(clean));

  it.each([["a\n\tb"], ["❤️"], ["葛\u{e0100}"], ["می‌خواهم"], ["👩‍👩‍👧"], ["x̄ ≥ β"], ["naïve"]])("%j stays", (text) =>
    expect(cleanText(text)).toBe(text),
  );

  it("leave the text as long as it was, and clean", () => {
    const sign = fc.constantFrom("a", " ", "\u001b", "\u202e", "\u{e0041}", "\u{e0100}", "\ufe0f", "☺", "\ud800", "\n");
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 60 }), (signs) => {
        const clean = cleanText(signs.join(""));
        expect(clean).toHaveLength(signs.join("").length);
        expect(cleanText(clean)).toBe(clean);
        expect(cleanLine(signs.join(""), 10)).toMatch(/^(?!\s)[^\n]{0,10}$/);
      }),
    );
  });
});
