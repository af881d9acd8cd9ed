import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { GraphStore } from "../../knowledge/index.ts";
import { tokenize } from "../../knowledge/tokenize.ts";
import { respelt } from "./respelling.ts";

const folder = mkdtempSync(join(tmpdir(), "respelling-"));
const graph = new GraphStore(join(folder, "graph.db"));
graph.putEntities([
  { id: "T:1", name: "zelpamab", category: "Drug" },
  { id: "T:2", name: "hydrazolin", category: "Drug" },
  { id: "T:3", name: "hydrazotin", category: "Drug" },
]);
afterAll(() => {
  graph.close();
  rmSync(folder, { recursive: true });
});

const stored = new Set(tokenize("zelpamab hydrazolin hydrazotin vornitis treatment"));
const index = { documents: 3, frequency: (term: string) => (stored.has(term) ? 1 : 0) };
const asked = (query: string) => respelt(query, index, { graph });

test("a word that is nearly one name is taken for it", () => {
  expect(asked("zelpamap for vornitis")).toEqual({
    query: "zelpamab for vornitis",
    notes: ["no stored document mentions zelpamap: taken as a misspelling of zelpamab"],
  });
});

test("a word between two drugs is left, and both are named", () => {
  const { query, notes } = asked("hydrazodin treatment");
  expect(query).toBe("hydrazodin treatment");
  expect(notes).toEqual([expect.stringMatching(/^hydrazodin may be a misspelling of hydrazo[lt]in or hydrazo[lt]in$/)]);
});

test("what is stored, and what is like nothing, stays as it is", () => {
  for (const query of ["zelpamab treatment", "quixotic vornitis", "vorni"])
    expect(asked(query)).toEqual({ query, notes: [] });
});
