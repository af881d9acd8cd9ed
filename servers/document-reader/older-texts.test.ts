import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Document } from "../../schemas/index.ts";
import { DocumentStore } from "../knowledge/documents.ts";
import { citedTexts } from "./cited-texts.ts";
import { OlderTexts } from "./older-texts.ts";
import { storeNewest, withHash } from "./versions.ts";

const text = (n: number): Document =>
  withHash({
    id: "URL:https://example.org/a",
    title: `Version ${n}`,
    sections: [{ label: "", text: "x".repeat(9_000) }],
  });

describe("older texts of a page", () => {
  let home: string;
  let path: string;
  let store: DocumentStore;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "older-"));
    path = join(home, "reader.db");
    store = new DocumentStore(path);
  });
  afterEach(() => {
    store.close();
    rmSync(home, { recursive: true });
  });

  const kept = () => store.withPrefix("URL:").map(({ title }) => Number(title.slice(8)));

  async function readVersions(from: number, to: number): Promise<void> {
    const older = new OlderTexts(store, path, { maxBytes: 50_000, cited: () => citedTexts(home) });
    for (let n = from; n <= to; n++) await older.add(storeNewest(store, text(n)));
    older.close();
  }

  it("are kept up to a limit, the newest of them, and the newest text always", async () => {
    await readVersions(1, 20);
    expect(kept()).toEqual([20, 15, 16, 17, 18, 19]);
  });

  it("stay where the answer of a recorded session cites them, not where they were merely read", async () => {
    const log = [
      { type: "tool.returned", result: `URL:https://example.org/a@${text(1).contentHash!.slice(0, 23)}#0-9` },
      {
        type: "answer.proposed",
        citations: [{ passage: `URL:https://example.org/a@${text(2).contentHash!.slice(0, 23)}#0-9` }],
      },
    ];
    mkdirSync(join(home, "sessions", "s1"), { recursive: true });
    mkdirSync(join(home, "sessions", "without a log"));
    writeFileSync(join(home, "sessions", "s1", "events.jsonl"), log.map((event) => JSON.stringify(event)).join("\n"));
    await readVersions(1, 20);
    expect(kept()).toContain(2);
    expect(kept()).not.toContain(1);
    expect(kept().length).toBeLessThanOrEqual(6);
  });

  it("of before there was a limit count, too", async () => {
    for (let n = 1; n <= 10; n++) storeNewest(store, text(n));
    expect(kept()).toHaveLength(10);
    await readVersions(11, 11);
    expect(kept()).toEqual([11, 7, 8, 9, 10]);
  });
});
