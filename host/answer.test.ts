import fc from "fast-check";
import { expect, test } from "vitest";
import { checkAnswer, marksOf } from "./answer.ts";
import type { ProposedAnswer } from "./policy.ts";
import { fold } from "./state.ts";
import type { State } from "./state.ts";

const passage = {
  id: "NOTE:a#0-40",
  document: "NOTE:a",
  start: 0,
  end: 40,
  text: "Sacubitril inhibits\n  neprilysin.",
};
const state: State = {
  ...fold([]),
  passages: new Map([
    [passage.id, passage],
    ["PMID:1#0-9", { id: "PMID:1#0-9", document: "PMID:1", start: 0, end: 9, text: "It cures." }],
  ]),
  documents: new Map([["PMID:1", { id: "PMID:1", title: "Gone", integrity: "retracted" }]]),
};
const good: ProposedAnswer = {
  answer: "Neprilysin [1].",
  abstained: false,
  citations: [{ n: 1, document: "NOTE:a", passage: passage.id, quote: "inhibits neprilysin" }],
};
const cited = (change: Partial<ProposedAnswer["citations"][number]>): ProposedAnswer => ({
  ...good,
  citations: [{ ...good.citations[0]!, ...change }],
});

test("a quote is found whatever the white space", () => {
  expect(checkAnswer(good, state)).toEqual([]);
});

test.each<[string, ProposedAnswer, string]>([
  ["no citation", { ...good, citations: [], answer: "Neprilysin." }, "cites nothing"],
  ["an empty answer", { ...good, answer: " " }, "empty"],
  ["a mark without citation", { ...good, answer: "Neprilysin [1][2]." }, "[2] has no citation"],
  ["a citation without mark", { ...good, answer: "Neprilysin." }, "not marked"],
  ["two of one number", { ...good, citations: [...good.citations, ...good.citations] }, "same number"],
  ["an unknown passage", cited({ passage: "NOTE:a#1-2" }), "returned by no tool"],
  ["another's passage", cited({ document: "NOTE:b" }), "belongs to NOTE:a"],
  ["a changed quote", cited({ quote: "activates neprilysin" }), "word for word"],
  ["an empty quote", cited({ quote: "  " }), "quote is empty"],
  ["a retracted document", cited({ document: "PMID:1", passage: "PMID:1#0-9", quote: "It cures" }), "retracted"],
])("%s is a problem", (_, proposed, problem) => {
  expect(checkAnswer(proposed, state).join("; ")).toContain(problem);
});

test("an abstention needs no citation", () => {
  expect(checkAnswer({ answer: "The sources do not say.", abstained: true, citations: [] }, state)).toEqual([]);
});

test("no answer with a foreign quote ever passes", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (quote) => {
      const squeezed = quote.replace(/\s+/g, " ").trim();
      fc.pre(squeezed !== "" && !"Sacubitril inhibits neprilysin.".includes(squeezed));
      expect(checkAnswer(cited({ quote }), state)).not.toEqual([]);
    }),
  );
});

test("marks are read alone, listed and in a row", () => {
  expect([...marksOf("a [1], b [2, 3] and c [4][5]; [x] [6")]).toEqual([1, 2, 3, 4, 5]);
});
