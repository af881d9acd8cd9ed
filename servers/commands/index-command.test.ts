/** The index as a user keeps it, in processes of their own. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importSource } from "../knowledge/import.ts";
import { SOURCES } from "../knowledge/sources/index.ts";
import { finish } from "./testing/finish.ts";
import { spawn } from "node:child_process";

const CLI = join(import.meta.dirname, "../../cli.ts");
const home = mkdtempSync(join(tmpdir(), "index-command-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function run(env: Record<string, string>, ...args: string[]) {
  const settings = { ...process.env, MEILISEARCH_URL: "", MEDRESEARCHER_EMBEDDER: "none", MEDRESEARCHER_HOME: home };
  return finish(spawn(process.execPath, [CLI, "index", ...args], { env: { ...settings, ...env } }));
}

async function importNotes(count: number): Promise<void> {
  const file = join(home, "notes.jsonl");
  const notes = Array.from({ length: count }, (_, i) => {
    return JSON.stringify({ id: `NOTE:${i}`, title: `Note ${i}`, sections: [{ text: "Words." }] });
  });
  writeFileSync(file, notes.join("\n"));
  await importSource({ source: SOURCES.get("jsonl")!, from: file, home, seed: () => [] });
}

beforeAll(() => importNotes(100));

test("index status, build and rebuild say what was done; what came since is indexed alone", async () => {
  const status = async () => JSON.parse((await run({}, "status", "--json")).out) as object;
  expect(await status()).toMatchObject({ engine: "embedded", current: false, documents: 0, behind: 100 });
  expect(JSON.parse((await run({}, "build", "--json")).out)).toMatchObject({ made: "all", documents: 100 });
  expect(await status()).toMatchObject({ current: true, documents: 100, vectors: 0, behind: 0 });
  await importNotes(103);
  expect(await status()).toMatchObject({ current: false, documents: 100, behind: 3 });
  expect(JSON.parse((await run({}, "build", "--json")).out)).toMatchObject({ made: "changes", documents: 3 });
  expect((await run({}, "build")).out).toBe("home: up to date\n");
  expect((await run({}, "rebuild")).out).toMatch(/^home: 103 documents indexed/);
});

test("a Meilisearch that is away is an error that says what to do", async () => {
  const { code, err } = await run({ MEILISEARCH_URL: "http://127.0.0.1:9" }, "build");
  expect(code).toBe(1);
  expect(err).toContain("Meilisearch at http://127.0.0.1:9 does not answer");
  expect(err).toContain("docker compose");
});
