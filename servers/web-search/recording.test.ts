import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { WebSearchResult } from "../../schemas/index.ts";
import { BRAVE, BRAVE_ERRORS } from "./testing/answers.ts";
import { engine, web } from "./testing/fresh-web.ts";
import { json } from "./testing/web.ts";

const { signal } = new AbortController();
let folder: string;

beforeEach(() => {
  folder = join(web.home, "recorded");
});

const question = { query: "Entresto  approval site:fda.gov", freshness: "2015-01-01..2015-12-31", language: "en" };
/** The same, said otherwise. */
const again = {
  query: "Entresto approval",
  sites: ["https://www.fda.gov/"],
  freshness: "2015-01-01..2015-12-31",
  language: "en",
};

it("what was recorded comes back to the letter, without network, keys or settings", async () => {
  const brave = await web.serve("brave", json(BRAVE));
  web.set("MEDRESEARCHER_WEB_RECORD", folder);
  const recorded = WebSearchResult.parse(await engine.search(question, signal));
  web.set("MEDRESEARCHER_WEB_RECORD", undefined);
  web.set("MEDRESEARCHER_WEB_REPLAY", folder);
  web.set("MEDRESEARCHER_OFFLINE", "1");
  web.set("BRAVE_API_KEY", undefined);
  expect(await engine.search(again, signal)).toEqual(recorded);
  expect(brave.asked).toHaveLength(1);
  expect(readdirSync(folder)).toEqual([expect.stringMatching(/^entresto-approval-[\da-f]{16}\.json$/)]);
});

it("failures are recorded, too: they are part of what the run saw", async () => {
  const brave = await web.serve("brave", json(BRAVE_ERRORS.key, 422));
  web.set("MEDRESEARCHER_WEB_RECORD", folder);
  const { outcomes } = await engine.search(question, signal);
  web.set("MEDRESEARCHER_WEB_REPLAY", folder);
  expect((await engine.search(question, signal)).outcomes).toEqual(outcomes);
  expect(brave.asked).toHaveLength(1);
});

it("what was not recorded, or cannot be read, is a failure and no empty answer", async () => {
  web.set("MEDRESEARCHER_WEB_REPLAY", folder);
  await expect(engine.search(question, signal)).rejects.toMatchObject({
    reason: "unavailable",
    message: expect.stringContaining('no answer to "Entresto approval" was recorded'),
  });
  web.set("MEDRESEARCHER_WEB_REPLAY", undefined);
  web.set("MEDRESEARCHER_WEB_RECORD", folder);
  await engine.search(question, signal);
  const file = join(folder, readdirSync(folder)[0]!);
  writeFileSync(file, readFileSync(file, "utf8").slice(0, 50));
  web.set("MEDRESEARCHER_WEB_REPLAY", folder);
  await expect(engine.search(question, signal)).rejects.toMatchObject({
    message: expect.stringContaining("cannot be read"),
  });
});

it("what is blocked today is not shown from yesterday's recording", async () => {
  await web.serve("brave", json(BRAVE));
  web.set("MEDRESEARCHER_WEB_RECORD", folder);
  await engine.search({ query: "entresto" }, signal);
  web.set("MEDRESEARCHER_WEB_REPLAY", folder);
  web.set("MEDRESEARCHER_BLOCKED", "fda.gov/drugs");
  const { results, documents } = await engine.search({ query: "entresto" }, signal);
  expect(results.map(({ title }) => title)).toEqual(["No date"]);
  expect(documents).toHaveLength(1);
});
