import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { blockedBy, refuseBlocked } from "./blocked.ts";

let home: string;

beforeEach(() => {
  process.env["MEDRESEARCHER_HOME"] = home = mkdtempSync(join(tmpdir(), "blocked-"));
});
afterEach(() => {
  for (const name of ["MEDRESEARCHER_HOME", "MEDRESEARCHER_BLOCKED"]) delete process.env[name];
  rmSync(home, { recursive: true });
});

describe("the block list of a run", () => {
  beforeEach(() => {
    process.env["MEDRESEARCHER_BLOCKED"] = "hub.example/datasets/Exam, https://www.answers.example/";
  });

  it.each([
    "https://hub.example/datasets/exam",
    "https://hub.example/datasets/Exam-mirror/tree/main",
    "http://www.hub.example:8080/datasets//exam",
    "https://hub.example./data%73ets/%65xam",
    "https://cdn.hub.example/datasets/exam/a.jsonl",
    "https://answers.example/",
    "https://mirror.answers.example/x",
    "https://web.archive.org/web/2024/https://hub.example/datasets/exam",
    "https://web.archive.org/web/2024if_/http:/www.hub.example/datasets/exam",
    "https://proxy.example/view.php/https://hub.example/datasets/exam",
    "https://proxy.example/?u=http://a.example/http://hub.example/datasets/exam",
    "https://r.reader.example/hub.example/datasets/exam",
    "https://proxy.example/?url=https%3A%2F%2Fhub.example%2Fdatasets%2Fexam",
    "https://hub-example.translate.goog/datasets/exam?_x_tr_sl=en",
  ])("holds %s", (address) => {
    expect(blockedBy(new URL(address))).toBeDefined();
    expect(() => refuseBlocked(new URL(address))).toThrow(/blocked in this run/);
  });

  it.each([
    "https://hub.example/datasets/other",
    "https://hub.example/",
    "https://hub.example.org/datasets/exam",
    "https://myhub.example/datasets/exam",
    "https://goodanswers.example/",
    "https://example.org/search?q=answers.example",
    "https://example.org/search?q=is+hub.example/datasets/exam+good",
  ])("does not hold %s", (address) => expect(blockedBy(new URL(address))).toBeUndefined());
});

it("the user's own list is a file, read anew when it changes", () => {
  const file = join(home, "blocked.txt");
  const page = new URL("https://sub.shop.example/x");
  expect(blockedBy(page)).toBeUndefined();
  writeFileSync(file, "# shops\n*.shop.example   # all of them\r\n\nhttps://www.Blog.example/posts/\n");
  expect(() => refuseBlocked(page)).toThrow(/user's block list \(shop\.example in blocked\.txt\)/);
  expect(blockedBy(new URL("http://blog.example/Posts/1"))).toBe("blog.example/posts/");
  expect(blockedBy(new URL("http://blog.example/about"))).toBeUndefined();
  writeFileSync(file, "other.example\n");
  utimesSync(file, new Date(), new Date(Date.now() + 5000));
  expect(blockedBy(page)).toBeUndefined();
});
