import { describe, expect, it } from "vitest";
import { WebSearchResult } from "../../schemas/index.ts";
import { connected } from "../kit/testing/connected.ts";
import type { Page } from "../kit/testing/site.ts";
import { webSearch } from "./main.ts";
import { WebSearch, type SearchRequest } from "./search.ts";
import { BRAVE, SEARXNG, WIKIPEDIA } from "./testing/answers.ts";
import { engine, web } from "./testing/fresh-web.ts";
import { json } from "./testing/web.ts";

const { signal } = new AbortController();

const search = (query = "novartis merger", more: Partial<SearchRequest> = {}) =>
  engine.search({ query, ...more }, signal);
const dated = (url: string, publishedDate?: string) => ({ title: url, url, content: "x", publishedDate });
const never = () => new Promise<Page>(() => {});

describe("searching the web", () => {
  it("merges the providers' rankings, each page once, in plain text", async () => {
    await web.serve("wikipedia", json(WIKIPEDIA));
    await web.serve("searxng", json(SEARXNG));
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
    expect(await search("novartis merger", { limit: 1 })).toMatchObject({
      results: [{ title: "Novartis – Wikipedia" }],
    });
  });

  it("goes on with the provider that answers, and says what became of the other", async () => {
    await web.serve("wikipedia", json(WIKIPEDIA));
    web.set("SEARXNG_URL", "http://127.0.0.1:9");
    const { results, outcomes, notes } = await search();
    expect(results).toHaveLength(2);
    expect(outcomes).toEqual([
      { source: "searxng", outcome: "unavailable", message: expect.stringContaining("could not be reached") },
      { source: "wikipedia", outcome: "found" },
    ]);
    expect(notes).toBeUndefined();
  });

  it("tells nothing found from nobody asked", async () => {
    await web.serve("wikipedia", json({ batchcomplete: true }));
    expect((await search()).outcomes).toEqual([{ source: "wikipedia", outcome: "empty" }]);
    web.set("WIKIPEDIA_URL", "http://127.0.0.1:9");
    const { results, outcomes, notes } = await search();
    expect(results).toEqual([]);
    expect(outcomes!.every(({ outcome }) => outcome === "unavailable")).toBe(true);
    expect(notes).toEqual([expect.stringContaining("SEARXNG_URL")]);
  });

  it("is quick when there is no network, and at once when it is told so", async () => {
    await search();
    const started = performance.now();
    await search("another question");
    // A search that waits has a minute for each provider.
    expect(performance.now() - started).toBeLessThan(20_000);
    const site = await web.serve("wikipedia", json(WIKIPEDIA));
    web.set("MEDRESEARCHER_OFFLINE", "1");
    expect((await search()).outcomes).toContainEqual({
      source: "wikipedia",
      outcome: "unavailable",
      message: "MEDRESEARCHER_OFFLINE is set",
    });
    expect(site.requests).toEqual([]);
  });

  it("gives up on a silent provider in time, and leaves it alone then", async () => {
    // All that is loaded with the first question is there when the time counts.
    await search();
    const site = await web.serve("wikipedia", never);
    const hurried = new WebSearch({ deadlineMs: 4000 });
    const started = performance.now();
    expect((await hurried.search({ query: "novartis merger" }, signal)).outcomes).toContainEqual(
      expect.objectContaining({ source: "wikipedia", outcome: "unavailable" }),
    );
    expect(performance.now() - started).toBeLessThan(40_000);
    await hurried.search({ query: "again" }, signal);
    hurried.close();
    expect(site.requests).toHaveLength(1);
  });

  it.each([
    ["an error with status 200", { error: { code: "internal_api_error", info: "Something broke" } }, "Something broke"],
    ["another shape", { query: { pages: "none" } }, "no search result"],
  ])("takes %s for a failure", async (_, body, message) => {
    await web.serve("wikipedia", json(body));
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
    await web.serve("searxng", page);
    expect((await search()).outcomes![0]).toEqual({
      source: "searxng",
      outcome,
      message: expect.stringContaining(message),
    });
  });

  it("stops when the caller does", async () => {
    const controller = new AbortController();
    await web.serve("brave", never);
    await web.serve("wikipedia", () => {
      controller.abort(new Error("enough"));
      return never();
    });
    await expect(engine.search({ query: "x" }, controller.signal)).rejects.toThrow("enough");
  });

  it("asks Wikipedia no longer question than it takes", async () => {
    const { asked } = await web.serve("wikipedia", json(WIKIPEDIA));
    await search("merger ".repeat(100));
    expect(asked[0]!.parameters.get("gsrsearch")!.length).toBeLessThanOrEqual(300);
    await expect(search(" ")).rejects.toMatchObject({ reason: "invalid_arguments" });
  });

  it("serves one tool over MCP", async () => {
    await web.serve("brave", json(BRAVE));
    const factory = webSearch();
    const client = await connected(factory);
    const { tools } = await client.listTools();
    const result = await client.callTool({
      name: "web_search",
      arguments: { query: "entresto", sites: "fda.gov, heart.example", freshness: "", language: "German" },
    });
    await client.close();
    await factory.close();
    expect(tools.map((tool) => tool.name)).toEqual(["web_search"]);
    expect(WebSearchResult.parse(result.structuredContent).results[0]).toMatchObject({ published: "2015-07-07" });
  });
});

describe("what is left out, and counted", () => {
  it("pages of other sites and other dates; those without a date only where nobody filtered", async () => {
    const results = [
      dated("https://who.int/a", "2024-03-05T00:00:00"),
      dated("https://www.who.int/b", "2020-03-05"),
      dated("https://who.int/c"),
      dated("https://whoishe.int/d", "2024-03-05"),
      dated("https://data.who.int/no/e", "2024-03-05"),
    ];
    await web.serve("searxng", json({ ...SEARXNG, results }));
    const sites = ["who.int", "-who.int/no"];
    const asked = await search("x", { sites, freshness: "2024-01-01..2024-12-31" });
    expect(asked.results.map((r) => r.url)).toEqual(["https://who.int/a"]);
    expect(asked.notes).toEqual([
      "2 results of searxng of other sites were left out",
      "1 result of searxng of other dates was left out",
      "1 result of searxng without a date was left out",
    ]);
    // SearXNG itself keeps to a year: what has no date is of it, too.
    expect((await search("x", { sites, freshness: "year" })).results.map((r) => r.url)).toEqual(["https://who.int/c"]);
  });

  it("pages that are blocked: neither asked for nor shown", async () => {
    const { asked } = await web.serve("brave", json(BRAVE));
    web.set("MEDRESEARCHER_BLOCKED", "heart.example,answers.example");
    const { results, notes } = await search("entresto");
    expect(results.map((r) => r.url)).toEqual(["https://www.fda.gov/drugs/entresto"]);
    expect(notes).toEqual(["1 result on blocked pages was left out"]);
    const mixed = await search("entresto site:answers.example site:fda.gov");
    expect(asked[1]!.parameters.get("q")).toBe("entresto site:fda.gov");
    expect(mixed.notes).toContain("answers.example is on the block list, and was not asked for");
    await expect(search("entresto site:www.answers.example")).rejects.toMatchObject({ reason: "refused" });
    expect(asked).toHaveLength(2);
  });
});
