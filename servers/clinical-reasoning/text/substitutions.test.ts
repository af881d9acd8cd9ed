import { expect, it } from "vitest";
import { derivedNames, type Named } from "./substitutions.ts";

const [SMALL, TINY, BONE, FRACTURE, GUT, SHORT] = [1, 2, 3, 4, 5, 6];
/** Parts of the body from here on. */
const PART = 10;
const covers = (a: number, b: number) => a === b;
const derived = (findings: Named[], never: number[] = []) =>
  [...derivedNames(findings, covers, new Set(never), [])].map(({ term, concepts }) => `${term}: ${concepts.join(" ")}`);

/** Six findings that are called both small and tiny. */
const pairs = Array.from({ length: 6 }, (_, i) => ({
  term: i,
  names: [
    [SMALL, PART + i],
    [TINY, PART + i],
  ],
}));

it("puts a word in the place of another where several findings show the pair", () => {
  expect(derived([...pairs, { term: 9, names: [[SMALL, PART + 9]] }])).toContain(`9: ${TINY} ${PART + 9}`);
  expect(derived([...pairs.slice(0, 4), { term: 9, names: [[SMALL, PART + 9]] }])).toEqual([]);
});

it("leaves words that stand together in names, or that are never to be put in another's place", () => {
  const fractures = Array.from({ length: 6 }, (_, i) => ({
    term: i,
    names: [
      [BONE, PART + i],
      [FRACTURE, PART + i],
      [BONE, FRACTURE, PART + i],
    ],
  }));
  expect(derived([...fractures, { term: 9, names: [[BONE, PART + 9]] }])).toEqual([]);
  expect(derived([...pairs, { term: 9, names: [[SMALL, PART + 9]] }], [TINY])).not.toContain(`9: ${TINY} ${PART + 9}`);
});

it("makes no name of two words that are a part of other findings' names", () => {
  const others = [7, 8].map((term) => ({ term, names: [[TINY, GUT, SHORT, PART + term]] }));
  expect(derived([...pairs, { term: 9, names: [[SMALL, GUT]] }])).toContain(`9: ${TINY} ${GUT}`);
  expect(derived([...pairs, ...others, { term: 9, names: [[SMALL, GUT]] }])).not.toContain(`9: ${TINY} ${GUT}`);
});
