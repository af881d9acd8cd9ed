/** Each provider by real HTTP on loopback: what it is asked, how its answer is read, and what its errors mean. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { openSite } from "../../kit/testing/site.ts";
import type { SearchRequest } from "../question/question.ts";
import { BRAVE, BRAVE_ERRORS, SEARXNG, SERPER, TAVILY, tavilyError, WIKIPEDIA } from "../testing/answers.ts";
import { engine, web } from "../testing/fresh-web.ts";
import { json, type ProviderName } from "../testing/web.ts";

const { signal } = new AbortController();

const search = (more: Partial<SearchRequest> = {}) => engine.search({ query: "sacubitril approval", ...more }, signal);

async function outcomeOf(provider: ProviderName, more: Partial<SearchRequest> = {}) {
  const { outcomes } = await search(more);
  return outcomes!.find(({ source }) => source === provider);
}

describe("what is asked of", () => {
  const everything = {
    freshness: "2024-01-31..2024-06-30",
    language: "de-CH",
    sites: ["fda.gov", "https://www.nice.org.uk/guidance/", "-shop.example"],
    limit: 5,
  };

  it("Brave: span and locale as parameters, sites as operators, the key as a header", async () => {
    const { asked } = await web.serve("brave", json(BRAVE));
    await search(everything);
    expect(Object.fromEntries(asked[0]!.parameters)).toEqual({
      q: "sacubitril approval (site:fda.gov OR site:nice.org.uk/guidance) -site:shop.example",
      count: "20",
      result_filter: "web",
      text_decorations: "false",
      freshness: "2024-01-31to2024-06-30",
      search_lang: "de",
      country: "CH",
    });
    expect(asked[0]!.headers["x-subscription-token"]).toBe("brave-secret");
    await search({ freshness: "week", language: "ja" });
    expect(Object.fromEntries(asked[1]!.parameters)).toMatchObject({
      freshness: "pw",
      search_lang: "jp",
      country: "ALL",
    });
  });

  it("Tavily: spans, hosts and the country as fields; that it has no languages is said", async () => {
    const { asked } = await web.serve("tavily", json(TAVILY));
    const { notes } = await search(everything);
    expect(asked[0]!.body).toEqual({
      query: "sacubitril approval",
      max_results: 20,
      search_depth: "basic",
      start_date: "2024-01-31",
      end_date: "2024-06-30",
      include_domains: ["fda.gov", "nice.org.uk"],
      exclude_domains: ["shop.example"],
      country: "switzerland",
    });
    expect(asked[0]!.headers.authorization).toBe("Bearer tavily-secret");
    expect(notes).toContainEqual(expect.stringContaining("no filter of language"));
    await search({ freshness: "month" });
    expect(asked[1]!.body).toMatchObject({ time_range: "month" });
  });

  it("Serper: Google's parameters", async () => {
    const { asked } = await web.serve("serper", json(SERPER));
    await search(everything);
    expect(asked[0]!.body).toEqual({
      q: "sacubitril approval (site:fda.gov OR site:nice.org.uk/guidance) -site:shop.example",
      num: 10,
      hl: "de",
      gl: "ch",
      tbs: "cdr:1,cd_min:1/31/2024,cd_max:6/30/2024",
    });
    expect(asked[0]!.headers["x-api-key"]).toBe("serper-secret");
    await search({ freshness: "year", limit: 20 });
    expect(asked[1]!.body).toMatchObject({ tbs: "qdr:y", num: 20 });
  });

  it("SearXNG: its own spans and languages, sites as operators", async () => {
    const { asked } = await web.serve("searxng", json(SEARXNG));
    await search({ ...everything, freshness: "year" });
    expect(Object.fromEntries(asked[0]!.parameters)).toEqual({
      q: "sacubitril approval (site:fda.gov OR site:nice.org.uk/guidance) -site:shop.example",
      format: "json",
      time_range: "year",
      language: "de-CH",
    });
  });

  it("Wikipedia: words alone, and nothing where it cannot have an answer", async () => {
    const { asked } = await web.serve("wikipedia", json(WIKIPEDIA));
    await search({ query: "novartis -site:x.example" });
    expect(asked[0]!.parameters.get("gsrsearch")).toBe("novartis");
    expect(await outcomeOf("wikipedia", { sites: ["who.int"] })).toMatchObject({ outcome: "inapplicable" });
    expect(await outcomeOf("wikipedia", { freshness: "week" })).toMatchObject({ outcome: "inapplicable" });
    expect(await outcomeOf("wikipedia", { query: "x site:wikipedia.org" })).toMatchObject({ outcome: "found" });
    expect(asked).toHaveLength(2);
  });
});

describe("an answer of", () => {
  it("Brave is read with its dates and further snippets", async () => {
    await web.serve("brave", json(BRAVE));
    const { results, outcomes } = await search();
    expect(results[0]).toEqual({
      title: "FDA approves Entresto",
      url: "https://www.fda.gov/drugs/entresto",
      snippet: "The agency approved sacubitril & valsartan. … It is marketed by Novartis.",
      provider: "brave",
      document: "URL:https://www.fda.gov/drugs/entresto",
      published: "2015-07-07",
      type: "regulator",
      typeFrom: "fda.gov is a regulator or its register of products",
    });
    expect(results[1]).toMatchObject({ title: "No date", snippet: "", type: "other" });
    expect(results[1]).not.toHaveProperty("published");
    expect(outcomes).toContainEqual({ source: "brave", outcome: "found" });
  });

  it("Brave without results is empty", async () => {
    await web.serve("brave", json({ type: "search", query: { original: "x" }, mixed: {} }));
    expect(await outcomeOf("brave")).toEqual({ source: "brave", outcome: "empty" });
  });

  it("Tavily and Serper has its dates, also those that count from today", async () => {
    await web.serve("tavily", json(TAVILY));
    expect((await search()).results[1]).toMatchObject({ published: "2015-07-07", type: "news" });
    web.set("TAVILY_API_KEY", undefined);
    await web.serve("serper", json(SERPER));
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-03-02T12:00:00Z") });
    const { results } = await search();
    vi.useRealTimers();
    expect(results.map((r) => r.published)).toEqual(["2015-07-07", "2026-02-27"]);
  });
});

describe("an error of", () => {
  it.each([
    ["brave", json(BRAVE_ERRORS.key, 422), "did not accept the key", "check BRAVE_API_KEY"],
    ["brave", json(BRAVE_ERRORS.rate(15), 429), "is limiting requests", "wait"],
    ["brave", json(BRAVE_ERRORS.rate(2000), 429), "plan is used up", "until the plan renews"],
    ["brave", json(BRAVE_ERRORS.argument, 422), "did not accept the query", "fewer filters"],
    ["brave", json({ type: "ErrorResponse" }), "no search result", "check the address"],
    [
      "tavily",
      json(tavilyError("Unauthorized: missing or invalid API key."), 401),
      "did not accept the key",
      "TAVILY_API_KEY",
    ],
    [
      "tavily",
      json(tavilyError("This request exceeds your plan's set usage limit."), 432),
      "plan is used up",
      "renews",
    ],
    ["tavily", json(tavilyError("This request exceeds the pay-as-you-go limit."), 433), "plan is used up", "renews"],
    ["tavily", json(tavilyError("Query is too long."), 400), "Query is too long.", "other words"],
    ["serper", json({ message: "Unauthorized.", statusCode: 403 }, 403), "did not accept the key", "SERPER_API_KEY"],
    ["serper", json({ message: "Not enough credits", statusCode: 400 }, 400), "plan is used up", "renews"],
    [
      "serper",
      json({ message: "Query not allowed for free accounts.", statusCode: 400 }, 400),
      "not allowed for free",
      "filters",
    ],
    ["serper", { status: 402, body: "Payment Required" }, "plan is used up", "status 402"],
    ["serper", { status: 502, body: "<html>Bad gateway</html>" }, "status 502", "call again later"],
    ["serper", { body: "<html>Sign in</html>" }, "web page", "check the address"],
  ] as const)("%s (case %#) says what happened and what to do, and never the key", async (provider, page, ...said) => {
    await web.serve(provider, page);
    const outcome = await outcomeOf(provider);
    expect(outcome).toMatchObject({ outcome: "unavailable" });
    for (const words of said) expect(outcome!.message).toContain(words);
    expect(outcome!.message).not.toContain("secret");
  });

  it.each(["localhost:8888", "searxng", "ftp://searxng.example", "http://"])(
    "an address that is none (%s) is said",
    async (address) => {
      web.set("SEARXNG_URL", address);
      expect((await outcomeOf("searxng"))!.message).toMatch(/SEARXNG_URL is ".*", which is no http address; .*in full/);
    },
  );

  it("key or plan is not met again and again", async () => {
    const { asked } = await web.serve("tavily", json(tavilyError("Unauthorized"), 401));
    await search();
    expect(await outcomeOf("tavily", { query: "another" })).toMatchObject({
      message: expect.stringMatching(/did not accept the key.*tried again in \d+ min/),
    });
    expect(asked).toHaveLength(1);
  });
});

it("keys are in nothing that is written", async () => {
  web.set("MEDRESEARCHER_WEB_RECORD", join(web.home, "recorded"));
  for (const [name, answer] of [
    ["brave", BRAVE],
    ["tavily", TAVILY],
    ["serper", SERPER],
  ] as const) {
    await web.serve(name, json(answer));
    web.set("MEDRESEARCHER_WEB_PROVIDERS", name);
    await search({ query: `asked of ${name}` });
  }
  engine.close();
  const files = readdirSync(web.home, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(4);
  for (const { parentPath, name } of files)
    expect(readFileSync(join(parentPath, name), "latin1")).not.toContain("secret");
});

it("no key goes where a provider redirects to", async () => {
  const headers: unknown[] = [];
  const catching = await openSite({
    "/caught": (request) => {
      headers.push(request.headers);
      return json(SERPER);
    },
  });
  for (const provider of ["brave", "tavily", "serper"] as const) {
    await web.serve(provider, { status: 307, headers: { location: `${catching.url}/caught` } });
    web.set("MEDRESEARCHER_WEB_PROVIDERS", provider);
    await search({ query: provider });
  }
  await catching.close();
  expect(headers).toHaveLength(3);
  expect(JSON.stringify(headers)).not.toContain("secret");
});

it("another key is no other question: its kept answer serves", async () => {
  const { asked } = await web.serve("brave", json(BRAVE));
  await search();
  web.set("BRAVE_API_KEY", "a-new-one");
  await search();
  expect(asked).toHaveLength(1);
});
