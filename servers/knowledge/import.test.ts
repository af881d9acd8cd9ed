import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { documentText, type KnowledgeRecord } from "../../schemas/index.ts";
import { DocumentStore } from "./documents.ts";
import { knowledgePath, readManifest } from "./folder.ts";
import { GraphStore } from "./graph.ts";
import { importSource, type ImportProgress, type ImportRequest } from "./import.ts";
import { readPosition } from "./import-position.ts";
import { SOURCES, type Source } from "./sources/index.ts";
import { endAll, ended, saying, startImport } from "./testing/started-import.ts";
import type { ImportProcessOptions } from "./testing/import-process.ts";

const RELEASE = join(import.meta.dirname, "sources/testing/hpo-2023");
const hpo = SOURCES.get("hpo")!;

const SEED: KnowledgeRecord[] = [
  { type: "entity", entity: { id: "OMIM:154700", name: "Marfan's disease", category: "Disease", xrefs: ["MONDO:7"] } },
];

let home: string;
let folder: string;
const children: ChildProcessWithoutNullStreams[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "import-"));
  folder = knowledgePath("home", home);
});
afterEach(async () => {
  await endAll(children);
  rmSync(home, { recursive: true });
});

function run(options: Partial<ImportRequest> = {}) {
  return importSource({ source: hpo, from: RELEASE, home, seed: () => [], ...options });
}

/** The same in a process of its own, which stands still at this point until its standard input ends. */
function child(haltAt: ImportProcessOptions["haltAt"]) {
  const started = startImport({ from: RELEASE, kind: "hpo", home, haltAt, batchSize: 3 });
  children.push(started);
  return started;
}

/** All that the stores hold, in their order. */
function contents(path: string) {
  const [documents, graph] = [new DocumentStore(join(path, "documents.db")), new GraphStore(join(path, "graph.db"))];
  const names = graph
    .predicates()
    .map((p) => p.name)
    .toSorted();
  const all = {
    documents: [...documents.all()],
    entities: [...graph.entities()],
    relations: names.flatMap((name) => [...graph.relations(name)]),
  };
  documents.close();
  graph.close();
  return all;
}

/** The folder holds what an import that nothing interrupted makes. */
async function endsAsUninterrupted() {
  const other = mkdtempSync(join(tmpdir(), "import-"));
  await run({ home: other });
  expect(contents(folder)).toEqual(contents(knowledgePath("home", other)));
  const [mine, theirs] = [readManifest(folder)!, readManifest(knowledgePath("home", other))!];
  expect(mine.counts).toEqual(theirs.counts);
  rmSync(other, { recursive: true });
}

describe("an import", () => {
  it("writes the stores, then a manifest that says where the records come from", async () => {
    const result = await run();
    expect(result).toMatchObject({ finished: true, problems: 3 });
    expect(readManifest(folder)).toMatchObject({
      name: "home",
      counts: { documents: 3, entities: 21, relations: 28 },
      sources: [
        { kind: "starter" },
        { kind: "hpo", from: RELEASE, version: "ontology 2023-01-27, annotations 2023-01-27" },
      ],
    });
    expect(existsSync(join(folder, "import.json"))).toBe(false);
    const graph = new GraphStore(join(folder, "graph.db"), { readOnly: true });
    expect(graph.entity("HP:0000057")!.name).toBe("Clitoral hypertrophy");
    expect(graph.named("marfan syndrome").map((row) => graph.entityAt(row.entity).id)).toEqual([
      "OMIM:154700",
      "ORPHA:558",
    ]);
    graph.close();
  });

  it("repeated, adds nothing and leaves the revision, so that no index is built again", async () => {
    const first = await run();
    const before = contents(folder);
    const second = await run();
    expect(second).toMatchObject({ changed: 0, records: first.records });
    expect(second.manifest!.revision).toBe(first.manifest!.revision);
    expect(second.manifest!.sources).toHaveLength(2);
    expect(contents(folder)).toEqual(before);
  });

  it("begins a new folder with the seed, and only a new one", async () => {
    const first = await run({ seed: () => SEED });
    expect(first.manifest!.sources.map((source) => source.kind)).toEqual(["starter", "hpo"]);
    const second = await run({ seed: () => SEED });
    // Only what the source gave is counted.
    expect(first.records).toBe(first.changed);
    expect(second).toMatchObject({ changed: 0, records: first.records });
    expect(second.manifest!.sources.map((source) => source.kind)).toEqual(["starter", "hpo"]);
    const { entities } = contents(folder);
    expect(entities[0]!.entity).toMatchObject({ name: "Marfan syndrome", xrefs: ["MONDO:7"] });
    expect(entities[0]!.entity.synonyms).toContain("Marfan's disease");
  });

  it("joins a second source to the first", async () => {
    const first = await run();
    const notes = join(home, "notes.jsonl");
    writeFileSync(notes, '{"id": "NOTE:1", "title": "A note", "sections": [{"text": "Of mine."}]}\n');
    const { manifest } = await run({ source: SOURCES.get("jsonl")!, from: notes });
    expect(manifest!.counts).toEqual({ ...first.manifest!.counts, documents: 4 });
    expect(manifest!.sources.map((source) => source.kind)).toEqual(["starter", "hpo", "jsonl"]);
    expect(manifest!.revision).not.toBe(first.manifest!.revision);
  });

  it("of a newer release leaves nothing that the older one said and the newer does not", async () => {
    await run();
    await run({ from: join(RELEASE, "../hpo-2025") });
    const { documents, relations } = contents(folder);
    const texts = new Map(documents.map((document) => [document.id, documentText(document)]));
    for (const { evidence } of relations) {
      for (const { document, quote } of evidence) expect(texts.get(document)).toContain(quote);
    }
    const pairs = relations.filter((r) => r.predicate === "gene_associated_with_condition");
    expect(pairs.map((r) => `${r.subject} ${r.object}`)).toEqual([
      "NCBIGene:2200 OMIM:154700",
      "NCBIGene:2200 ORPHA:558",
    ]);
    const fresh = mkdtempSync(join(tmpdir(), "import-"));
    await run({ from: join(RELEASE, "../hpo-2025"), home: fresh });
    const newer = contents(knowledgePath("home", fresh));
    expect(relations.map((r) => r.id).toSorted()).toEqual(newer.relations.map((r) => r.id).toSorted());
    rmSync(fresh, { recursive: true });
  });

  it("that fails leaves the manifest as it was", async () => {
    const before = (await run()).manifest;
    const broken: KnowledgeRecord[] = [{ type: "entity", entity: { id: "X:1", name: "x", category: "Gene" } }];
    const failing: Source = {
      ...hpo,
      async *read() {
        yield* broken;
        throw new Error("the source is torn");
      },
    };
    await expect(run({ source: failing, batchSize: 1 })).rejects.toThrow("the source is torn");
    expect(readManifest(folder)).toEqual(before);
    const after = await run();
    expect(after.manifest!.revision).not.toBe(before!.revision);
  });

  it("names relations that end in nothing, and takes in the rest", async () => {
    const records: KnowledgeRecord[] = [
      { type: "entity", entity: { id: "X:1", name: "x", category: "Gene" } },
      { type: "relation", relation: { subject: "X:1", predicate: "p", object: "X:2", evidence: [] } },
      { type: "relation", relation: { subject: "X:1", predicate: "p", object: "X:1", evidence: [] } },
    ];
    const source: Source = {
      ...hpo,
      async *read() {
        yield records;
      },
    };
    const reasons: string[] = [];
    const result = await run({ source, onProblem: ({ reason }) => reasons.push(reason) });
    expect(result.manifest!.counts).toEqual({ documents: 0, entities: 1, relations: 1 });
    expect(reasons).toEqual(["relation X:1 p X:2: X:2 is not a known entity; import the entity first"]);
  });

  it("cuts names that are none, and says so; names like paths or statements are names", async () => {
    const long = "x".repeat(1_000_000);
    const entities = [
      { id: "X:1", name: long, category: "Gene", synonyms: [long, "short"] },
      { id: `X:${long}`, name: "x", category: "Gene" },
      { id: "X:2", name: "HIV/AIDS", category: "Disease" },
      { id: "X:3", name: "../../x", category: "'); DROP TABLE entities; --" },
    ];
    const source: Source = {
      ...hpo,
      async *read() {
        yield entities.map((entity): KnowledgeRecord => ({ type: "entity", entity }));
      },
    };
    const reasons: string[] = [];
    await run({ source, onProblem: ({ reason }) => reasons.push(reason) });
    expect(reasons).toEqual([
      "X:1: a name of 1000000 characters, cut to 1000",
      "X:1: a synonym of more than 1000 characters, left out",
      expect.stringMatching(/^id X:x+… has 1000002 characters: left out$/),
    ]);
    const stored = contents(folder).entities.map(({ entity }) => entity);
    expect(stored.map(({ name }) => name.length)).toEqual([1000, 8, 7]);
    expect(stored[0]!.synonyms).toEqual(["short"]);
    expect(existsSync(join(folder, "HIV"))).toBe(false);
  });

  it("of a path that is not there makes nothing", async () => {
    await expect(run({ from: join(home, "nothing") })).rejects.toThrow("there is no such file or folder");
    expect(existsSync(folder)).toBe(false);
  });
});

describe("an interrupted import", () => {
  it("stopped by a signal, goes on and ends as one that was not", async () => {
    const stop = new AbortController();
    const onProgress = ({ records }: ImportProgress) => records >= 20 && stop.abort();
    const first = await run({ batchSize: 10, signal: stop.signal, onProgress });
    expect(first).toMatchObject({ finished: false, records: 20, manifest: undefined });
    const second = await run();
    expect(second.records - 20).toBe(second.changed);
    await endsAsUninterrupted();
  });

  it("killed with -9 in the middle, goes on and ends as one that was not", async () => {
    const killed = child({ phase: "writing", records: 12 });
    const end = ended(killed);
    await saying(killed, "writing 12");
    killed.kill("SIGKILL");
    expect(await end).toMatchObject({ signal: "SIGKILL" });
    expect(readManifest(folder)).toBeUndefined();
    const { position } = readPosition(folder)!;
    const result = await run();
    expect(result.changed).toBeLessThanOrEqual(result.records - position);
    await endsAsUninterrupted();
  });

  it("starts again where the files are others", async () => {
    const stop = AbortSignal.abort();
    await importSource({ source: hpo, from: join(RELEASE, "../hpo-2025"), home, seed: () => [], signal: stop });
    const result = await run();
    expect(result.finished).toBe(true);
    await endsAsUninterrupted();
  });
});

describe("two imports at once", () => {
  it("the second waits for the first, and both end well", async () => {
    const first = child({ phase: "reading", records: 0 });
    const end = ended(first);
    await saying(first, "reading");
    const phases: string[] = [];
    const goOn = ({ phase }: ImportProgress) => {
      phases.push(phase);
      if (phase === "waiting") first.stdin.end();
    };
    const second = await run({ onProgress: goOn });
    expect(phases[0]).toBe("waiting");
    expect(await end).toMatchObject({
      code: 0,
      out: expect.stringContaining(`done ${second.records}, ${second.records} changed`),
    });
    expect(second.changed).toBe(0);
  });

  it("a waiting one can be stopped", async () => {
    const first = child({ phase: "reading", records: 0 });
    await saying(first, "reading");
    const stop = new AbortController();
    const onProgress = ({ phase }: ImportProgress) => phase === "waiting" && stop.abort();
    const result = await run({ signal: stop.signal, onProgress });
    expect(result).toMatchObject({ finished: false, records: 0 });
  });
});

describe("documents of one's own (jsonl)", () => {
  it("takes good lines, and tells the line and the reason of bad ones", async () => {
    const file = join(home, "mine.jsonl");
    const lines = [
      '{"id": "PMID:1", "title": "One"}',
      "",
      "{not json",
      '{"title": "no id"}',
      '{"id": "PMID:2", "title": "Two"}',
    ];
    writeFileSync(file, lines.join("\n"));
    const problems: unknown[] = [];
    const result = await run({ source: SOURCES.get("jsonl")!, from: file, onProblem: (p) => problems.push(p) });
    expect(result.manifest!.counts.documents).toBe(2);
    expect(problems).toEqual([
      { file, line: 3, reason: expect.stringContaining("not JSON") },
      { file, line: 4, reason: expect.stringContaining("id") },
    ]);
  });

  it("is an error where there is no document, or a folder", async () => {
    const file = join(home, "empty.jsonl");
    writeFileSync(file, "\n");
    const jsonl = SOURCES.get("jsonl")!;
    await expect(run({ source: jsonl, from: file })).rejects.toThrow("holds no document");
    await expect(run({ source: jsonl, from: home })).rejects.toThrow("is a folder");
    expect(readFileSync(file, "utf8")).toBe("\n");
  });
});
