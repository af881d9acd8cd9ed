/** What the README shows is what comes out. */
import { readFileSync } from "node:fs";
import { afterAll, expect, it } from "vitest";
import { inProcess, loadPolicy, openPool, runSession } from "../host/index.ts";
import { SHOWCASE_QUESTION } from "../host/showcase.ts";
import { openServers } from "../servers/commands/registry.ts";
import { workplace } from "./workplace.ts";

const place = workplace();
afterAll(() => place.remove());

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
/** Line breaks of the README apart. */
const flat = (text: string) => text.replaceAll(/\s+/g, " ");

it("shows the showcase's question and its real answer", async () => {
  const factories = await openServers({ knowledge: "starter" });
  const pool = await openPool(inProcess(factories));
  const settings = { name: "planner" };
  const policy = await loadPolicy(settings);
  const run = { home: place.home, pool, policy, settings, knowledge: "starter", version: "test" };
  const { answer } = await runSession({ ...run, question: SHOWCASE_QUESTION });
  await pool.close();
  await Promise.all(factories.map((f) => f.close()));
  expect(flat(readme)).toContain(flat(SHOWCASE_QUESTION));
  expect(flat(readme)).toContain(flat(answer));
});

it("names every npm script that it tells of, and only those there are", () => {
  const { scripts } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    scripts: Record<string, string>;
  };
  const told = [...readme.matchAll(/npm run ([\w:-]+)/g)].map((m) => m[1]!);
  expect(told.filter((name) => !(name in scripts))).toEqual([]);
});
