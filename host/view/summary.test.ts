import fc from "fast-check";
import { expect, test } from "vitest";
import { shortArguments, shortResult } from "./summary.ts";

test("what was found: the most telling lists with counts and first names", () => {
  const entities = ["Novartis", "Sandoz", "Ciba-Geigy", "Roche"].map((name) => ({ name }));
  expect(shortResult({ entities, documents: [] }, false)).toBe("4 entities: Novartis, Sandoz, Ciba-Geigy …");
  expect(shortResult({ diagnoses: [{ name: "Marfan syndrome", posterior: 0.934 }] }, false)).toBe(
    "1 diagnosis: Marfan syndrome 93 %",
  );
});

test("what a document says cannot steer the terminal", () => {
  expect(shortResult({ documents: [{ title: "a\u001B[2Jb\u202Ec\rd" }] }, false)).toBe("1 document: a [2Jb c d");
});

test("nothing found says what each source said; a failure says why", () => {
  const outcomes = [{ source: "pubmed", outcome: "unavailable", message: "no network" }];
  expect(shortResult({ documents: [], outcomes }, false)).toBe("pubmed unavailable no network");
  expect(shortResult({ reason: "not_found", message: "HP:1 was not found" }, true)).toBe(
    "not_found: HP:1 was not found",
  );
  expect(shortResult({ reason: { toString: {} } }, true)).toBe('{"reason":{"toString":{}}}');
});

const keys = fc.oneof(
  fc.string(),
  fc.constantFrom("entities", "diagnoses", "outcomes", "entity", "relations", "reason"),
);

test("any arguments and results fit on a line", () => {
  fc.assert(
    fc.property(fc.dictionary(keys, fc.jsonValue()), fc.boolean(), (value, isError) => {
      for (const line of [shortArguments(value), shortResult(value, isError)]) {
        expect(line.length).toBeLessThanOrEqual(110);
        expect(line).not.toContain("\n");
      }
    }),
  );
});
