import type { Client } from "@modelcontextprotocol/client";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { GetDocumentResult, ResolveEntityResult, SearchEvidenceResult } from "../../schemas/index.ts";
import { documentText } from "../../schemas/index.ts";
import type { ServerFactory } from "../kit/index.ts";
import { LiveDocuments } from "../knowledge/live-documents.ts";
import { knowledgePath } from "../knowledge/index.ts";
import { medicalRetriever } from "./main.ts";
import { DOCUMENTS, makeFolder } from "./testing/documents.ts";
import { pubmedServer, record, recordsAnswer, searchAnswer, type PubmedServer } from "./testing/pubmed-server.ts";
import { nothingElseAnswers } from "./testing/away.ts";
import { connected } from "../kit/testing/connected.ts";
import { nobodysAddress } from "../kit/testing/listen.ts";
import { useSteadyClock } from "../kit/testing/steady-clock.ts";

useSteadyClock();

let home: string;
let factory: ServerFactory;
let client: Client;
let pubmed: PubmedServer;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "retriever-home-"));
  mkdirSync(join(home, "knowledge"));
  renameSync(makeFolder(), knowledgePath("test", home));
  pubmed = await pubmedServer();
  vi.stubEnv("MEDRESEARCHER_HOME", home);
  vi.stubEnv("MEDRESEARCHER_OFFLINE", "");
  nothingElseAnswers();
  vi.stubEnv("PUBMED_URL", pubmed.url);
  vi.stubEnv("NCBI_API_KEY", "KEY");
  factory = medicalRetriever({ knowledge: "test" });
  client = await connected(factory);
});
afterEach(async () => {
  await client.close();
  await factory.close();
  await pubmed.close();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

interface Answer<T> {
  result: T;
  error: { reason: string; message: string; recovery: string } | undefined;
}

async function call<T>(name: string, args: Record<string, unknown>): Promise<Answer<T>> {
  const answer = await client.callTool({ name, arguments: args });
  const [content] = answer.content as { text: string }[];
  const text = JSON.parse(content!.text) as { error?: Answer<T>["error"] };
  const { error } = text;
  // The text says the same as the structured content.
  expect(answer.structuredContent).toEqual(answer.isError ? undefined : text);
  return { result: answer.structuredContent as T, error: answer.isError ? error : undefined };
}

const search = async (args: Record<string, unknown>) =>
  (await call<SearchEvidenceResult>("search_medical_evidence", { sources: ["local"], ...args })).result;
const ids = ({ documents }: { documents: { id: string }[] }) => documents.map(({ id }) => id);

describe("search_medical_evidence", () => {
  test("ranks by relevance and authority, shows both, and quotes passages verbatim", async () => {
    const result = await search({ query: "Which treatment is recommended for vornitis?" });
    expect(result).toMatchObject({
      relevanceMethod: "bm25",
      lambda: 0.4,
      outcomes: [{ source: "local", outcome: "found" }],
    });
    const [first] = result.documents;
    expect(first).toMatchObject({ id: "TEST:guideline", authority: { parts: { guideline: 1, integrity: 1 } } });
    expect(first!.score).toBeCloseTo(0.4 * first!.relevance! + 0.6 * first!.authority!.score, 3);
    expect(result.passages.length).toBeGreaterThan(0);
    for (const { document, start, end, text } of result.passages) {
      expect(documentText(DOCUMENTS.find(({ id }) => id === document)!).slice(start, end)).toBe(text);
    }
  });

  test("a retracted paper stands last, says so, and gives no passage", async () => {
    const result = await search({ query: "zelpamab cured vornitis" });
    expect(ids(result).at(-1)).toBe("TEST:retracted");
    expect(result.documents.at(-1)).toMatchObject({ score: 0, integrity: "retracted", authority: { score: 0 } });
    expect(result.passages.map(({ document }) => document)).not.toContain("TEST:retracted");
    expect(result.notes).toContain("TEST:retracted is retracted: it is no evidence");
  });

  test("another subject is empty, and says which words are unknown", async () => {
    const result = await search({ query: "best pizza in Naples" });
    expect(result).toMatchObject({ documents: [], outcomes: [{ source: "local", outcome: "empty" }] });
    expect(result.notes?.join()).toContain("pizza");
  });

  test("pages follow each other without gaps or repetition, and a cursor fits only its query", async () => {
    const all = await search({ query: "leaves treatment water", limit: 50 });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: SearchEvidenceResult = await search({ query: "leaves treatment water", limit: 7, cursor });
      seen.push(...ids(page));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(ids(all));
    expect(seen).toHaveLength(30);
    const { nextCursor } = await search({ query: "leaves treatment water", limit: 7 });
    const { error } = await call("search_medical_evidence", { query: "other", sources: ["local"], cursor: nextCursor });
    expect(error?.reason).toBe("invalid_arguments");
  });

  test("dates limit what is found", async () => {
    expect(ids(await search({ query: "vornitis", from: "2021" }))).toEqual(["TEST:guideline"]);
    expect((await call("search_medical_evidence", { query: "x", from: "yesterday" })).error?.reason).toBe(
      "invalid_arguments",
    );
  });

  test("arguments as models send them", async () => {
    const result = await search({ query: "vornitis", sources: '["local"]', limit: "2", cursor: "", unknown: 1 });
    expect(ids(result)).toHaveLength(2);
    const kinds = await search({
      query: "vornitis",
      kinds: "guideline, case reports",
      lambda: "1",
      from: "",
      to: null,
    });
    expect(ids(kinds).toSorted()).toEqual(["TEST:case", "TEST:guideline"]);
    expect(kinds.lambda).toBe(1);
    const { error: outside } = await call("search_medical_evidence", { query: "vornitis", lambda: 1.2 });
    expect(outside).toMatchObject({
      reason: "invalid_arguments",
      message: expect.stringContaining("lambda") as string,
    });
    for (const query of ["", "   ", "the of and", "?!"]) {
      const { error } = await call("search_medical_evidence", { query, sources: ["local"] });
      expect(error?.reason).toBe("invalid_arguments");
      expect(error?.recovery).not.toBe("");
    }
    const long = await search({ query: `vornitis ${"zelpamab flares ".repeat(10_000)}` });
    expect(long.notes?.join()).toContain("only the first");
    expect(ids(long)).toContain("TEST:trial");
  });

  test("a damaged index is built anew", async () => {
    await search({ query: "vornitis" });
    damageIndex(join(knowledgePath("test", home), "search"));
    const other = medicalRetriever({ knowledge: "test" });
    const second = await connected(other);
    const args = { query: "vornitis", sources: ["local"] };
    const answer = await second.callTool({ name: "search_medical_evidence", arguments: args });
    expect(answer.structuredContent).toMatchObject({ outcomes: [{ source: "local", outcome: "found" }] });
    await second.close();
    await other.close();
  });

  test("PubMed joins in one ranking, with the same measures", async () => {
    pubmed.answer = ({ utility }, response) =>
      response.end(utility === "esearch" ? searchAnswer(["990000001"]) : recordsAnswer(live));
    const { result } = await call<SearchEvidenceResult>("search_medical_evidence", {
      query: "recommended treatment of vornitis",
    });
    expect(result.outcomes.slice(0, 2)).toMatchObject([
      { source: "local", outcome: "found" },
      { source: "pubmed", outcome: "found" },
    ]);
    const found = result.documents.find(({ id }) => id === "PMID:990000001");
    expect(found).toMatchObject({
      authority: { parts: { systematic_review: 0.95 } },
      fetchedAt: expect.any(String) as string,
    });
    expect(found!.score).toBeGreaterThan(0);
    expect(result.passages.map(({ document }) => document)).toContain("PMID:990000001");
    const asked = pubmed.calls.length;
    const read = await call<GetDocumentResult>("get_medical_document", { id: "990000001" });
    expect(read.result.sections[0]?.text).toContain("Zelpamab");
    expect(pubmed.calls).toHaveLength(asked);
  });

  test("PubMed away: the local answer comes soon, and the outcome says why", async () => {
    await search({ query: "vornitis" });
    pubmed.answer = () => undefined;
    const started = performance.now();
    const { result } = await call<SearchEvidenceResult>("search_medical_evidence", { query: "vornitis" });
    // The deadline of live sources is 4 s, that of any request 30 s.
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(ids(result)).toContain("TEST:trial");
    expect(result.outcomes[1]).toMatchObject({
      source: "pubmed",
      outcome: "unavailable",
      message: expect.any(String) as string,
    });
    const asked = pubmed.calls.length;
    const again = await call<SearchEvidenceResult>("search_medical_evidence", { query: "zelpamab" });
    expect(again.result.outcomes[1]!.message).toContain("was not asked again");
    expect(pubmed.calls).toHaveLength(asked);
  });

  test("offline, live sources are not asked; when asked for, they are unavailable", async () => {
    vi.stubEnv("MEDRESEARCHER_OFFLINE", "1");
    const { result } = await call<SearchEvidenceResult>("search_medical_evidence", { query: "vornitis" });
    expect(result.outcomes.map(({ source }) => source)).toEqual(["local"]);
    expect((await search({ query: "vornitis", sources: ["pubmed"] })).outcomes).toMatchObject([
      { source: "pubmed", outcome: "unavailable" },
    ]);
    expect(pubmed.calls).toEqual([]);
  });
});

/** Takes the data of the index away, and leaves its description. */
function damageIndex(folder: string): void {
  const data = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.(?:bin|db)$/.test(name));
  expect(data).not.toEqual([]);
  for (const name of data) rmSync(join(folder, name));
}

const live = record({
  pmid: "990000001",
  title: "Zelpamab for vornitis: a fictional review of trials",
  abstract: "<AbstractText>Zelpamab is the recommended treatment of vornitis.</AbstractText>",
  types: '<PublicationType UI="D000078182">Systematic Review</PublicationType>',
  date: "<Year>2023</Year>",
});

describe("get_medical_document", () => {
  test("gives a stored document with its authority; sections by label; labels that are not there", async () => {
    const { result } = await call<GetDocumentResult>("get_medical_document", {
      id: "TEST:trial",
      sections: ["RESULTS"],
    });
    expect(result.documents[0]).toMatchObject({ id: "TEST:trial", authority: { parts: { randomized_trial: 0.85 } } });
    expect(result.sections).toEqual([]);
    expect(result.notes?.join()).toContain("no section is called RESULTS");
  });

  test("asks PubMed for what is not stored, by any spelling of the id", async () => {
    pubmed.answer = ({ utility }, response) =>
      response.end(utility === "esearch" ? searchAnswer(["990000001"]) : recordsAnswer(live));
    for (const id of ["PMID:990000001", "pmid 990000001", "https://doi.org/10.9999/fiction.990000001"]) {
      const { result } = await call<GetDocumentResult>("get_medical_document", { id });
      expect(result).toMatchObject({
        documents: [{ id: "PMID:990000001" }],
        outcomes: [{ source: "pubmed", outcome: "found" }],
      });
    }
  });

  test("a long one comes with its outline, an abstract with the id of its full text", async () => {
    const sections = ["Methods", "Results"].map((label) => ({ label, text: `${label} of vornitis. `.repeat(2000) }));
    new LiveDocuments().put([{ id: "PMC:PMC7", title: "Vornitis", sections, fetchedAt: new Date().toISOString() }]);
    const long = await call<GetDocumentResult>("get_medical_document", { id: "PMC7" });
    expect(long.result.notes?.join()).toContain("there are: Methods (42000), Results (42000)");
    const one = await call<GetDocumentResult>("get_medical_document", { id: "PMC:PMC7", sections: "results" });
    expect(one.result.sections.map(({ label }) => label)).toEqual(["Results"]);
    pubmed.answer = (_, response) => response.end(recordsAnswer(live));
    const abstract = await call<GetDocumentResult>("get_medical_document", { id: "PMID:990000001" });
    expect(abstract.result.notes?.join()).toContain("get_medical_document PMC:PMC990000001");
  });

  test("an unknown id says what is served; an unreachable source is not 'not found'", async () => {
    const unknown = await call("get_medical_document", { id: "NOTE:of-nothing" });
    expect(unknown.error).toMatchObject({ reason: "not_found", recovery: expect.stringContaining("PMID:") as string });
    pubmed.answer = (_, response) => response.end(recordsAnswer());
    expect((await call("get_medical_document", { id: "PMID:990000009" })).error?.reason).toBe("not_found");
    vi.stubEnv("PUBMED_URL", nobodysAddress());
    expect((await call("get_medical_document", { id: "PMID:990000008" })).error?.reason).toBe("unavailable");
  });

  const CAPTURE = "../shared/data/pubmed/efetch_22663011.xml";
  test.skipIf(!existsSync(CAPTURE))("gives a real record as captured (skipped without ../shared/data)", async () => {
    pubmed.answer = (_, response) => response.end(readFileSync(CAPTURE));
    const { result } = await call<GetDocumentResult>("get_medical_document", {
      id: "PMID:22663011",
      sections: ["conclusions"],
    });
    expect(result.documents[0]).toMatchObject({ identifiers: { nct: "NCT01245062" } });
    expect(result.sections).toHaveLength(1);
    expect(result.sections[0]?.text).toMatch(/^Trametinib, as compared with chemotherapy/);
  });
});

describe("find_related_evidence", () => {
  test("finds documents on the same subject, not the document itself", async () => {
    const { result } = await call<SearchEvidenceResult & { to: string }>("find_related_evidence", { id: "TEST:trial" });
    expect(result.to).toBe("TEST:trial");
    expect(ids(result)).toContain("TEST:guideline");
    expect(ids(result)).not.toContain("TEST:trial");
    expect(ids(result).some((id) => id.includes("other"))).toBe(false);
  });

  test("works from a text, and wants one of the two", async () => {
    const { result } = await call<SearchEvidenceResult>("find_related_evidence", {
      text: "IL-2 is raised in quellosis.",
    });
    expect(ids(result)).toEqual(["TEST:cytokine"]);
    expect((await call("find_related_evidence", {})).error?.reason).toBe("invalid_arguments");
  });
});

describe("resolve_medical_entity", () => {
  test("resolves names and synonyms, and says when there is none", async () => {
    const { result } = await call<ResolveEntityResult>("resolve_medical_entity", { name: "Vorn disease" });
    expect(result.entities[0]).toMatchObject({ id: "TEST:D1", name: "vornitis", match: "exact" });
    const none = await call<ResolveEntityResult>("resolve_medical_entity", { name: "qqqq", category: "Drug" });
    expect(none.result).toMatchObject({
      entities: [],
      outcomes: [
        { source: "vocabulary", outcome: "empty" },
        { source: "rxnav", outcome: "unavailable" },
      ],
    });
  });
});

test("tool list is small and complete", async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    "search_medical_evidence",
    "get_medical_document",
    "find_related_evidence",
    "resolve_medical_entity",
  ]);
  expect(JSON.stringify(tools).length).toBeLessThan(6000);
});
