/** An index that is interrupted, damaged or has no room: the texts of record stay, and the index comes back. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { DocumentStore, type Knowledge } from "../../knowledge/index.ts";
import { tokenize } from "../../knowledge/tokenize.ts";
import { fiction, makeFolder, open, remove, store } from "../testing/documents.ts";
import { buildIndex } from "./build.ts";
import type { VectorSource } from "./building/fill.ts";
import { LocalCollection } from "./collection.ts";
import { plainTerms } from "./document-index.ts";
import { indexFolder } from "./folder.ts";
import { SearchIndex } from "./search-index.ts";

const CHILD = fileURLToPath(new URL("../testing/build-index-child.ts", import.meta.url));
/** More than are prepared at once, so that threads take part. */
const MANY = 12_000;

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

const opened = () => SearchIndex.open(indexFolder(folder, "first"));
const find = async (index: SearchIndex, query: string) =>
  (await index.candidates({ terms: plainTerms(tokenize(query)), limit: 50 })).map(({ id }) => id);

function addMany(): void {
  const documents = Array.from({ length: MANY }, (_, i) =>
    fiction(`many-${i}`, `Number ${i} of many`, `Common text ${i}.`),
  );
  store(folder, documents, "first");
}

/** All files of the index that hold more than a few bytes. */
function files(): string[] {
  const root = indexFolder(folder, "first");
  const names = readdirSync(root, { recursive: true, encoding: "utf8" }).map((name) => join(root, name));
  return names.filter((name) => statSync(name).isFile() && statSync(name).size > 20);
}

/** As the search does: what fails is thrown away and made again, once. */
async function answer(vectors?: VectorSource): Promise<string[]> {
  const collection = new LocalCollection(knowledge, { vectors });
  const ask = async () => find(await collection.index(), "quellosis");
  const found = await ask().catch(async () => {
    await collection.discard();
    return ask();
  });
  await collection.close();
  return found;
}

describe("a build that was interrupted", () => {
  test("is gone on with, and comes out as one that was not", async () => {
    addMany();
    const total = knowledge.documents.count();
    const stop = new AbortController();
    const seen: number[] = [];
    const slow = {
      identity: "slow",
      dimension: async () => 2,
      vectorsOf: async (documents: readonly unknown[]) => documents.map(() => Float32Array.of(0, 1)),
    };
    const options = { vectors: slow, keepEvery: 1000 };
    const stopped = buildIndex(knowledge, "first", {
      ...options,
      signal: stop.signal,
      onProgress: (done) => done > 9000 && stop.abort(new Error("stopped")),
    });
    await expect(stopped).rejects.toThrow("stopped");
    const built = await buildIndex(knowledge, "first", { ...options, onProgress: (done) => seen.push(done) });
    expect(built).toEqual({ made: "all", documents: total });
    expect(seen[0]).toBeGreaterThan(9000);
    const index = await opened();
    expect(index.documents).toBe(total);
    expect(index.frequency("common")).toBe(MANY);
    expect(await find(index, `Number ${MANY - 1}`)).toContain(`TEST:many-${MANY - 1}`);
    expect(await find(index, "quellosis")).toEqual(["TEST:cytokine"]);
    index.close();
  });

  test("is begun anew where what it left is damaged", async () => {
    addMany();
    const stop = new AbortController();
    const onProgress = (done: number) => done > 9000 && stop.abort(new Error("stopped"));
    const stopped = buildIndex(knowledge, "first", { keepEvery: 1000, signal: stop.signal, onProgress });
    await expect(stopped).rejects.toThrow("stopped");
    const left = join(folder, "search", ".building-" + basename(indexFolder("", "")));
    for (const name of readdirSync(left).filter((one) => one.startsWith("runs"))) truncateSync(join(left, name), 10);
    expect(await buildIndex(knowledge, "first")).toEqual({ made: "all", documents: knowledge.documents.count() });
    const index = await opened();
    expect(index.frequency("common")).toBe(MANY);
    index.close();
  });

  test("by kill -9 at any moment leaves nothing that is taken for an index", async () => {
    addMany();
    for (const ms of [400, 900]) {
      const child = spawn(process.execPath, [CHILD, folder], { stdio: "ignore" });
      // It may be done before.
      const gone = once(child, "exit");
      await sleep(ms);
      child.kill("SIGKILL");
      await gone;
    }
    await buildIndex(knowledge, "first");
    const index = await opened();
    expect(index.documents).toBe(knowledge.documents.count());
    expect(index.frequency("common")).toBe(MANY);
    expect(await find(index, "quellosis")).toEqual(["TEST:cytokine"]);
    index.close();
    expect(readdirSync(join(folder, "search")).filter((name) => name.startsWith(".building"))).toEqual([]);
  });
});

describe("a damaged index", () => {
  test("is made again from the texts of record, whichever of its files is torn", async () => {
    await buildIndex(knowledge, "first");
    for (const pattern of [
      /index\.json$/,
      /records-0\.bin$/,
      /positions\.bin$/,
      /facets\.bin$/,
      /postings-0\.bin$/,
      /terms-0\.db$/,
    ]) {
      const torn = files().filter((name) => pattern.test(name));
      expect(torn, String(pattern)).not.toEqual([]);
      for (const name of torn) truncateSync(name, 10);
      expect(await answer(), String(pattern)).toEqual(["TEST:cytokine"]);
    }
  });

  test("is made again where its vectors are torn", async () => {
    const vectors = {
      identity: "same",
      dimension: async () => 2,
      vectorsOf: async (documents: readonly unknown[]) => documents.map(() => Float32Array.of(0, 1)),
    };
    await buildIndex(knowledge, "first", { vectors });
    for (const pattern of [/\.lance$/, /\.manifest$/, /centre\.bin$/]) {
      const torn = files().filter((name) => pattern.test(name));
      // The centre has but two numbers here.
      const all = torn.length > 0 ? torn : [join(indexFolder(folder, "first"), "lance", "centre.bin")];
      for (const name of all) truncateSync(name, 5);
      expect(await answer(vectors), String(pattern)).toEqual(["TEST:cytokine"]);
    }
  });

  test("is not followed after an import", async () => {
    await buildIndex(knowledge, "first");
    for (const name of files().filter((one) => /terms-0|records-0/.test(one))) writeFileSync(name, "torn");
    store(folder, [fiction("new", "Zwirbel syndrome", "New.")], "second");
    expect((await buildIndex(knowledge, "second")).made).toBe("all");
  });
});

test("one change to a large index is found at once, without rewriting it", async () => {
  addMany();
  await buildIndex(knowledge, "first");
  const texts = new DocumentStore(join(folder, "documents.db"));
  texts.put([fiction("case", "A case of zwirbel", "Changed."), fiction("new", "Zwirbel syndrome", "New.")]);
  texts.delete(["TEST:cytokine"]);
  texts.close();
  expect(await buildIndex(knowledge, "second")).toEqual({ made: "changes", documents: 3 });
  const index = await SearchIndex.open(indexFolder(folder, "second"));
  expect((await find(index, "zwirbel")).toSorted()).toEqual(["TEST:case", "TEST:new"]);
  expect(await find(index, "quellosis haemorrhage")).toEqual([]);
  expect(await find(index, `Number ${MANY - 1}`)).toContain(`TEST:many-${MANY - 1}`);
  index.close();
});

/** Another number, another folder. */
function made(): number {
  return statSync(indexFolder(folder, "first")).ino;
}

test("an index that answers is not thrown away for one failure, since building takes long", async () => {
  const collection = new LocalCollection(knowledge);
  await collection.index();
  const first = made();
  await collection.discard();
  expect(await find(await collection.index(), "quellosis")).toEqual(["TEST:cytokine"]);
  expect(made()).toBe(first);
  // Once more: what fails twice is made again, but not for ever.
  await collection.discard();
  await collection.index();
  const second = made();
  await collection.discard();
  await collection.index();
  expect(made()).toBe(second);
  await collection.close();
});

test("a full disk is said in plain words, and nothing half-written is left", async () => {
  addMany();
  // Files of this process may have 300 kB at most.
  const run = () =>
    execFileSync("bash", ["-c", `ulimit -f 300; exec "${process.execPath}" "${CHILD}" "${folder}"`], {
      stdio: "pipe",
    });
  expect(run).toThrow("the disk is full");
  expect(existsSync(indexFolder(folder, "first"))).toBe(false);
  expect(readdirSync(join(folder, "search")).filter((name) => name.startsWith(".building"))).toEqual([]);
  await buildIndex(knowledge, "first");
  expect((await opened()).documents).toBe(knowledge.documents.count());
});

test("readers of an older index are left in peace while the next one follows it", async () => {
  await buildIndex(knowledge, "first");
  const before = await opened();
  const bytes = readFileSync(join(indexFolder(folder, "first"), "positions.bin"));
  const texts = new DocumentStore(join(folder, "documents.db"));
  texts.put([fiction("case", "A case of zwirbel", "Changed.")]);
  texts.close();
  await buildIndex(knowledge, "second");
  expect(readFileSync(join(indexFolder(folder, "first"), "positions.bin"))).toEqual(bytes);
  expect(await find(before, "haemorrhage")).toEqual(["TEST:case"]);
  before.close();
});
