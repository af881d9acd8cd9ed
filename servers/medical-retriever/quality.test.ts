/** The ranking on real text, so that a change that spoils it is noticed; the full figures come from bench/retrieval.ts. */
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ToolError } from "../kit/index.ts";
import { openFolder } from "../knowledge/index.ts";
import { ensureStarter } from "../knowledge/starter/build.ts";
import { askNamed, namedQuestions } from "./bench/named-things.ts";
import { Retriever } from "./index.ts";
import { makeFolder, open, remove } from "./testing/documents.ts";

const DATA = "../shared/data/retrieval/pubmedqa-dev.json";
type Items = Record<string, { QUESTION: string; CONTEXTS: string[] }>;

test.skipIf(!existsSync(DATA))(
  "questions find the abstract they were written from (skipped without ../shared/data)",
  async () => {
    const items = Object.entries(JSON.parse(readFileSync(DATA, "utf8")) as Items);
    const folder = makeFolder(
      items.map(([id, { CONTEXTS }]) => {
        return { id: `PMID:${id}`, title: "", sections: CONTEXTS.map((text) => ({ label: "", text })) };
      }),
    );
    const retriever = new Retriever(open(folder), { embedder: null, sources: [] });
    let first = 0;
    for (const [id, { QUESTION }] of items.slice(0, 100)) {
      const { signal } = new AbortController();
      const { documents } = await retriever.search(QUESTION, { sources: ["local"], limit: 3 }, { signal });
      if (documents[0]?.id === `PMID:${id}`) first += 1;
    }
    await retriever.close();
    remove(folder);
    expect(first).toBeGreaterThanOrEqual(94);
  },
);

test("what a question names is found, whatever common words stand beside it", async () => {
  const home = mkdtempSync(join(tmpdir(), "quality-"));
  const knowledge = openFolder("starter", ensureStarter(home));
  const retriever = new Retriever(knowledge, { embedder: null, sources: [] });
  const questions = namedQuestions(knowledge).filter((_, i) => i % 3 === 0);
  const { first, share } = await askNamed(retriever, questions);
  await retriever.close();
  remove(home);
  expect(questions.length).toBeGreaterThan(100);
  expect(mean(first)).toBeGreaterThanOrEqual(0.94);
  expect(mean(share)).toBeGreaterThanOrEqual(0.84);
});

test("any query gives a ranking in order, or says what is wrong with it", async () => {
  const folder = makeFolder();
  const retriever = new Retriever(open(folder), { embedder: null, sources: [] });
  const word = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("vornitis", "zelpamab", "'", "\u0000", "IL-2", "|"),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 8 }), async (words) => {
      const { signal } = new AbortController();
      const found = await retriever
        .search(words.join(" "), { sources: ["local"] }, { signal })
        .catch((error: unknown) => error as ToolError);
      const scores = found instanceof ToolError ? [] : found.documents.map(({ score }) => score!);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      expect(found).toMatchObject(
        found instanceof ToolError ? { reason: "invalid_arguments" } : { relevanceMethod: "bm25" },
      );
    }),
    { numRuns: 30 },
  );
  await retriever.close();
  remove(folder);
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
