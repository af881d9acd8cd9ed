import { describe, expect, it } from "vitest";
import { engine, web } from "../testing/fresh-web.ts";
import { json } from "../testing/web.ts";

const { signal } = new AbortController();

const PAGE = "https://www.nice.org.uk/guidance/ng106";
/** An infobox without an address, a sum, and what a broken engine gives. */
const ODD = [{ title: "Infobox", url: null, link: null }, { title: 5, url: 5, link: 5 }, null, "words"];

describe("an answer in which not all is a page", () => {
  it.each([
    ["searxng", (url: string) => ({ results: [...ODD, { title: "NG106", url }] })],
    ["brave", (url: string) => ({ type: "search", web: { results: [...ODD, { title: "NG106", url }] } })],
    ["tavily", (url: string) => ({ results: [...ODD, { title: "NG106", url }] })],
    ["serper", (url: string) => ({ organic: [...ODD, { title: "NG106", link: url }] })],
  ] as const)("loses none of the pages: %s", async (provider, answer) => {
    await web.serve(provider, json(answer(PAGE)));
    const { results } = await engine.search({ query: "heart failure" }, signal);
    expect(results.map(({ url }) => url)).toEqual([PAGE]);
  });

  it("is no empty answer where nothing is", async () => {
    await web.serve("searxng", json({ results: ODD }));
    const { outcomes } = await engine.search({ query: "heart failure" }, signal);
    expect(outcomes).toContainEqual(expect.objectContaining({ source: "searxng", outcome: "unavailable" }));
  });
});
