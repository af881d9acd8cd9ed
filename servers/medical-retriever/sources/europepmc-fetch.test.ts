import { existsSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { answerOf, core } from "../testing/europepmc-answers.ts";
import { callOf, literature, type Literature } from "../testing/literature-server.ts";
import { europepmc } from "./europepmc.ts";
import { europePmcRelated } from "./europepmc/related.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

useSteadyClock();

let stub: Literature;
beforeEach(async () => {
  stub = await literature();
});
afterEach(() => stub.close());

const JATS = "../shared/data/pubmed/pmc3040717.jats.xml";

describe("fetch", () => {
  test.each([
    ["PMID:990000001", "EXT_ID:990000001 AND SRC:MED"],
    ["PPR:PPR123", "EXT_ID:PPR123 AND SRC:PPR"],
    ["DOI:10.9999/fiction.1", 'DOI:"10.9999/fiction.1"'],
  ])("%s is asked as %s", async (id, query) => {
    stub.answer = (_, response) => response.end(answerOf([core]));
    expect(await europepmc.fetch!(id, callOf(stub))).toMatchObject({ id: "PMID:990000001" });
    expect(stub.requests[0]!.parameters.get("query")).toBe(query);
  });

  test("unknown ids, ids of no kind, and DOIs of two records are undefined", async () => {
    stub.answer = (_, response) => response.end(answerOf([]));
    expect(await europepmc.fetch!("PMID:5", callOf(stub))).toBeUndefined();
    expect(await europepmc.fetch!('PMID:5" OR 1', callOf(stub))).toBeUndefined();
    expect(stub.requests).toHaveLength(1);
    stub.answer = (_, response) => response.end(answerOf([core, { ...core, id: "2", pmid: "2" }]));
    expect(await europepmc.fetch!("DOI:10.9999/twice", callOf(stub))).toBeUndefined();
  });

  test("a PMC id gives the open full text, with what the record knows beside; else the abstract", async () => {
    const xml = `<article article-type="research-article"><front><article-meta><article-id pub-id-type="pmcid">PMC9900001</article-id><title-group><article-title>Zelpamab</article-title></title-group></article-meta></front><body><sec><title>Results</title><p>The whole text.</p></sec></body></article>`;
    stub.answer = ({ path }, response) => response.end(path.endsWith("fullTextXML") ? xml : answerOf([core]));
    const full = await europepmc.fetch!("PMC:PMC9900001", callOf(stub));
    expect(full).toMatchObject({
      id: "PMC:PMC9900001",
      sections: [{ label: "Results", text: "The whole text." }],
      identifiers: { pmid: "990000001", doi: "10.9999/fiction.1" },
      impact: { citations: 12 },
      licence: "cc by",
    });
    stub.answer = ({ path }, response) =>
      path.endsWith("fullTextXML")
        ? void response.writeHead(404).end()
        : response.end(answerOf([{ ...core, pmcid: "PMC9900002" }]));
    expect(await europepmc.fetch!("PMC:PMC9900002", callOf(stub))).toMatchObject({ id: "PMID:990000001" });
  });

  test("a full text that is cut off is a failure", async () => {
    stub.answer = ({ path }, response) =>
      response.end(path.endsWith("fullTextXML") ? "<article><body><p>The wh" : answerOf([core]));
    await expect(europepmc.fetch!("PMC:PMC9900001", callOf(stub))).rejects.toMatchObject({
      reason: "unavailable",
    });
  });

  test.skipIf(!existsSync(JATS))("a real full text (skipped without ../shared/data)", async () => {
    stub.answer = ({ path }, response) =>
      response.end(
        path.endsWith("fullTextXML")
          ? readFileSync(JATS)
          : answerOf([{ ...core, pmid: "20516115", pmcid: "PMC3040717" }]),
      );
    const full = await europepmc.fetch!("PMC:PMC3040717", callOf(stub));
    expect(full?.title).toMatch(/^Comprehensive Analysis of Missense Variations in the BRCT Domain/);
    expect(full?.sections.length).toBeGreaterThan(10);
  });
});

describe("europePmcRelated", () => {
  test("those that cite it, in the order given, as whole records", async () => {
    const citation = [
      { id: "5", source: "MED" },
      { id: "PPR9", source: "PPR" },
    ];
    stub.answer = ({ path }, response) =>
      response.end(
        path.endsWith("/MED/1/citations")
          ? JSON.stringify({ version: "6.9", hitCount: 40, citationList: { citation } })
          : answerOf([
              { id: "PPR9", source: "PPR" },
              { id: "5", source: "MED" },
            ]),
      );
    const answer = await europePmcRelated("citing", "PMID:1", 2, callOf(stub));
    expect(answer.documents.map(({ id }) => id)).toEqual(["PMID:5", "PPR:PPR9"]);
    expect(answer.count).toBe(40);
    expect(stub.asked("search")[0]!.parameters.get("query")).toBe(
      "(EXT_ID:5 AND SRC:MED) OR (EXT_ID:PPR9 AND SRC:PPR)",
    );
  });

  test("references without a record are counted; status 404 is none", async () => {
    stub.answer = ({ path }, response) =>
      path.endsWith("references")
        ? response.end(
            JSON.stringify({
              hitCount: 2,
              referenceList: { reference: [{ title: "A book" }, { id: "5", source: "MED" }] },
            }),
          )
        : response.end(answerOf([{ id: "5", source: "MED" }]));
    const cited = await europePmcRelated("cited", "PMID:1", 10, callOf(stub));
    expect(cited.notes).toEqual(["1 of the references of PMID:1 have no record in Europe PMC"]);
    stub.answer = (_, response) => response.writeHead(404).end("{}");
    expect(await europePmcRelated("citing", "PMID:2", 10, callOf(stub))).toEqual({
      documents: [],
      count: 0,
      notes: [],
    });
    stub.answer = (_, response) => response.writeHead(500).end();
    await expect(europePmcRelated("citing", "PMID:3", 10, callOf(stub))).rejects.toMatchObject({
      reason: "unavailable",
    });
  });
});
