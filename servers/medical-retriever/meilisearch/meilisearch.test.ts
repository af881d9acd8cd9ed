/** What is said to a Meilisearch server, and what is made of its answers: a server on this machine that answers as it is documented. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Knowledge } from "../../knowledge/index.ts";
import { tokenize } from "../../knowledge/tokenize.ts";
import { buildIndex } from "../local/build.ts";
import { LocalCollection } from "../local/collection.ts";
import { plainTerms } from "../local/document-index.ts";
import { EngineAway } from "../local/engine.ts";
import { chosenEngine, embedded } from "../local/engines.ts";
import { nobodysAddress } from "../../kit/testing/listen.ts";
import { DOCUMENTS, fiction, makeFolder, open, remove, store } from "../testing/documents.ts";
import { KEY, startMeilisearch, type FakeMeilisearch } from "../testing/meilisearch-server.ts";
import { indexName } from "./settings.ts";

let server: FakeMeilisearch;
let folder: string;
let knowledge: Knowledge;

beforeEach(async () => {
  server = await startMeilisearch();
  folder = makeFolder();
  knowledge = open(folder);
  vi.stubEnv("MEILISEARCH_URL", `${server.url}/`);
  vi.stubEnv("MEILISEARCH_KEY", KEY);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  knowledge.close();
  await server.close();
  remove(folder);
});

const build = (revision = "first") => buildIndex(knowledge, revision, { engine: chosenEngine(knowledge) });

describe("an index on the server", () => {
  test("is chosen by MEILISEARCH_URL, for what was imported", () => {
    expect(chosenEngine(knowledge).name).toBe("meilisearch");
    expect(chosenEngine({ ...knowledge, name: "starter" })).toBe(embedded);
    expect(chosenEngine({ ...knowledge, name: "gym:1-small" })).toBe(embedded);
    vi.stubEnv("MEILISEARCH_URL", "");
    expect(chosenEngine(knowledge)).toBe(embedded);
  });

  test("is made beside the old one and swapped with it, so that it is whole at any time", async () => {
    await build();
    const name = indexName(folder);
    expect([...server.indexes.keys()]).toEqual([name]);
    expect(server.indexes.get(name)!.documents.size).toBe(DOCUMENTS.length);
    expect(server.indexes.get(name)!.settings).toMatchObject({
      typoTolerance: { enabled: false },
      prefixSearch: "disabled",
      filterableAttributes: ["row", "month", "kind"],
    });
    const first = server.requests.findIndex((one) => one.endsWith(`/indexes/${name}-new/documents`));
    const swapped = server.requests.indexOf("POST /swap-indexes");
    expect(first).toBeGreaterThan(0);
    expect(swapped).toBeGreaterThan(first);
  });

  test("gets only what an import changed", async () => {
    await build();
    server.requests.length = 0;
    store(folder, [fiction("new", "Zwirbel syndrome", "New.")], "second");
    await build("second");
    const name = indexName(folder);
    expect(server.requests.filter((one) => one.includes("documents"))).toEqual([`POST /indexes/${name}/documents`]);
    expect(server.indexes.get(name)!.documents.size).toBe(DOCUMENTS.length + 1);
  });

  test("of a question, the rarest word leads, and no word hides what has the others", async () => {
    await build();
    const collection = new LocalCollection(knowledge);
    const index = await collection.index();
    const ids = async (query: string) =>
      (await index.candidates({ terms: plainTerms(tokenize(query)), limit: 3 })).map(({ id }) => id);
    expect((await ids("leaves quellosis"))[0]).toBe("TEST:cytokine");
    expect(await ids("leaves haemorrhage quellosis")).toEqual(expect.arrayContaining(["TEST:cytokine", "TEST:case"]));
    await collection.close();
  });

  test("that was lost on the server is made again from the texts of record", async () => {
    const collection = new LocalCollection(knowledge);
    await (await collection.index()).candidates({ terms: plainTerms(["treatment"]), limit: 5 });
    await collection.close();
    server.indexes.clear();
    const again = new LocalCollection(knowledge);
    await expect(again.index()).rejects.toThrow("has no index");
    await again.discard();
    const index = await again.index();
    expect(await index.candidates({ terms: plainTerms(tokenize("quellosis")), limit: 5 })).toHaveLength(1);
    await again.close();
  });
});

describe("a server that", () => {
  test("is away is said to be away, with what to do; texts of record stay readable", async () => {
    await build();
    const url = nobodysAddress();
    vi.stubEnv("MEILISEARCH_URL", url);
    const collection = new LocalCollection(knowledge);
    await expect(collection.index()).rejects.toThrow(`Meilisearch at ${url} does not answer`);
    await expect(collection.index()).rejects.toThrow("unset MEILISEARCH_URL");
    await expect(collection.index()).rejects.toBeInstanceOf(EngineAway);
    expect(knowledge.documents.get("TEST:trial")?.title).toBe("Zelpamab in vornitis");
    await collection.close();
  });

  test("refuses the key says so", async () => {
    vi.stubEnv("MEILISEARCH_KEY", "wrong");
    await expect(build()).rejects.toThrow("set MEILISEARCH_KEY");
  });

  test("fails is no empty answer", async () => {
    await build();
    const collection = new LocalCollection(knowledge);
    const index = await collection.index();
    server.failWith = [500, { message: "out of memory", code: "internal", type: "internal", link: "" }];
    await expect(index.candidates({ terms: plainTerms(tokenize("quellosis")), limit: 5 })).rejects.toThrow(
      "out of memory",
    );
    await collection.close();
  });

  test("cannot take a batch fails the build with its reason, and the old index is in use", async () => {
    await build();
    const wrong = {
      identity: "wrong",
      dimension: async () => 2,
      vectorsOf: async (documents: readonly unknown[]) => documents.map(() => Float32Array.of(1, 0, 0)),
    };
    const options = { engine: chosenEngine(knowledge), vectors: wrong };
    await expect(buildIndex(knowledge, "first", options)).rejects.toThrow("expected 2, received 3");
    expect(server.indexes.get(indexName(folder))!.documents.size).toBe(DOCUMENTS.length);
  });
});
