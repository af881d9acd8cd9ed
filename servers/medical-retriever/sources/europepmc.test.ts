import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Document } from "../../../schemas/index.ts";
import { callOf, literature, question, type Literature } from "../testing/literature-server.ts";
import { europepmc } from "./europepmc.ts";
import { searchEuropePmc } from "./europepmc/client.ts";
import { europePmcQueries } from "./europepmc/query.ts";
import { documentOf } from "./europepmc/record.ts";
import { europePmcRelated } from "./europepmc/related.ts";

let stub: Literature;
beforeEach(async () => {
  stub = await literature();
});
afterEach(() => stub.close());

const CAPTURE = "../shared/data/pubmed/europepmc_search.json";
const JATS = "../shared/data/pubmed/pmc3040717.jats.xml";

/** A fictional record as `resultType=core` gives it. */
const core = {
  id: "990000001",
  source: "MED",
  pmid: "990000001",
  pmcid: "PMC9900001",
  doi: "10.9999/fiction.1",
  title: "Zelpamab for <i>Vornia coli</i> in CO<sub>2</sub> &amp; heat.",
  authorList: { author: [{ fullName: "Doe J" }, { collectiveName: "Fiction Group" }] },
  journalInfo: { journal: { title: "Journal of Fictions" } },
  pubYear: "2021",
  firstPublicationDate: "2021-03-04",
  abstractText:
    "<h4>Background</h4>10<sup>9</sup> cells, p < 0.05.<h4>Results</h4>It <b>worked</b> in 1.5&#x2009;mg.<br/>Well.",
  pubTypeList: { pubType: ["research-article", "Randomized Controlled Trial", "Journal Article"] },
  meshHeadingList: { meshHeading: { descriptorName: "Fictions" } },
  language: "eng",
  isOpenAccess: "Y",
  inEPMC: "Y",
  license: "cc by",
  citedByCount: 12,
};

const answerOf = (records: object[], more: object = {}) =>
  JSON.stringify({ version: "6.9", hitCount: records.length, resultList: { result: records }, ...more });

describe("records", () => {
  test("a record gives its sections, markup dissolved and numbers kept", () => {
    expect(documentOf(core, "2026-01-01T00:00:00Z")).toEqual({
      id: "PMID:990000001",
      title: "Zelpamab for Vornia coli in CO2 & heat.",
      sections: [
        { label: "Background", text: "10⁹ cells, p < 0.05." },
        { label: "Results", text: "It worked in 1.5 mg. Well." },
      ],
      published: "2021-03-04",
      journal: "Journal of Fictions",
      authors: ["Doe J", "Fiction Group"],
      publicationTypes: ["Journal Article", "Randomized Controlled Trial"],
      mesh: ["Fictions"],
      identifiers: { pmid: "990000001", doi: "10.9999/fiction.1", pmcid: "PMC9900001" },
      language: "eng",
      licence: "cc by",
      impact: { citations: 12 },
      fetchedAt: "2026-01-01T00:00:00Z",
    });
  });

  test.each([
    [{ id: "PPR123", source: "PPR", doi: "10.1101/1" }, "PPR:PPR123", ["Preprint"]],
    [{ id: "PMC55", source: "PMC", pmcid: "PMC55", pubType: "review-article" }, "PMC:PMC55", ["Review"]],
    [
      { id: 7, source: "MED", pubType: "clinical trial, phase iii; journal article" },
      "PMID:7",
      ["Clinical Trial, Phase III", "Journal Article"],
    ],
  ])("%j is %s", (record, id, publicationTypes) => {
    expect(documentOf(record)).toMatchObject({ id, publicationTypes });
  });

  test.each([
    [{ commentCorrectionList: { commentCorrection: { type: "Retraction in", id: "5", source: "MED" } } }, "retracted"],
    [
      { commentCorrectionList: { commentCorrection: [{ type: "Expression of concern in", id: "5", source: "MED" }] } },
      "concern",
    ],
    [
      {
        commentCorrectionList: {
          commentCorrection: [{ type: "Erratum in", id: "5", source: "MED" }, { type: "Comment in" }],
        },
      },
      "corrected",
    ],
    [{ commentCorrectionList: { commentCorrection: [{ type: "Erratum for", id: "5", source: "MED" }] } }, undefined],
    [{ pubTypeList: { pubType: "Retracted Publication" } }, "retracted"],
    [{ pubTypeList: { pubType: "Retraction of Publication" } }, undefined],
    [{ title: "WITHDRAWN: A fiction" }, "retracted"],
    [{ title: "Withdrawn symptoms of fiction" }, undefined],
  ])("%j stands as %s", (more, integrity) => {
    expect(documentOf({ ...core, ...more })?.integrity).toBe(integrity);
  });

  test("notices and preprints are related by PubMed's names for it", () => {
    const commentCorrection = [
      { type: "Retraction in", id: "5", source: "MED" },
      { type: "Preprint in", id: "PPR9", source: "PPR" },
      { type: "Comment in", id: "6", source: "MED" },
    ];
    expect(documentOf({ ...core, commentCorrectionList: { commentCorrection } })?.related).toEqual({
      retractionIn: ["PMID:5"],
      preprintIn: ["PPR:PPR9"],
    });
  });

  test("a record of any shape is a document or none, never an error", () => {
    const field = fc.constantFrom(...Object.keys(core), "commentCorrectionList", "authorString", "pubType");
    const wild = fc.dictionary(field, fc.oneof(fc.jsonValue(), fc.string({ unit: "binary" })));
    const lists = fc.record({
      authorList: fc.record({ author: fc.jsonValue() }),
      commentCorrectionList: fc.record({ commentCorrection: fc.jsonValue() }),
    });
    fc.assert(
      fc.property(wild, lists, fc.boolean(), (some, more, known) => {
        const document = documentOf({ ...(known ? core : {}), ...more, ...some });
        expect(Document.optional().safeParse(document).error).toBeUndefined();
      }),
    );
    fc.assert(fc.property(fc.jsonValue(), (value) => documentOf(value) === undefined));
  });

  test("what has no id of a publication is left out", () => {
    expect(documentOf({ id: "US123", source: "PAT" })).toBeUndefined();
    expect(documentOf({})).toBeUndefined();
  });
});

describe("search", () => {
  test.skipIf(!existsSync(CAPTURE))("a real answer, as captured (skipped without ../shared/data)", async () => {
    stub.answer = (_, response) => response.end(readFileSync(CAPTURE));
    const answer = await europepmc.search(question("trametinib in melanoma", [], { limit: 1 }), callOf(stub));
    expect(answer).toMatchObject({ count: 1, notes: [] });
    expect(answer.documents).toHaveLength(1);
    expect(answer.documents[0]).toMatchObject({
      id: "PMID:22663011",
      title: "Improved survival with MEK inhibition in BRAF-mutated melanoma.",
      published: "2012-06-04",
      journal: "N Engl J Med",
      identifiers: { pmid: "22663011", doi: "10.1056/nejmoa1203421" },
      impact: { citations: 1594 },
    });
    expect(answer.documents[0]?.authors).toHaveLength(26);
    expect(answer.documents[0]?.authors?.at(-1)).toBe("METRIC Study Group");
    expect(answer.documents[0]?.publicationTypes).toEqual([
      "Clinical Trial, Phase III",
      "Comparative Study",
      "Research Support, Non-U.S. Gov't",
      "Multicenter Study",
      "Randomized Controlled Trial",
      "Journal Article",
    ]);
  });

  test("asks for whole records, in titles and abstracts, within the dates", async () => {
    stub.answer = (_, response) =>
      response.end(answerOf(Array.from({ length: 6 }, (_, i) => ({ ...core, pmid: String(i + 1) }))));
    const entities = [{ text: "vorn disease", synonyms: ['vorn "itis"'] }];
    await europepmc.search(
      question("zelpamab: in vorn disease?", entities, { from: "2019", to: "2020-02" }),
      callOf(stub),
    );
    expect(stub.requests).toHaveLength(1);
    expect(Object.fromEntries(stub.requests[0]!.parameters)).toEqual({
      query:
        '(TITLE_ABS:"vorn disease" OR TITLE_ABS:"vorn itis") AND "zelpamab" AND (SRC:MED OR SRC:PMC OR SRC:PPR) AND FIRST_PDATE:[2019-01-01 TO 2020-02-29]',
      format: "json",
      resultType: "core",
      pageSize: "20",
      cursorMark: "*",
    });
  });

  test("its own syntax is kept, PubMed's is none of its business", () => {
    expect(europePmcQueries(question('TITLE:"zelpamab" OR AUTH:"Doe J"'))).toEqual([
      '(TITLE:"zelpamab" OR AUTH:"Doe J") AND (SRC:MED OR SRC:PMC OR SRC:PPR)',
    ]);
    expect(europepmc.inapplicable!(question("zelpamab[tiab]"))).toContain("PubMed");
    expect(europepmc.inapplicable!(question("zelpamab"))).toBeUndefined();
  });

  test("kinds of evidence are asked for; what no publication is, is none of its business", () => {
    const [query] = europePmcQueries(question("vornitis", [], { kinds: ["randomized_trial"] }));
    expect(query).toBe(
      '"vornitis" AND (SRC:MED OR SRC:PMC OR SRC:PPR) AND (PUB_TYPE:"Randomized Controlled Trial" OR PUB_TYPE:"Equivalence Trial")',
    );
    expect(europepmc.inapplicable!(question("vornitis", [], { kinds: ["regulator_label"] }))).toContain(
      "no publication",
    );
    expect(europepmc.inapplicable!(question("vornitis", [], { kinds: ["regulator_label", "review"] }))).toBeUndefined();
  });

  test("any words give balanced queries", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 60 });
    fc.assert(
      fc.property(text, fc.array(fc.record({ text, name: text, synonyms: fc.array(text) })), (words, entities) => {
        fc.pre(!/AND|OR|NOT|[A-Z_]:/.test(words));
        for (const query of europePmcQueries(question(words, entities))) {
          expect(query.split('"').length % 2).toBe(1);
          expect(query.replaceAll(/"[^"]*"/g, "").split("(").length).toBe(
            query.replaceAll(/"[^"]*"/g, "").split(")").length,
          );
        }
      }),
    );
  });

  test("pages follow each other by the cursor that each one gives", async () => {
    stub.answer = ({ parameters }, response) => {
      const page = Number(parameters.get("cursorMark")!.replace("*", "0"));
      const records = Array.from({ length: page < 2 ? Number(parameters.get("pageSize")) : 10 }, (_, i) => ({
        id: `${page}${i}`,
        source: "MED",
      }));
      response.end(answerOf(records, { hitCount: 210, nextCursorMark: String(Math.min(page + 1, 2)) }));
    };
    const found = await searchEuropePmc("x", { limit: 500, sort: "cited" }, () => callOf(stub));
    expect(found.records).toHaveLength(210);
    expect(found.count).toBe(210);
    expect(stub.requests.map(({ parameters }) => [parameters.get("cursorMark"), parameters.get("sort")])).toEqual([
      ["*", "CITED desc"],
      ["1", "CITED desc"],
      ["2", "CITED desc"],
    ]);
  });

  test("nothing but a version is a wrong order of results, and is not tried again", async () => {
    stub.answer = (_, response) => response.end('{"version":"6.9"}');
    await expect(searchEuropePmc("x", { limit: 5 }, () => callOf(stub))).rejects.toMatchObject({
      reason: "invalid_arguments",
      message: expect.stringContaining("order of results") as string,
    });
    expect(stub.requests).toHaveLength(1);
  });

  test.each([
    ["a web page", "<!DOCTYPE html><html>Down</html>", "unavailable"],
    ["a torn answer", '{"version":"6.9","hitCount":1,"resultList":{"res', "unavailable"],
    ["an error in a good status", '{"version":"6.9","errCode":500,"errMsg":"Solr is away"}', "unavailable"],
    ["another shape", "[]", "unavailable"],
  ])("%s is a failure, never an empty result", async (_, body, reason) => {
    stub.answer = (_request, response) => response.end(body);
    await expect(europepmc.search(question("vornitis"), callOf(stub, 250))).rejects.toMatchObject({
      reason,
      retryable: true,
    });
  });

  test("a query that it cannot read is said to be one", async () => {
    stub.answer = (_, response) => response.writeHead(400).end('{"errCode":400,"errMsg":"Cannot parse query"}');
    await expect(europepmc.search(question("vornitis"), callOf(stub))).rejects.toMatchObject({
      reason: "invalid_arguments",
      message: expect.stringContaining("Cannot parse") as string,
    });
    expect(stub.requests).toHaveLength(1);
  });

  test("a single record as the one itself, and none", async () => {
    stub.answer = (_, response) => response.end(answerOf([], { hitCount: 1, resultList: { result: core } }));
    expect((await europepmc.search(question("vornitis"), callOf(stub))).documents).toHaveLength(1);
    stub.answer = (_, response) => response.end(answerOf([], { hitCount: 0, resultList: {} }));
    expect(await europepmc.search(question("zelpamab"), callOf(stub))).toEqual({ documents: [], count: 0, notes: [] });
  });

  test("away, an answer of before is served as older", async () => {
    stub.answer = (_, response) => response.end(answerOf([core]));
    const before = await europepmc.search(question("vornitis"), callOf(stub));
    expect(before.degraded).toBeUndefined();
    const later = Date.now() + 3 * 86_400_000;
    const now = Date.now;
    Date.now = () => later + (performance.now() % 1000);
    try {
      stub.answer = (_, response) => response.writeHead(500).end();
      const after = await europepmc.search(question("vornitis"), callOf(stub, 1500));
      expect(after.degraded).toContain("older copies");
      expect(after.documents[0]).toMatchObject({ id: "PMID:990000001", stale: true });
    } finally {
      Date.now = now;
    }
  });
});

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
    await expect(europepmc.fetch!("PMC:PMC9900001", callOf(stub, 250))).rejects.toMatchObject({
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
    await expect(europePmcRelated("citing", "PMID:3", 10, callOf(stub, 250))).rejects.toMatchObject({
      reason: "unavailable",
    });
  });
});
