import { expect, it } from "vitest";
import { FilesRead } from "./files-read.ts";

const text = (words: string) => new TextEncoder().encode(words);

it("parses the same bytes once, others and other names anew, and forgets what was not asked for lately", async () => {
  const files = new FilesRead();
  const parsed: string[] = [];
  const get = (name: string, words: string) =>
    files.get(name, text(words), async () => {
      parsed.push(`${name} ${words}`);
      return { id: `FILE:${name}`, title: words, sections: [] };
    });
  await get("a", "one");
  expect(await get("a", "one")).toMatchObject({ title: "one" });
  await get("a", "two");
  await get("b", "one");
  expect(parsed).toEqual(["a one", "a two", "b one"]);
  for (let i = 0; i < 8; i++) await get(`c${i}`, "x");
  await get("a", "one");
  expect(parsed.at(-1)).toBe("a one");
});
