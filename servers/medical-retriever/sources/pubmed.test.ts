import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { httpClient, type HttpClient } from "../../kit/http/index.ts";
import { pubmedServer, record, recordsAnswer, searchAnswer, type PubmedServer } from "../testing/pubmed-server.ts";
import { PubMed } from "./pubmed/client.ts";
import { nobodysAddress } from "../../kit/testing/listen.ts";
import { useSteadyClock } from "../../kit/testing/steady-clock.ts";

useSteadyClock();

let server: PubmedServer;
let client: HttpClient;
let folder: string;
let pubmed: PubMed;

beforeEach(async () => {
  server = await pubmedServer();
  folder = mkdtempSync(join(tmpdir(), "pubmed-"));
  client = httpClient({ cacheFile: join(folder, "http.db"), firstWaitMs: 10 });
  pubmed = new PubMed(client);
  vi.stubEnv("PUBMED_URL", server.url);
  vi.stubEnv("NCBI_API_KEY", "KEY");
  vi.stubEnv("NCBI_EMAIL", "someone@example.org");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  client.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

const call = () => ({ signal: new AbortController().signal, deadlineMs: 30_000 });
const parts = (pmid: string) => ({ pmid, title: "A fiction", abstract: "<AbstractText>Text.</AbstractText>" });

describe("search", () => {
  test("says who asks, and reads ids, count and warnings", async () => {
    server.answer = (_, response) =>
      response.end(
        searchAnswer(["990000001", "990000002"], {
          count: "1234",
          warninglist: { phrasesignored: ["the"], outputmessages: [] },
        }),
      );
    const found = await pubmed.search("vornitis", 20, { from: "2019", to: "2020-05" }, call());
    expect(found).toEqual({
      pmids: ["990000001", "990000002"],
      count: 1234,
      warnings: ["ignored by PubMed: the"],
      stale: false,
    });
    expect(Object.fromEntries(server.calls[0]!.parameters)).toMatchObject({
      db: "pubmed",
      term: "vornitis",
      retmax: "20",
      tool: "medresearcher",
      email: "someone@example.org",
      api_key: "KEY",
      datetype: "pdat",
      mindate: "2019",
      maxdate: "2020/05",
    });
  });

  test("a long query is posted", async () => {
    server.answer = (_, response) => response.end(searchAnswer([]));
    const long = "vornitis ".repeat(400);
    expect((await pubmed.search(long, 5, {}, call())).pmids).toEqual([]);
    expect(server.calls[0]).toMatchObject({ utility: "esearch", method: "POST" });
    expect(server.calls[0]!.parameters.get("term")).toBe(long);
  });

  test.each([
    ["an ERROR with status 200", '{"esearchresult":{"ERROR":"Search Backend failed: down"}}', "unavailable"],
    ["a web page", "<!DOCTYPE html><html>Too busy</html>", "rate_limited"],
    ["a torn answer", '{"esearchresult":{"count":"2","idl', "unavailable"],
    ["a rate limit", '{"error":"API rate limit exceeded","count":"11"}', "rate_limited"],
  ])("%s is a failure that is tried again, never an empty result", async (_, body, reason) => {
    server.answer = (_, response) => response.end(body);
    const hurried = { ...call(), deadlineMs: 1000 };
    await expect(pubmed.search("vornitis", 5, {}, hurried)).rejects.toMatchObject({ reason, retryable: true });
    expect(server.calls.length).toBeGreaterThan(1);
    server.answer = (_, response) => response.end(searchAnswer(["990000001"]));
    expect((await pubmed.search("vornitis", 5, {}, call())).pmids).toEqual(["990000001"]);
  });

  test("no record after the 9,999th is served, and that is said before it is asked", async () => {
    server.answer = (_, response) => response.end(searchAnswer(["1"]));
    await pubmed.search("vornitis", 20, { offset: 9998 }, call());
    expect(server.calls[0]!.parameters.get("retstart")).toBe("9998");
    await expect(pubmed.search("vornitis", 20, { offset: 9999 }, call())).rejects.toMatchObject({
      reason: "invalid_arguments",
    });
    expect(server.calls).toHaveLength(1);
  });

  test("lists of one as the one itself, unknown fields, and warnings are told", async () => {
    server.answer = (_, response) =>
      response.end(
        searchAnswer([], {
          count: "1",
          idlist: "990000001",
          errorlist: { phrasesnotfound: "qqqq", fieldsnotfound: ["tiabb"] },
          warninglist: { quotedphrasesnotfound: ['"x y"'], outputmessages: ["Wildcard search cut"] },
        }),
      );
    expect(await pubmed.search("qqqq[tiabb]", 5, {}, call())).toMatchObject({
      pmids: ["990000001"],
      warnings: [
        "not found in PubMed: qqqq",
        "unknown field: tiabb",
        'phrase not found in PubMed: "x y"',
        "PubMed says: Wildcard search cut",
      ],
    });
  });

  test("a query that NCBI repeats with its line ends breaks nothing", async () => {
    server.answer = (_, response) =>
      response.end('{"esearchresult":{"count":"1","idlist":["990000001"],"querytranslation":"a\n\tb"}}');
    expect((await pubmed.search("a\n\tb", 5, {}, call())).pmids).toEqual(["990000001"]);
  });

  test("a status 500 passes", async () => {
    server.answer = (_, response, n) =>
      n === 1 ? void response.writeHead(500).end() : response.end(searchAnswer(["990000001"]));
    expect((await pubmed.search("vornitis", 5, {}, call())).pmids).toEqual(["990000001"]);
  });

  test("the key is in no error, although NCBI repeats it", async () => {
    server.answer = (_, response) =>
      response.writeHead(400).end('{"error":"API key KEY invalid","api-key":"KEY","type":"key","status":"ok"}');
    const failure: unknown = await pubmed.search("vornitis", 5, {}, call()).catch((error: unknown) => error);
    expect(failure).toMatchObject({ reason: "refused", retryable: false });
    expect(JSON.stringify(failure)).not.toContain("KEY ");
    await expect(pubmed.fetch(["1"], call())).rejects.toSatisfy((error) => !String(error).includes("KEY "));
    vi.stubEnv("PUBMED_URL", nobodysAddress());
    const away: unknown = await pubmed.search("zelpamab", 5, {}, call()).catch((error: unknown) => error);
    expect((away as Error).message).not.toMatch(/KEY|someone@/);
  });

  test("a query PubMed cannot read is not tried again", async () => {
    server.answer = (_, response) =>
      response.end('{"esearchresult":{"ERROR":"Empty term and query_key - nothing todo"}}');
    await expect(pubmed.search("()", 5, {}, call())).rejects.toMatchObject({ reason: "invalid_arguments" });
    expect(server.calls).toHaveLength(1);
  });
});

describe("fetch", () => {
  test("gives records in the order asked for; unknown ones are missing; a second call costs nothing", async () => {
    server.answer = (_, response) =>
      response.end(recordsAnswer(record(parts("990000002")), record(parts("990000001"))));
    const ids = ["990000001", "990000003", "990000002"];
    const { documents } = await pubmed.fetch(ids, call());
    expect(documents.map(({ id }) => id)).toEqual(["PMID:990000001", "PMID:990000002"]);
    await pubmed.fetch(ids, call());
    expect(server.calls).toHaveLength(1);
  });

  test("more than 200 records are asked for in several requests, each once", async () => {
    server.answer = ({ parameters }, response) =>
      response.end(
        recordsAnswer(
          ...parameters
            .get("id")!
            .split(",")
            .map((pmid) => record(parts(pmid))),
        ),
      );
    const ids = Array.from({ length: 450 }, (_, i) => String(990_000_001 + i));
    const { documents } = await pubmed.fetch([...ids, ids[0]!], call());
    expect(documents.map(({ id }) => id)).toEqual(ids.map((id) => `PMID:${id}`));
    expect(server.calls.map(({ parameters }) => parameters.get("id")!.split(",").length)).toEqual([200, 200, 50]);
    expect(server.calls[0]!.method).toBe("POST");
  });

  test("a prolog without records, as it comes in bad moments, is tried again", async () => {
    server.answer = (_, response, n) =>
      response.end(n === 1 ? '<?xml version="1.0" ?>\n' : recordsAnswer(record(parts("990000001"))));
    expect((await pubmed.fetch(["990000001"], call())).documents).toHaveLength(1);
    expect(server.calls).toHaveLength(2);
  });

  test("an unreachable host fails before the deadline, and then at once", async () => {
    vi.stubEnv("PUBMED_URL", nobodysAddress(1));
    await expect(pubmed.fetch(["1"], call())).rejects.toMatchObject({ reason: "unavailable" });
    await expect(pubmed.fetch(["2"], call())).rejects.toThrow("not asked again");
  });
});
