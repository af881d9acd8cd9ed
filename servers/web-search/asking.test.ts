/** Who is asked, who is not, and what is said of it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WebSearch } from "./search.ts";
import { BRAVE, BRAVE_ERRORS, SEARXNG, SERPER, TAVILY, tavilyError, WIKIPEDIA } from "./testing/answers.ts";
import { engine, web } from "./testing/fresh-web.ts";
import { json, patientSearch } from "./testing/web.ts";

const { signal } = new AbortController();

const search = (query = "entresto") => engine.search({ query }, signal);
const outcomeOfBrave = async () => (await search()).outcomes!.find(({ source }) => source === "brave")!;
const sources = ({ outcomes = [] }: Awaited<ReturnType<typeof search>>) =>
  outcomes.map(({ source, outcome }) => `${source} ${outcome}`);

describe("the order of asking", () => {
  it("is one paid provider, beside the free ones", async () => {
    await web.serve("wikipedia", json(WIKIPEDIA));
    await web.serve("brave", json(BRAVE));
    const tavily = await web.serve("tavily", json(TAVILY));
    expect(sources(await search())).toEqual(["brave found", "wikipedia found"]);
    expect(tavily.asked).toEqual([]);
  });

  it("spends nothing where SearXNG has found something", async () => {
    await web.serve("searxng", json(SEARXNG));
    const brave = await web.serve("brave", json(BRAVE));
    const answer = await search();
    expect(answer.outcomes!.map(({ source }) => source)).toEqual(["searxng", "wikipedia"]);
    expect(brave.asked).toEqual([]);
  });

  it.each([
    ["found nothing", json({ ...SEARXNG, results: [] }), "searxng found nothing"],
    ["could not be asked", { status: 500 }, "searxng could not be asked"],
  ])("goes on to a paid provider where SearXNG %s, and says so", async (_, page, why) => {
    await web.serve("searxng", page);
    await web.serve("brave", json(BRAVE));
    const answer = await search();
    expect(answer.results).toHaveLength(2);
    expect(answer.notes).toEqual([`brave was asked because ${why}`]);
  });

  it("goes from one paid provider to the next only where it could not be asked, with an outcome for each", async () => {
    await web.serve("brave", json(BRAVE_ERRORS.rate(2000), 429));
    await web.serve("tavily", json(tavilyError("This request exceeds your plan's set usage limit."), 432));
    await web.serve("serper", json(SERPER));
    const answer = await search();
    expect(sources(answer)).toEqual([
      "brave unavailable",
      "tavily unavailable",
      "serper found",
      "wikipedia unavailable",
    ]);
    expect(answer.notes).toEqual([
      "tavily was asked because brave could not be asked",
      "serper was asked because tavily could not be asked",
    ]);
  });

  it("stops at a paid provider that has nothing: that is an answer", async () => {
    await web.serve("brave", json({ type: "search" }));
    const tavily = await web.serve("tavily", json(TAVILY));
    expect(sources(await search())).toEqual(["brave empty", "wikipedia unavailable"]);
    expect(tavily.asked).toEqual([]);
  });

  it("is the operator's to choose", async () => {
    const brave = await web.serve("brave", json(BRAVE));
    await web.serve("serper", json(SERPER));
    web.set("MEDRESEARCHER_WEB_PROVIDERS", "serper, brave");
    expect(sources(await search())).toEqual(["serper found"]);
    expect(brave.asked).toEqual([]);
    web.set("MEDRESEARCHER_WEB_PROVIDERS", "serper,bing");
    await expect(search()).rejects.toMatchObject({ message: expect.stringContaining('"bing", which is no provider') });
  });

  it("does not go on when no time is left", async () => {
    const hurried = new WebSearch({ deadlineMs: 500, allMs: 600 });
    await web.serve("brave", () => new Promise(() => {}));
    const tavily = await web.serve("tavily", json(TAVILY));
    const { outcomes } = await hurried.search({ query: "entresto" }, signal);
    hurried.close();
    expect(outcomes).toContainEqual({
      source: "tavily",
      outcome: "unavailable",
      message: "no time was left to ask it",
    });
    expect(tavily.asked).toEqual([]);
  });
});

describe("a budget", () => {
  // No day and no month ends meanwhile.
  beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-23T12:00:00Z") }));
  afterEach(() => void vi.useRealTimers());

  it("is counted on disk for all processes; when it is spent the next provider is asked", async () => {
    const brave = await web.serve("brave", json(BRAVE));
    await web.serve("serper", json(SERPER));
    web.set("MEDRESEARCHER_WEB_BUDGET", "brave=2/day,serper=unlimited");
    await search("first");
    await search("first");
    await search("second");
    expect(brave.asked).toHaveLength(2);
    const other = patientSearch();
    const { outcomes, results } = await other.search({ query: "third" }, signal);
    other.close();
    expect(results[0]!.provider).toBe("serper");
    expect(outcomes![0]!.message).toMatch(
      /budget of 2 requests a day for brave is spent; it renews on 2026-11-24 \(UTC\); wait until then, .*MEDRESEARCHER_WEB_BUDGET=brave=/,
    );
    expect(brave.asked).toHaveLength(2);
    // What was asked before is still known.
    expect((await search("first")).results[0]!.provider).toBe("brave");
  });

  it("counts what fails as well, and never more than is there", async () => {
    const brave = await web.serve("brave", { status: 500 });
    web.set("MEDRESEARCHER_WEB_BUDGET", "brave=3/month");
    await Promise.all(Array.from({ length: 8 }, (_, i) => search(`question ${i}`)));
    expect(brave.asked).toHaveLength(3);
  });

  it("that is not understood, or cannot be counted, costs nothing", async () => {
    const brave = await web.serve("brave", json(BRAVE));
    web.set("MEDRESEARCHER_WEB_BUDGET", "brave=many");
    expect((await outcomeOfBrave()).message).toContain('"brave=many", which is not understood');
    web.set("MEDRESEARCHER_WEB_BUDGET", undefined);
    writeFileSync(join(web.home, "web-requests.db"), "this is no database, and long enough to be told from one");
    expect((await outcomeOfBrave()).message).toContain("cannot be counted");
    expect(brave.asked).toEqual([]);
  });

  it("is not spent twice by equal questions at once", async () => {
    const tavily = await web.serve("tavily", json(TAVILY));
    await Promise.all([search(), search(), search()]);
    expect(tavily.asked).toHaveLength(1);
  });
});
