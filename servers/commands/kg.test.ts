/** `kg` as a user runs it: import, stats, export, import of the export, in processes of their own. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { knowledgePath, writeManifest } from "../knowledge/index.ts";
import { finish } from "./testing/finish.ts";

const CLI = join(import.meta.dirname, "../../cli.ts");
const root = mkdtempSync(join(tmpdir(), "kg-"));
const home = join(root, "home");
const tables = join(root, "tables");
afterAll(() => rmSync(root, { recursive: true, force: true }));

beforeAll(() => {
  mkdirSync(tables, { recursive: true });
  writeFileSync(
    join(tables, "nodes.tsv"),
    "id\tcategory\tname\nA:1\tbiolink:Gene\tHIV/AIDS\nA:2\tbiolink:Disease\t../x\nA:3\tbiolink:Disease\talone\n",
  );
  const edges = [
    "subject\tpredicate\tobject\tnegated",
    "A:1\tbiolink:causes\tA:2\t",
    "A:2\tbiolink:p\tA:1\ttrue",
    "A:1\tbiolink:p\tA:9\t",
    "A:1",
  ];
  writeFileSync(join(tables, "edges.tsv"), `${edges.join("\n")}\n`);
  // A folder that is there already is not seeded with the starter: these tests count.
  const counts = { documents: 0, entities: 0, relations: 0 };
  writeManifest(knowledgePath("home", home), { version: 1, name: "home", revision: "0", sources: [], counts });
});

async function kg(...args: string[]) {
  return finish(spawn(process.execPath, [CLI, "kg", ...args], { env: { ...process.env, MEDRESEARCHER_HOME: home } }));
}

describe("kg", { shuffle: false }, () => {
  it("imports tables, says what was skipped, counts, exports, and takes its export for nothing new", async () => {
    const imported = await kg("import", "kgx", "--from", tables, "--json");
    expect(imported.err).toContain("edges.tsv, line 5: 1 columns instead of 4");
    expect(imported.err).toContain("A:9 is not a known entity");
    expect(JSON.parse(imported.out)).toMatchObject({ counts: { entities: 3, relations: 2 }, skipped: { count: 2 } });

    const stats = await kg("stats", "--json");
    expect(JSON.parse(stats.out)).toMatchObject({
      knowledge: "home",
      relations: 2,
      negated: 1,
      evidence: { share: 1 },
      components: { count: 2, largest: 2, alone: 1 },
      degrees: { none: 1 },
    });
    expect((await kg("stats")).out).toContain("home: 3 entities, 2 relations (1 negated, 0 with context)");

    const out = join(root, "out");
    expect((await kg("export", "--format", "kgx-jsonl", "--out", out)).out).toContain(
      "3 entities, 2 relations, 1 documents",
    );
    expect(readdirSync(out).toSorted()).toEqual(["documents.jsonl", "edges.jsonl", "nodes.jsonl"]);
    expect(JSON.parse((await kg("import", "kgx", "--from", out, "--json")).out)).toMatchObject({ changed: 0 });

    const script = join(root, "graph.cypher");
    await kg("export", "--format", "cypher", "--out", script, "--around", "A:1");
    expect(readFileSync(script, "utf8")).toContain("name: 'HIV/AIDS'");
    expect(readdirSync(root).toSorted()).toEqual(["graph.cypher", "home", "out", "tables"]);

    expect((await kg("build")).out).toContain("home: everything is up to date");
  });

  it("tells wrong use apart from failure", async () => {
    expect(await kg("import", "nothing", "--from", tables)).toMatchObject({ code: 2 });
    expect(await kg("export", "--format", "graphml")).toMatchObject({ code: 2 });
    const unknown = await kg("export", "--format", "graphml", "--out", join(root, "x"), "--around", "A:77");
    expect(unknown).toMatchObject({ code: 1, err: "error: A:77 is not in the graph\n" });
    expect(await kg("stats", "--knowledge", "nowhere")).toMatchObject({ code: 1 });
  });
});
