import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Entity } from "../../../schemas/index.ts";
import { GraphStore } from "../../knowledge/index.ts";
import { Retriever } from "../index.ts";
import { LIVE_SOURCES } from "../sources/index.ts";
import { nothingElseAnswers } from "../testing/away.ts";
import { makeFolder, open, remove } from "../testing/documents.ts";
import { liveService, type LiveService } from "../testing/live-service.ts";
import { rxnormAnswer } from "../testing/rxnav-records.ts";
import { RXNAV } from "../sources/rxnav/api.ts";
import { identifierSpellings } from "./identifiers.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

useSteadyClock();

const ENTITIES: Entity[] = [
  {
    id: "OMIM:154700",
    name: "Marfan syndrome",
    category: "Disease",
    synonyms: ["MFS"],
    xrefs: ["ORPHA:558", "MONDO:0007947"],
  },
  { id: "HP:0001250", name: "Seizure", category: "PhenotypicFeature", synonyms: ["Fit"] },
  { id: "HGNC:3603", name: "FBN1", category: "Gene", synonyms: ["MFS"] },
];

let folder: string;
let home: string;
let rxnav: LiveService;
let retriever: Retriever;

beforeEach(async () => {
  folder = makeFolder();
  const graph = new GraphStore(join(folder, "graph.db"));
  graph.putEntities(ENTITIES);
  graph.close();
  home = mkdtempSync(join(tmpdir(), "resolve-"));
  nothingElseAnswers();
  rxnav = await liveService(RXNAV);
  vi.stubEnv("MEDRESEARCHER_HOME", home);
  retriever = new Retriever(open(folder), { sources: LIVE_SOURCES });
});
afterEach(async () => {
  await retriever.close();
  await rxnav.close();
  remove(folder);
  rmSync(home, { recursive: true });
});

const resolve = (name: string, category?: string) =>
  retriever.resolve({ name, category }, { signal: new AbortController().signal });

describe("an identifier", () => {
  test.each([
    ["HP:0001250", "HP:0001250"],
    ["hp_1250", "HP:0001250"],
    ["#154700", "OMIM:154700"],
    ["MIM 154700", "OMIM:154700"],
    ["Orphanet:558", "OMIM:154700"],
    ["MONDO_0007947", "OMIM:154700"],
    ["hgnc:3603", "HGNC:3603"],
  ])("%s gives %s", async (name, id) => {
    const { entities, outcomes } = await resolve(name);
    expect(entities).toMatchObject([{ id, match: "identifier" }]);
    expect(outcomes).toEqual([{ source: "vocabulary", outcome: "found" }]);
  });

  test("of nothing known is not taken for a similar one", async () => {
    expect(await resolve("OMIM:154701")).toMatchObject({ entities: [], outcomes: [{ outcome: "empty" }] });
    expect(rxnav.asked).toEqual([]);
  });

  test("is one in any vocabulary's own spelling, and no name is", () => {
    expect(identifierSpellings("Orphanet_558")[0]).toBe("ORPHA:558");
    expect(identifierSpellings("RxNorm 6809")[0]).toBe("RXCUI:6809");
    for (const name of ["IL-2", "vitamin B 12", "HP", "type 2 diabetes", "BRCA1"])
      expect(identifierSpellings(name)).toEqual([]);
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(identifierSpellings(text))));
  });
});

describe("a name", () => {
  test("that several bear gives them all, and says so; a category chooses, whatever it is called", async () => {
    const both = await resolve("MFS");
    expect(both.entities.map(({ id }) => id).toSorted()).toEqual(["HGNC:3603", "OMIM:154700"]);
    expect(both.notes.join()).toContain("FBN1 (Gene)");
    expect((await resolve("fit", "symptoms")).entities).toMatchObject([{ id: "HP:0001250" }]);
    await expect(resolve("MFS", "Planet")).rejects.toMatchObject({
      reason: "invalid_arguments",
      recovery: expect.stringContaining("Gene") as string,
    });
  });

  test("with a typing error is understood, and the note says so", async () => {
    const { entities, notes } = await resolve("Marfan sindrome");
    expect(entities[0]).toMatchObject({ id: "OMIM:154700", match: "fuzzy" });
    expect(notes.join()).toContain("misspelling");
    expect(rxnav.asked).toEqual([]);
  });

  test("of a drug that is not stored is asked of RxNorm, and labelled so", async () => {
    rxnav.answer = rxnormAnswer;
    const { entities, outcomes, notes } = await resolve("Zelpa", "drug");
    expect(entities[0]).toMatchObject({ id: "RXCUI:902", name: "Zelpa", match: "exact", synonyms: ["zelpamab"] });
    // What is stored and begins so comes after it.
    expect(entities.at(-1)).toMatchObject({ id: "TEST:R1", match: "prefix" });
    expect(outcomes.map(({ source, outcome }) => [source, outcome])).toEqual([
      ["vocabulary", "found"],
      ["rxnav", "found"],
    ]);
    expect(notes.join()).toContain("asked live");
    expect((await resolve("rxcui:902")).entities).toMatchObject([{ id: "RXCUI:902", match: "identifier" }]);
  });

  test("that RxNorm could not be asked about is no answer that there is none", async () => {
    rxnav.answer = () => ({ status: 200, body: "<html>maintenance</html>" });
    expect((await resolve("metformin")).outcomes).toMatchObject([
      { outcome: "empty" },
      { source: "rxnav", outcome: "unavailable" },
    ]);
    vi.stubEnv("MEDRESEARCHER_OFFLINE", "1");
    expect((await resolve("metformin")).outcomes[1]).toMatchObject({
      outcome: "unavailable",
      message: expect.stringContaining("switched off") as string,
    });
  });
});
