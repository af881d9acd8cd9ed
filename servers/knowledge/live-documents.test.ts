import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Document } from "../../schemas/index.ts";
import { DocumentStore } from "./documents.ts";
import { LiveDocuments } from "./live-documents.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "live-"));
  path = join(folder, "reader.db");
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function paper(n: number, text = "A finding."): Document {
  return { id: `PMID:${n}`, title: `Paper ${n}`, sections: [{ label: "", text }], identifiers: { doi: `10.9/${n}` } };
}

test("what one process keeps another finds, by id or identifier", () => {
  const mine = new LiveDocuments({ path });
  mine.put([paper(1)]);
  const theirs = new LiveDocuments({ path });
  expect(theirs.get("PMID:1")?.title).toBe("Paper 1");
  expect(theirs.get("DOI:10.9/1")?.id).toBe("PMID:1");
  expect(theirs.get("PMID:2")).toBeUndefined();
  mine.close();
  theirs.close();
});

test("beyond the limit the oldest go, and pages that were read stay", () => {
  const pages = new DocumentStore(path);
  pages.put([{ id: "URL:https://example.org/", title: "Page", sections: [] }]);
  const live = new LiveDocuments({ path, maxBytes: 20_000 });
  vi.useFakeTimers({ now: 0 });
  for (let n = 1; n <= 30; n++) {
    vi.setSystemTime(n * 1000);
    live.put([paper(n, "x".repeat(1000))]);
  }
  vi.useRealTimers();
  expect(live.get("PMID:1")).toBeUndefined();
  expect(live.get("PMID:30")).toBeDefined();
  expect(pages.get("URL:https://example.org/")).toBeDefined();
  expect(pages.count()).toBeLessThanOrEqual(11);
  live.close();
  pages.close();
});

test("a file that cannot be used fails no search; nothing is written where nothing may be", () => {
  mkdirSync(path);
  const blocked = new LiveDocuments({ path });
  blocked.put([paper(1)]);
  expect(blocked.get("PMID:1")).toBeDefined();
  blocked.close();
  vi.stubEnv("MEDRESEARCHER_HOME", join(folder, "home"));
  vi.stubEnv("MEDRESEARCHER_NO_CACHE", "1");
  const forgetful = new LiveDocuments();
  forgetful.put([paper(1)]);
  expect(forgetful.get("PMID:1")).toBeDefined();
  forgetful.close();
  expect(existsSync(join(folder, "home"))).toBe(false);
});
