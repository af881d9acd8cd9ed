import { afterEach, beforeEach, expect, test } from "vitest";
import { callOf, literature, type Literature } from "../testing/literature-server.ts";
import { impactOf } from "./icite.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

useSteadyClock();

let stub: Literature;
beforeEach(async () => {
  stub = await literature();
});
afterEach(() => stub.close());

/** In the shape of iCite's answers. */
const rows = (...data: object[]) => JSON.stringify({ meta: { limit: 1000 }, links: {}, data });

test("impact by PMID; what iCite has not computed is unknown, never 0", async () => {
  stub.answer = (_, response) =>
    response.end(
      rows(
        {
          pmid: 990000001,
          relative_citation_ratio: 1.78,
          nih_percentile: 71,
          citation_count: 46,
          apt: 0.75,
          is_clinical: "No",
          cited_by_clin: [1, 2],
        },
        {
          pmid: 990000002,
          relative_citation_ratio: null,
          nih_percentile: null,
          citation_count: 0,
          apt: 0.05,
          is_clinical: "Yes",
          cited_by_clin: null,
        },
      ),
    );
  const impact = await impactOf(["990000001", "990000002", "990000003"], callOf(stub));
  expect(Object.fromEntries(impact)).toEqual({
    "990000001": { rcr: 1.78, percentile: 71, citations: 46, clinicalCitations: 2, apt: 0.75, clinical: false },
    "990000002": { citations: 0, apt: 0.05, clinical: true },
  });
});

test("a single row, and ids in one text, are read as well", async () => {
  stub.answer = (_, response) => response.end(JSON.stringify({ data: { pmid: "7", cited_by_clin: "1 22 333" } }));
  expect(await impactOf(["7"], callOf(stub))).toEqual(new Map([["7", { clinicalCitations: 3 }]]));
});

test("many PMIDs are asked in batches that iCite takes, each once", async () => {
  stub.answer = ({ parameters }, response) =>
    response.end(
      rows(
        ...parameters
          .get("pmids")!
          .split(",")
          .map((pmid) => ({ pmid, citation_count: 1 })),
      ),
    );
  const pmids = Array.from({ length: 1200 }, (_, i) => String(10_000_000 + i));
  expect((await impactOf([...pmids, ...pmids], callOf(stub))).size).toBe(1200);
  const sizes = stub.requests.map(({ parameters }) => parameters.get("pmids")!.split(",").length);
  expect(sizes.toSorted((a, b) => a - b)).toEqual([200, 500, 500]);
});

test.each([
  ["a web page", "<!DOCTYPE html><html>Busy</html>"],
  ["a torn answer", '{"data":[{"pmid":1,'],
  ["another object", '{"status":"error"}'],
])("%s is a failure, never 'no impact'", async (_, body) => {
  stub.answer = (_request, response) => response.end(body);
  await expect(impactOf(["1"], callOf(stub))).rejects.toMatchObject({ reason: "unavailable", retryable: true });
});
