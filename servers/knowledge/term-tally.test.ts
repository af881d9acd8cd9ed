import * as fc from "fast-check";
import { expect, test } from "vitest";
import { TermTally } from "./term-tally.ts";
import { tokenize } from "./tokenize.ts";

function counted(wanted: readonly string[], text: string) {
  const terms = tokenize(text);
  return { counts: wanted.map((term) => terms.filter((one) => one === term).length), length: terms.length };
}

test("terms are counted in whatever way a text writes them", () => {
  const wanted = tokenize("oesophagus tumour IL-2");
  const text = "Esophageal tumors; the oesophagus. AETIOLOGY of an interleukin, because IL-2 is meant; Oesophagus!";
  expect(new TermTally(wanted).of([text])).toEqual(counted(wanted, text));
  expect(new TermTally(wanted).of([text]).counts[0]).toBe(2);
});

test("counts are those of all the terms of a text, for wild texts and wild terms", () => {
  const piece = fc.constantFrom(
    ..."randomised because therefore Oesophagitis aetiological throughout encephalopathies ANAEMIA x-ray TNF-α 1.5 naïveté".split(
      " ",
    ),
  );
  const text = fc
    .array(fc.oneof(piece, fc.string({ unit: "grapheme" }), fc.stringMatching(/^[a-z]{1,14}$/)), { maxLength: 30 })
    .map((pieces) => pieces.join(" "));
  fc.assert(
    fc.property(text, text, (query, read) => {
      const wanted = [...new Set(tokenize(query))];
      expect(new TermTally(wanted).of(["", read])).toEqual(counted(wanted, read));
      expect(new TermTally(wanted).of([query])).toEqual(counted(wanted, query));
    }),
    { numRuns: 500 },
  );
});
