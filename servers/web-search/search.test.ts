import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSearchResult } from "../../schemas/index.ts";
import { openSite, type Page, type Site } from "../kit/testing/site.ts";
import { webSearch } from "./main.ts";
import { WebSearch } from "./search.ts";
import { connected } from "../kit/testing/connected.ts";

/** As MediaWiki 1.4x answers `generator=search` with `list=search`, formatversion 2. */
const WIKIPEDIA = {
  batchcomplete: true,
  continue: { gsroffset: 2, continue: "gsroffset||" },
  query: {
    pages: [
      {
        pageid: 2,
        ns: 0,
        title: "Sandoz",
        index: 2,
        extract: "Sandoz is a Swiss company.",
        fullurl: "https://en.wikipedia.org/wiki/Sandoz",
      },
      {
        pageid: 1,
        ns: 0,
        title: "Novartis",
        index: 1,
        extract: "Novartis AG is a Swiss company.",
        fullurl: "https://en.wikipedia.org/wiki/Novartis",
      },
    ],
    searchinfo: { totalhits: 2 },
    search: [
      {
        ns: 0,
        title: "Novartis",
        pageid: 1,
        snippet: 'the <span class="searchmatch">merger</span> of Ciba-Geigy &amp; Sandoz',
      },
      { ns: 0, title: "Sandoz", pageid: 2, snippet: "" },
    ],
  },
};

/** As SearXNG answers `format=json`. */
const SEARXNG = {
  query: "novartis merger",
  number_of_results: 0,
  results: [
    {
      url: "https://www.en.wikipedia.org/wiki/Novartis/",
      title: "<b>Novartis</b> – Wikipedia",
      content: "Formed in 1996",
      engine: "a",
      engines: ["a"],
      score: 1,
    },
    {
      url: "https://news.example/merger?utm_source=x#c",
      title: "The merger",
      content: "Ciba-Geigy\nand Sandoz",
      publishedDate: "1996-03-07T00:00:00",
      engine: "b",
      score: 0.5,
    },
    { url: "javascript:alert(1)", title: "Bad", content: null, engine: "b", score: 0.1 },
  ],
  answers: [],
  corrections: [],
  infoboxes: [],
  suggestions: [],
  unresponsive_engines: [],
};

const json = (body: unknown): Page => ({ headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
const { signal } = new AbortController();

describe("searching the web", () => {
  let home: string;
  const sites: Site[] = [];
  let engine: WebSearch;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "search-"));
    process.env["MEDRESEARCHER_HOME"] = home;
    // Nobody listens there: no test asks the real one.
    process.env["WIKIPEDIA_URL"] = "http://127.0.0.1:9";
    engine = new WebSearch();
  });
  afterEach(async () => {
    engine.close();
    await Promise.all(sites.splice(0).map((site) => site.close()));
    for (const name of ["MEDRESEARCHER_HOME", "WIKIPEDIA_URL", "SEARXNG_URL", "MEDRESEARCHER_OFFLINE"])
      delete process.env[name];
    rmSync(home, { recursive: true });
  });

  async function serve(
    name: "WIKIPEDIA_URL" | "SEARXNG_URL",
    page: Page | (() => Page | Promise<Page>),
  ): Promise<Site> {
    const site = await openSite({ "/w/api.php": page, "/search": page });
    sites.push(site);
    process.env[name] = site.url;
    return site;
  }
  const search = (query = "novartis merger", limit?: number) => engine.search({ query, limit }, signal);

  it("merges the providers' rankings, each page once, in plain text", async () => {
    await serve("WIKIPEDIA_URL", json(WIKIPEDIA));
    await serve("SEARXNG_URL", json(SEARXNG));
    const { results, documents, outcomes } = await search();
    expect(results.map(({ url, provider }) => [new URL(url).pathname, provider])).toEqual([
      ["/wiki/Novartis/", "searxng, wikipedia"],
      ["/merger", "searxng"],
      ["/wiki/Sandoz", "wikipedia"],
    ]);
    expect(results[0]).toMatchObject({ title: "Novartis – Wikipedia" });
    expect(results[0]!.snippet).toBe("Novartis AG is a Swiss company. … the merger of Ciba-Geigy & Sandoz");
    expect(results[1]!.snippet).toBe("Ciba-Geigy and Sandoz");
    expect(documents![1]).toMatchObject({
      id: "URL:https://news.example/merger",
      published: "1996-03-07",
      publicationTypes: ["Web Page"],
    });
    expect(results.map((r) => r.document)).toEqual(documents!.map((d) => d.id));
    expect(outcomes).toEqual([
      { source: "searxng", outcome: "found" },
      { source: "wikipedia", outcome: "found" },
    ]);
    expect(await search("novartis merger", 1)).toMatchObject({ results: [{ title: "Novartis – Wikipedia" }] });
  });

  it("goes on with the provider that answers, and says what became of the other", async () => {
    await serve("WIKIPEDIA_URL", json(WIKIPEDIA));
    process.env["SEARXNG_URL"] = "http://127.0.0.1:9";
    const { results, outcomes, notes } = await search();
    expect(results).toHaveLength(2);
    expect(outcomes).toEqual([
      { source: "searxng", outcome: "unavailable", message: expect.stringContaining("could not be reached") },
      { source: "wikipedia", outcome: "found" },
    ]);
    expect(notes).toBeUndefined();
  });

  it("tells nothing found from nobody asked", async () => {
    await serve("WIKIPEDIA_URL", json({ batchcomplete: true }));
    expect((await search()).outcomes).toEqual([{ source: "wikipedia", outcome: "empty" }]);
    process.env["WIKIPEDIA_URL"] = "http://127.0.0.1:9";
    const { results, outcomes, notes } = await search();
    expect(results).toEqual([]);
    expect(outcomes!.every(({ outcome }) => outcome === "unavailable")).toBe(true);
    expect(notes).toEqual([expect.stringContaining("SEARXNG_URL")]);
  });

  it("is quick when there is no network, and at once when it is told so", async () => {
    await search();
    const started = performance.now();
    await search("another question");
    expect(performance.now() - started).toBeLessThan(500);
    const site = await serve("WIKIPEDIA_URL", json(WIKIPEDIA));
    process.env["MEDRESEARCHER_OFFLINE"] = "1";
    expect((await search()).outcomes).toContainEqual({
      source: "wikipedia",
      outcome: "unavailable",
      message: "MEDRESEARCHER_OFFLINE is set",
    });
    expect(site.requests).toEqual([]);
  });

  it("gives up on a silent provider in time, and leaves it alone then", async () => {
    const site = await serve("WIKIPEDIA_URL", () => new Promise<Page>(() => {}));
    engine = new WebSearch({ deadlineMs: 1200 });
    const started = performance.now();
    expect((await search()).outcomes).toContainEqual(
      expect.objectContaining({ source: "wikipedia", outcome: "unavailable" }),
    );
    expect(performance.now() - started).toBeLessThan(3000);
    await search("again");
    expect(site.requests).toHaveLength(1);
  });

  it.each([
    ["an error with status 200", { error: { code: "internal_api_error", info: "Something broke" } }, "Something broke"],
    ["another shape", { query: { pages: "none" } }, "no search result"],
  ])("takes %s for a failure", async (_, body, message) => {
    await serve("WIKIPEDIA_URL", json(body));
    expect((await search()).outcomes).toContainEqual({
      source: "wikipedia",
      outcome: "unavailable",
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ["JSON is switched off", { status: 403, body: "<h1>Forbidden</h1>" }, "unavailable", "settings.yml"],
    ["it is a web page", { body: "<html>start page</html>" }, "unavailable", "web page"],
    [
      "all its engines fail",
      json({ ...SEARXNG, results: [], unresponsive_engines: [["duck", "timeout"]] }),
      "unavailable",
      "duck: timeout",
    ],
    [
      "some engines fail",
      json({ ...SEARXNG, unresponsive_engines: [["duck", "CAPTCHA"]] }),
      "degraded",
      "duck: CAPTCHA",
    ],
  ])("says what is wrong with SearXNG when %s", async (_, page, outcome, message) => {
    await serve("SEARXNG_URL", page);
    expect((await search()).outcomes![0]).toEqual({
      source: "searxng",
      outcome,
      message: expect.stringContaining(message),
    });
  });

  it("stops when the caller does", async () => {
    await serve("WIKIPEDIA_URL", () => new Promise<Page>(() => {}));
    const controller = new AbortController();
    const searching = engine.search({ query: "x" }, controller.signal);
    setTimeout(() => controller.abort(new Error("enough")), 50);
    await expect(searching).rejects.toThrow("enough");
  });

  it("asks Wikipedia no longer question than it takes", async () => {
    const site = await serve("WIKIPEDIA_URL", json(WIKIPEDIA));
    await search("merger ".repeat(100));
    const asked = new URL(site.requests[0]!, site.url).searchParams;
    expect(asked.get("gsrsearch")!.length).toBeLessThanOrEqual(300);
    await expect(search(" ")).rejects.toMatchObject({ reason: "invalid_arguments" });
  });

  it("serves one tool over MCP", async () => {
    await serve("WIKIPEDIA_URL", json(WIKIPEDIA));
    const factory = webSearch();
    const client = await connected(factory);
    const { tools } = await client.listTools();
    const result = await client.callTool({ name: "web_search", arguments: { query: "novartis" } });
    await client.close();
    await factory.close();
    expect(tools.map((tool) => tool.name)).toEqual(["web_search"]);
    expect(WebSearchResult.parse(result.structuredContent).results[0]!.title).toBe("Novartis");
  });
});
