import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { answerOf, core } from "../testing/europepmc-answers.ts";
import { callOf, literature, question, type Literature } from "../testing/literature-server.ts";
import { europepmc } from "./europepmc.ts";
import { searchEuropePmc } from "./europepmc/client.ts";
import { europePmcQueries } from "./europepmc/query.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

useSteadyClock();

let stub: Literature;
beforeEach(async () => {
  stub = await literature();
});
afterEach(() => stub.close());

const CAPTURE = "../shared/data/pubmed/europepmc_search.json";

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
    const found = await searchEuropePmc("x", { limit: 500, newest: true }, () => callOf(stub));
    expect(found.records).toHaveLength(210);
    expect(found.count).toBe(210);
    expect(stub.requests.map(({ parameters }) => [parameters.get("cursorMark"), parameters.get("sort")])).toEqual([
      ["*", "P_PDATE_D desc"],
      ["1", "P_PDATE_D desc"],
      ["2", "P_PDATE_D desc"],
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
    await expect(europepmc.search(question("vornitis"), callOf(stub))).rejects.toMatchObject({
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
    const now = Date.now;
    Date.now = () => now() + 3 * 86_400_000;
    try {
      stub.answer = (_, response) => response.writeHead(500).end();
      const after = await europepmc.search(question("vornitis"), callOf(stub));
      expect(after.degraded).toContain("older copies");
      expect(after.documents[0]).toMatchObject({ id: "PMID:990000001", stale: true });
    } finally {
      Date.now = now;
    }
  });
});
