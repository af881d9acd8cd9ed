/** The commands as a user runs them, in processes of their own, over small releases and documents made here. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { knowledgePath } from "../knowledge/index.ts";
import { importSource } from "../knowledge/import.ts";
import { readPosition } from "../knowledge/import-position.ts";
import { SOURCES } from "../knowledge/sources/index.ts";
import { finish } from "./testing/finish.ts";
import { endless, pipedFile } from "./testing/piped-file.ts";

const CLI = join(import.meta.dirname, "../../cli.ts");
const RELEASES = join(import.meta.dirname, "../knowledge/sources/testing");
const home = mkdtempSync(join(tmpdir(), "data-"));
beforeAll(async () => {
  // A folder that is there already is not seeded with the starter: these tests count.
  await importSource({ source: SOURCES.get("hpo")!, from: join(RELEASES, "hpo-2025"), home, seed: () => [] });
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function start(...args: string[]) {
  return spawn(process.execPath, [CLI, "data", ...args], { env: { ...process.env, MEDRESEARCHER_HOME: home } });
}

const run = (...args: string[]) => finish(start(...args));

function note(i: number): string {
  return JSON.stringify({ id: `NOTE:${i}`, title: `Note ${i}`, sections: [{ text: "Word. ".repeat(5) }] });
}

describe("data import", { shuffle: false }, () => {
  it("prints one JSON value to stdout, skipped rows to stderr, and leaves what the engines derive", async () => {
    const { code, out, err } = await run("import", "hpo", "--from", join(RELEASES, "hpo-2023"), "--json");
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      kind: "hpo",
      knowledge: "home",
      counts: { documents: 3 },
      skipped: { count: 3, first: [{ line: 6, reason: "3 columns instead of 12" }, {}, {}] },
      seconds: { "search index": expect.any(Number), "clinical model": expect.any(Number) },
    });
    expect(err).toContain("phenotype.hpoa, line 6: 3 columns instead of 12");
    const status = JSON.parse((await run("status", "--json")).out);
    expect(status).toMatchObject({
      home,
      default: "home",
      knowledge: [
        {
          name: "home",
          revision: JSON.parse(out).revision,
          current: { search: true, clinical: true },
          interrupted: false,
        },
      ],
    });
    expect(status.knowledge[0].bytes.clinical).toBeGreaterThan(0);
  });

  it("stopped with Ctrl-C says so, and the next run goes on from there", async () => {
    const file = join(home, "many.jsonl");
    let takeAway = pipedFile(file, endless(note));
    const first = start("import", "jsonl", "--from", file);
    const ended = finish(first);
    const position = () => readPosition(knowledgePath("home", home))?.position ?? 0;
    while (first.exitCode === null && position() === 0) await sleep(5);
    first.kill("SIGINT");
    const stopped = await ended;
    await takeAway();
    expect(stopped).toMatchObject({ code: 1, out: "" });
    // After some seconds it tells of its progress, too.
    expect(stopped.err).toMatch(/(?:^|\n)stopped; the same command goes on from here\n$/);
    expect((await run("status")).out).toContain("was interrupted");
    // What was taken in is other now: read again, it would count as changed.
    const [before, count] = [position(), position() + 1000];
    const others = endless((i) => note(i < before ? i + 0.5 : i));
    takeAway = pipedFile(file, others.take(count));
    const { code, out } = await run("import", "jsonl", "--from", file);
    await takeAway();
    expect(code).toBe(0);
    const [records, documents] = [count, count + 3].map((n) => n.toLocaleString("en"));
    expect(out).toContain(`${records} records read, 1,000 new or changed\nhome now holds ${documents} documents`);
  });

  it("of a torn file takes in what came before, says so, and ends with 1", async () => {
    const file = join(home, "torn.jsonl.gz");
    const packed = gzipSync(Array.from({ length: 20_000 }, (_, i) => note(i + 50_000 + Math.sin(i))).join("\n"));
    writeFileSync(file, packed.subarray(0, packed.length / 2));
    const { code, out, err } = await run("import", "jsonl", "--from", file, "--json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ torn: 1, skipped: { count: 1, first: [{ file, torn: true }] } });
    expect(JSON.parse(out).records).toBeGreaterThan(5000);
    expect(err).toContain("torn.jsonl.gz: the gzip file is cut off; download it again");
    expect(err).toContain("incomplete: a file ends in its middle; what came before is imported");
  });

  it.each([
    ["pubmed", "xml", "is no PubMed XML"],
    ["jats", "xml", "is no JATS XML"],
    ["spl", "xml", "page.xml: "],
    ["labels", "json", "is no JSON"],
    ["trials", "json", "is no JSON"],
    ["jsonl", "jsonl", "holds no document"],
  ])("of a web page in place of %s is refused by name", async (kind, suffix, reason) => {
    const file = join(home, `page.${suffix}`);
    writeFileSync(file, "<!DOCTYPE html><html><head><title>503</title></head><body><p>Come back later</body></html>");
    const { code, out, err } = await run("import", kind, "--from", file);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain(file);
    expect(err).toContain(reason);
  });

  it.each([
    [["import", "nonsense", "--from", "x"], 2, "Allowed choices are hpo, jsonl"],
    [["import", "hpo"], 2, "required option '--from <path>' not specified"],
    [["import", "hpo", "--from", join(home, "nothing")], 1, "nothing: there is no such file or folder"],
    [["import", "hpo", "--from", home], 1, "the ontology (hp.json or hp.obo)"],
  ])("%j: exit %d", async (args, exit, message) => {
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([exit, ""]);
    expect(err).toContain(message);
  });
});
