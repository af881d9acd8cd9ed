/** What the README shows is what comes out. */
import { readFileSync } from "node:fs";
import { afterAll, expect, it } from "vitest";
import { SHOWCASE_QUESTION } from "../host/showcase.ts";
import { openAsking } from "./asking.ts";
import { workplace } from "./workplace.ts";

const place = workplace();
afterAll(() => place.remove());

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
/** Line breaks of the README apart. */
const flat = (text: string) => text.replaceAll(/\s+/g, " ");

it("shows the showcase's question and its real answer", async () => {
  const asking = await openAsking(place, "starter");
  const { answer } = await asking.ask(SHOWCASE_QUESTION);
  await asking.close();
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
