/** Names of salts, and what they are salts of; in a vocabulary that has the drug alone. */
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { GraphStore } from "../knowledge/index.ts";
import { Retriever } from "./index.ts";
import { saltOf } from "./salts.ts";
import { makeFolder, open, remove } from "./testing/documents.ts";

test.each([
  ["imatinib mesylate", "imatinib"],
  ["Atorvastatin Calcium trihydrate", "Atorvastatin"],
  ["insulin glargine zinc", "insulin glargine"],
  ["sodium chloride", undefined],
  ["calcium", undefined],
  ["a diet without sodium at all", undefined],
])("%s: %s", (name, drug) => expect(saltOf(name)).toBe(drug));

describe("a salt that the vocabulary does not have", () => {
  let folder: string;
  let retriever: Retriever;
  beforeEach(() => {
    folder = makeFolder();
    const graph = new GraphStore(join(folder, "graph.db"));
    graph.putEntities([{ id: "X:1", name: "vornitib", category: "Drug", synonyms: ["Vornit"] }]);
    graph.close();
    retriever = new Retriever(open(folder), { sources: [] });
  });
  afterEach(async () => {
    await retriever.close();
    remove(folder);
  });

  const resolve = (name: string) => retriever.resolve({ name }, { signal: new AbortController().signal });

  test("is resolved to its drug, and said to be", async () => {
    for (const name of ["vornitib mesylate", "Vornit hydrochloride"]) {
      expect(await resolve(name)).toMatchObject({
        entities: [{ id: "X:1", name: "vornitib" }],
        outcomes: [{ source: "vocabulary", outcome: "found" }],
        notes: [`${name} is taken as a salt of vornitib`],
      });
    }
    expect((await resolve("other mesylate")).entities).toEqual([]);
  });
});
