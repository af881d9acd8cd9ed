/** What is around a document: by what stored documents name, and by what live sources know. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Document } from "../../../schemas/index.ts";
import { Retriever } from "../index.ts";
import { LIVE_SOURCES } from "../sources/index.ts";
import type { LiveSource } from "../sources/source.ts";
import { nothingElseAnswers } from "../testing/away.ts";
import { makeFolder, open, remove } from "../testing/documents.ts";
import { literature, type Literature } from "../testing/literature-server.ts";
import { record, recordsAnswer } from "../testing/pubmed-server.ts";
import { paper, stubSource } from "../testing/stub-source.ts";
import type { RelatedOptions } from "./find.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

useSteadyClock();

const DOCUMENTS: Document[] = [
  stored("PMID:1", "Zelpamab in vornitis", {
    publicationTypes: ["Randomized Controlled Trial"],
    identifiers: { pmid: "1", doi: "10.9/one" },
    related: { trial: ["NCT:NCT00000001"], retractionIn: ["PMID:5"], cites: ["PMID:2"] },
    integrity: "retracted",
  }),
  stored("PMID:2", "Vornitis: a cohort", { published: "2001" }),
  stored("PMC:PMC3", "Zelpamab: a review", {
    publicationTypes: ["Review"],
    published: "2015",
    related: { cites: ["PMID:1", "PMID:2"] },
  }),
  stored("PMID:4", "Zelpamab after ten years", { related: { cites: ["DOI:10.9/one"], trial: ["NCT:NCT00000001"] } }),
  stored("PMID:5", "Retraction: Zelpamab in vornitis", {
    publicationTypes: ["Retraction of Publication"],
    related: { retractionOf: ["PMID:1"] },
  }),
  stored("PMID:6", "A second look at vornitis", {
    identifiers: { nct: "NCT00000009" },
    related: { trial: ["NCT:NCT00000009"] },
  }),
  stored("NCT:NCT00000001", "A trial of zelpamab", {
    publicationTypes: ["Clinical Trial Registration"],
    related: { publication: ["PMID:1"] },
  }),
  stored("SPL:11111111-1111-1111-1111-111111111111", "Zelpa (zelpamab): human prescription drug label", {
    publicationTypes: ["Drug Label"],
    related: { application: ["NDA:NDA000001"] },
    identifiers: { rxcui: "77, 78" },
  }),
  stored("NDA:NDA000001", "Zelpa (zelpamab): FDA application NDA000001", { publicationTypes: ["Drug Approval"] }),
];

function stored(id: string, title: string, more: Partial<Document> = {}): Document {
  return paper(id, title, { fetchedAt: undefined, ...more });
}

let folder: string;
let home: string;
const opened: Retriever[] = [];

beforeEach(() => {
  folder = makeFolder(DOCUMENTS);
  home = mkdtempSync(join(tmpdir(), "related-"));
  vi.stubEnv("MEDRESEARCHER_HOME", home);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((retriever) => retriever.close()));
  vi.unstubAllEnvs();
  remove(folder);
  rmSync(home, { recursive: true });
});

async function around(options: RelatedOptions, sources: readonly LiveSource[] = []) {
  const retriever = new Retriever(open(folder), { sources });
  opened.push(retriever);
  return retriever.related(options, { signal: new AbortController().signal });
}
const ids = ({ documents }: { documents: readonly { id: string }[] }) => documents.map(({ id }) => id).toSorted();

describe("stored documents alone say", () => {
  test.each<[RelatedOptions, string[]]>([
    [{ id: "PMID:1", relation: "citing" }, ["PMC:PMC3", "PMID:4"]],
    [{ id: "doi:10.9/one", relation: "cited" }, ["PMID:2"]],
    [{ id: "PMC3", relation: "cited" }, ["PMID:1", "PMID:2"]],
    [{ id: "1", relation: "trials" }, ["NCT:NCT00000001"]],
    [{ id: "nct00000001", relation: "publications" }, ["PMID:1", "PMID:4"]],
    [{ id: "PMID:1", relation: "corrections" }, ["PMID:5"]],
    [{ id: "PMID:5", relation: "corrections" }, ["PMID:1"]],
    [{ id: "TEST:R1", relation: "trials" }, ["NCT:NCT00000001"]],
    [{ id: "NDA000001", relation: "labels" }, ["SPL:11111111-1111-1111-1111-111111111111"]],
    [{ id: "RXCUI:78", relation: "labels" }, ["SPL:11111111-1111-1111-1111-111111111111"]],
    [{ text: "zelpamab", relation: "labels" }, ["SPL:11111111-1111-1111-1111-111111111111"]],
  ])("%j: %j", async (options, expected) => {
    const result = await around(options);
    expect(ids(result)).toEqual(expect.arrayContaining(expected));
    expect(result.outcomes[0]).toEqual({ source: "local", outcome: "found" });
    expect(result.relation).toBe(options.relation);
  });

  test("what a name given as id is about, misspelt or in no vocabulary", async () => {
    const misspelt = await around({ id: "zelpamabb", relation: "trials" });
    expect(ids(misspelt)).toContain("NCT:NCT00000001");
    expect(misspelt.notes.join("\n")).toContain("nothing is called zelpamabb: taken as a misspelling of zelpamab");
    const label = await around({ id: "Zelpa", relation: "labels" });
    expect(ids(label)).toContain("SPL:11111111-1111-1111-1111-111111111111");
  });

  test("that a trial is not read, and not that the paper with its number were it", async () => {
    const result = await around({ id: "PMID:6", relation: "trials" });
    expect(result).toMatchObject({ documents: [], outcomes: [{ source: "local", outcome: "empty" }] });
    expect(result.notes).toContain("also named, but not read: NCT:NCT00000009");
  });

  test("which notice it is, and that a retracted paper is no evidence", async () => {
    const { notes } = await around({ id: "PMID:1", relation: "corrections" });
    expect(notes.join("\n")).toContain("PMID:5: names PMID:1 as retractionOf");
    expect(notes.join("\n")).toContain("PMID:1 is retracted (PMID:5): it is no evidence");
  });

  test("that nothing is known, which is no failure; and what the relation needs", async () => {
    expect(await around({ id: "PMID:2", relation: "corrections" })).toMatchObject({
      documents: [],
      outcomes: [{ source: "local", outcome: "empty" }],
    });
    await expect(around({ text: "zelpamab", relation: "publications" })).rejects.toMatchObject({
      reason: "invalid_arguments",
      recovery: expect.stringContaining("NCT:") as string,
    });
    await expect(around({ id: "PMID:999999", relation: "citing" })).rejects.toMatchObject({ reason: "not_found" });
  });
});

describe("with live sources", () => {
  let live: Literature;

  beforeEach(async () => {
    nothingElseAnswers();
    live = await literature();
    vi.stubEnv("MEDRESEARCHER_HOME", home);
  });
  afterEach(() => live.close());

  test("who cites a paper comes from all that know, each with its outcome", async () => {
    live.answer = ({ path }, response) => {
      if (path.endsWith("elink.fcgi")) {
        const linksetdbs = [{ dbto: "pubmed", linkname: "pubmed_pubmed_citedin", links: ["77"] }];
        response.end(JSON.stringify({ linksets: [{ dbfrom: "pubmed", ids: ["1"], linksetdbs }] }));
      } else if (path.endsWith("efetch.fcgi")) {
        response.end(recordsAnswer(record({ pmid: "77", title: "Zelpamab again", abstract: "" })));
      } else response.writeHead(200, { "content-type": "text/html" }).end("<html>down for maintenance</html>");
    };
    const result = await around({ id: "PMID:1", relation: "citing" }, LIVE_SOURCES);
    expect(ids(result)).toEqual(["PMC:PMC3", "PMID:4", "PMID:77"]);
    expect(result.outcomes).toMatchObject([
      { source: "local", outcome: "found" },
      { source: "pubmed", outcome: "found" },
      { source: "europepmc", outcome: "unavailable" },
    ]);
  });

  test("trials and labels of a drug are searched for where no document names them", async () => {
    const asked: string[] = [];
    const trials = stubSource("clinicaltrials", ({ query, entities }) => {
      asked.push(query, ...entities().map(({ name }) => name));
      const registered = { publicationTypes: ["Clinical Trial Registration"] };
      return { documents: [paper("NCT:NCT00000002", "Zelpamab in children", registered)] };
    });
    const result = await around({ id: "TEST:R1", relation: "trials" }, [trials]);
    expect(asked).toEqual(["zelpamab", "zelpamab"]);
    expect(ids(result)).toEqual(["NCT:NCT00000001", "NCT:NCT00000002"]);
  });

  test("a paper that is not stored and cannot be fetched is still asked about by its number", async () => {
    live.answer = ({ path }, response) => {
      if (path.endsWith("elink.fcgi")) response.end('{"linksets":[{"dbfrom":"pubmed","ids":["42"]}]}');
      else response.writeHead(500).end();
    };
    const result = await around({ id: "PMID:42", relation: "cited" }, LIVE_SOURCES);
    expect(result.outcomes).toMatchObject([
      { source: "local", outcome: "empty" },
      { source: "pubmed", outcome: "empty" },
      { source: "europepmc", outcome: "unavailable" },
    ]);
    expect(result.notes.join()).toContain("PMID:42 is not stored here");
  });
});
