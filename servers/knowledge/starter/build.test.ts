/** Compiling the starter: once a version, by any number of processes at a time, and never half. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DocumentStore } from "../documents.ts";
import { openFolder, readManifest } from "../folder.ts";
import { GraphStore } from "../graph.ts";
import { ensureStarter } from "./build.ts";
import { dataFolder } from "./data-folder.ts";
import { readStarter, StarterError } from "./read.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "starter-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const built = () => readdirSync(join(home, "knowledge")).toSorted();

/** A small copy of the sources that a test may change. */
function smallSources(): string {
  const sources = join(home, "sources");
  cpSync(join(dataFolder(), "companies.yaml"), join(sources, "companies.yaml"));
  return sources;
}

const moduleAt = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);

/** Runs `ensureStarter` in another process. @param first what that process runs before. @returns its path, or the signal that ended it */
async function inAnotherProcess(first = ""): Promise<string> {
  const code = `import { ensureStarter } from ${moduleAt("build.ts")};
    import { GraphStore } from ${moduleAt("../graph.ts")};
    ${first}
    process.stdout.write(ensureStarter(${JSON.stringify(home)}));`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [status, signal] = (await once(child, "close")) as [number | null, string | null];
  return signal ?? (status === 0 ? output : `exit ${status}`);
}

/** Dies as by `kill -9` in the middle of its work: the entities are written, the relations not. */
const DIES_IN_MIDDLE = 'GraphStore.prototype.putRelations = () => process.kill(process.pid, "SIGKILL");';

test("the shipped sources become a folder that opens like any other", () => {
  const path = ensureStarter(home);
  const knowledge = openFolder("starter", path);
  const records = readStarter();
  expect(knowledge.manifest.counts).toEqual({
    documents: records.filter(({ type }) => type === "document").length,
    entities: records.filter(({ type }) => type === "entity").length,
    relations: knowledge.graph.counts().relations,
  });
  expect(knowledge.manifest.sources).toMatchObject([{ kind: "starter", licence: "Apache-2.0" }]);
  expect(knowledge.documents.get("NOTE:paradigm-hf")?.publisher).toContain("PARADIGM-HF");
  expect(knowledge.graph.entity("OMIM:154700")?.name).toBe("Marfan syndrome");
  knowledge.close();
});

test("a second call finds what the first built", () => {
  const sources = smallSources();
  const path = ensureStarter(home, sources);
  const { mtimeMs, ino } = statSync(join(path, "graph.db"));
  expect(ensureStarter(home, sources)).toBe(path);
  expect(statSync(join(path, "graph.db"))).toMatchObject({ mtimeMs, ino });
});

test("changed sources are another starter; a process that reads the older one is not disturbed", () => {
  const sources = smallSources();
  const older = ensureStarter(home, sources);
  const open = new GraphStore(join(older, "graph.db"), { readOnly: true });
  writeFileSync(join(sources, "more.yaml"), "entities: { Drug: [aspirin] }");
  const newer = ensureStarter(home, sources);
  expect(newer).not.toBe(older);
  expect(open.entity("STARTER:aspirin")).toBeUndefined();
  expect(open.entity("STARTER:novartis")?.name).toBe("Novartis");
  expect(new DocumentStore(join(older, "documents.db"), { readOnly: true }).count()).toBeGreaterThan(0);
  open.close();
  const graph = new GraphStore(join(newer, "graph.db"), { readOnly: true });
  expect(graph.entity("STARTER:aspirin")?.category).toBe("Drug");
  graph.close();
  expect(readManifest(newer)?.revision).not.toBe(readManifest(older)?.revision);
});

test("two processes at once build one starter, whole", async () => {
  const paths = await Promise.all([inAnotherProcess(), inAnotherProcess()]);
  expect(new Set(paths).size).toBe(1);
  expect(built()).toHaveLength(1);
  openFolder("starter", paths[0]).close();
});

test("a build that is killed leaves nothing that passes for a starter, and the next one succeeds", async () => {
  expect(await inAnotherProcess(DIES_IN_MIDDLE)).toBe("SIGKILL");
  expect(built()).toEqual([expect.stringMatching(/\.tmp$/)]);
  expect(existsSync(join(home, "knowledge", built()[0]!, "graph.db"))).toBe(true);
  const path = ensureStarter(home);
  expect(readManifest(path)?.counts.entities).toBeGreaterThan(500);
});

test("what killed builds left, and starters unused for a month, are swept away by the next build", () => {
  const sources = smallSources();
  const older = ensureStarter(home, sources);
  const killed = `${older}.0.tmp`;
  cpSync(older, killed, { recursive: true });
  const longAgo = new Date(Date.now() - 40 * 24 * 3600 * 1000);
  for (const path of [older, killed]) utimesSync(path, longAgo, longAgo);
  writeFileSync(join(sources, "more.yaml"), "entities: { Drug: [aspirin] }");
  const newer = ensureStarter(home, sources);
  expect([older, killed, newer].map((path) => existsSync(path))).toEqual([false, false, true]);
});

test("sources that are wrong are told, and leave nothing behind", () => {
  const sources = smallSources();
  writeFileSync(join(sources, "wrong.yaml"), "entities: { Organization: [Novartis] }");
  expect(() => ensureStarter(home, sources)).toThrow(StarterError);
  expect(existsSync(join(home, "knowledge")) ? built() : []).toEqual([]);
});
