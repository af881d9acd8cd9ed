import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { tokenize } from "../../knowledge/tokenize.ts";
import type { Knowledge } from "../../knowledge/index.ts";
import { DOCUMENTS, fiction, makeFolder, open, remove, store } from "../testing/documents.ts";
import { buildIndex } from "./build.ts";
import { LocalCollection } from "./collection.ts";
import { indexFolder } from "./folder.ts";
import { plainTerms, type DocumentIndex, type IndexFilter } from "./document-index.ts";
import { SearchIndex } from "./search-index.ts";

let folder: string;
let knowledge: Knowledge;

beforeEach(() => {
  folder = makeFolder();
  knowledge = open(folder);
});
afterEach(() => {
  knowledge.close();
  remove(folder);
});

const find = async (index: DocumentIndex, query: string, filter: IndexFilter = {}) =>
  (await index.candidates({ terms: plainTerms(tokenize(query)), filter, limit: 50 })).map(({ id }) => id);

describe("the index", () => {
  test("finds what was indexed, in other spellings, and counts exactly", async () => {
    const collection = new LocalCollection(knowledge);
    const index = await collection.index();
    expect(index.documents).toBe(DOCUMENTS.length);
    expect(index.frequency(tokenize("vornitis")[0]!)).toBe(4);
    expect(index.newest).toBe("2022-03");
    expect(await find(index, "tumor hemorrhage")).toEqual(["TEST:case"]);
    expect(await find(index, "IL2")).toEqual(["TEST:cytokine"]);
    expect(await find(index, "TNF alpha")).toEqual(["TEST:cytokine"]);
    expect(await find(index, "BRCA2")).toEqual(["TEST:cytokine"]);
    expect(await find(index, "unheard")).toEqual([]);
    await collection.close();
  });

  test("filters by date, known to the year or to the day", async () => {
    const collection = new LocalCollection(knowledge);
    const index = await collection.index();
    const all = ["TEST:case", "TEST:guideline", "TEST:retracted", "TEST:trial"];
    expect((await find(index, "vornitis", {})).toSorted()).toEqual(all);
    expect((await find(index, "vornitis", { from: "2019-05-02", to: "2020" })).toSorted()).toEqual([
      "TEST:retracted",
      "TEST:trial",
    ]);
    expect(await find(index, "vornitis", { from: "2021-06" })).toEqual(["TEST:guideline"]);
    expect(await find(index, "vornitis", { to: "2005-12-31" })).toEqual(["TEST:case"]);
    expect(await find(index, "quellosis", { to: "2030" })).toEqual([]);
    await collection.close();
  });

  test("an empty collection is searched like any other", async () => {
    const empty = makeFolder([]);
    const collection = new LocalCollection(open(empty));
    const index = await collection.index();
    expect(index.documents).toBe(0);
    expect(await find(index, "vornitis")).toEqual([]);
    await collection.close();
    remove(empty);
  });
});

describe("building", () => {
  test("two at once both end well, and leave one index and nothing else", async () => {
    const other = open(folder);
    await Promise.all([buildIndex(knowledge, "first"), buildIndex(other, "first"), buildIndex(knowledge, "first")]);
    other.close();
    expect(readdirSync(join(folder, "search", "first"))).toEqual([basename(indexFolder("", ""))]);
    const index = await SearchIndex.open(indexFolder(folder, "first"));
    expect(await find(index, "quellosis")).toEqual(["TEST:cytokine"]);
    index.close();
  });

  test("reports progress, and an aborted build leaves nothing", async () => {
    const seen: number[] = [];
    await buildIndex(knowledge, "first", { onProgress: (done) => seen.push(done) });
    expect(seen.at(-1)).toBe(DOCUMENTS.length);
    const signal = AbortSignal.abort(new Error("stop"));
    await expect(buildIndex(knowledge, "other", { signal })).rejects.toThrow("stop");
    expect(readdirSync(join(folder, "search", "other"))).toEqual([]);
  });

  test("after an import the new documents are found without a restart, and the old index is removed", async () => {
    const collection = new LocalCollection(knowledge);
    expect(await find(await collection.index(), "zwirbel")).toEqual([]);
    store(folder, [fiction("new", "Zwirbel syndrome", "A new disease.")], "second");
    expect(await find(await collection.index(), "zwirbel")).toEqual(["TEST:new"]);
    expect(existsSync(join(folder, "search", "first"))).toBe(false);
    await collection.close();
  });

  test("an index that was removed is built anew", async () => {
    const collection = new LocalCollection(knowledge);
    await collection.index();
    await collection.close();
    remove(join(folder, "search"));
    const again = new LocalCollection(knowledge);
    expect(await find(await again.index(), "quellosis")).toEqual(["TEST:cytokine"]);
    await again.close();
  });

  test("where someone waits, words are searched until all documents have their vectors", async () => {
    const embedding = Promise.withResolvers<void>();
    const vectors = {
      identity: "slow",
      dimension: async () => 2,
      async vectorsOf(documents: readonly unknown[]) {
        await embedding.promise;
        return documents.map(() => Float32Array.of(0, 1));
      },
    };
    const collection = new LocalCollection(knowledge, { vectors, wordsFirst: true });
    const early = await collection.index();
    expect(early.embedder).toBeUndefined();
    expect(await find(early, "quellosis")).toEqual(["TEST:cytokine"]);
    embedding.resolve();
    // An index is written meanwhile, and a disk that others use is slow.
    await expect.poll(async () => (await collection.index()).embedder, { timeout: 100_000 }).toBe("slow");
    expect(await find(await collection.index(), "quellosis")).toEqual(["TEST:cytokine"]);
    await collection.close();
  });
});
