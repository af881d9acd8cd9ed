/** Relations in their blocks: against a plain map, in any order and batches, reopened, repeated and taken back. */
import { mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Entity, Relation } from "../../schemas/index.ts";
import { readAdjacency, writeAdjacency } from "./adjacency-file.ts";
import { arrangeEdges, toArrays } from "./adjacency.ts";
import { columnsOf, edgeBlocks, indexOf } from "./edge-columns.ts";
import { GraphStore } from "./graph.ts";
import { degreeOf, neighboursOf, relationCounts, relationsBetween } from "./neighbourhood.ts";
import { relationId } from "./relation-identity.ts";

let folder: string;
let graph: GraphStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "relations-"));
  graph = new GraphStore(join(folder, "graph.db"));
  graph.putEntities(ENTITIES);
});
afterEach(() => {
  graph.close();
  rmSync(folder, { recursive: true });
});

const IDS = Array.from({ length: 8 }, (_, n) => `X:${n}`);
const ENTITIES: Entity[] = [
  ...IDS.map((id, n) => ({ id, name: `thing ${n}`, category: n % 2 ? "Gene" : "Disease" })),
  { id: "X:named", name: "Ωmega", category: "Drug", xrefs: ["OTHER:1"] },
];

const someText = fc.string({ unit: "binary", minLength: 1, maxLength: 20 });
/** Whoever gives the same quote of the same document gives the same rest. */
const evidence = fc
  .tuple(
    fc.constantFrom("D:1", "D:2", "D:ü"),
    fc.oneof(someText, fc.constantFrom('say "no"', "back\\slash", "a\nb\tc", "𝛂β")),
  )
  .map(([document, quote]) => ({
    document,
    quote,
    knowledgeLevel: quote.length % 2 ? ("knowledge_assertion" as const) : ("prediction" as const),
    agent: quote.length % 3 ? "manual_agent" : "text_mining_agent",
    ...(quote.length % 5 ? { references: [quote] } : {}),
  }));
const relation: fc.Arbitrary<Relation> = fc
  .record(
    {
      subject: fc.constantFrom(...IDS, "OTHER:1"),
      predicate: fc.constantFrom("treats", "causes", "p"),
      object: fc.constantFrom(...IDS),
      negated: fc.boolean(),
      qualifiers: fc.constantFrom(
        {},
        { clinical: { sex: "female" } },
        { clinical: { sex: "female", stage: "II" } },
        { temporal: { onset: "née\n" } },
      ),
      evidence: fc.array(evidence, { maxLength: 3 }),
    },
    { requiredKeys: ["subject", "predicate", "object", "evidence"] },
  )
  .map((r) => r as Relation);

/** What the store should hold: by identity, evidence by document and quote. */
function model(batches: readonly Relation[][]) {
  const all = new Map<string, Relation>();
  for (const given of batches.flat()) {
    const own = { ...given, subject: given.subject === "OTHER:1" ? "X:named" : given.subject };
    const id = relationId(own);
    const known = all.get(id) ?? { ...own, evidence: [] };
    for (const piece of given.evidence) {
      const at = known.evidence.findIndex((e) => e.document === piece.document && e.quote === piece.quote);
      known.evidence = at < 0 ? [...known.evidence, piece] : known.evidence.with(at, piece);
    }
    all.set(id, known);
  }
  return all;
}

function plain({ negated, qualifiers, ...rest }: Relation) {
  const some = qualifiers && Object.keys(qualifiers).length > 0;
  return { ...rest, ...(negated ? { negated } : {}), ...(some ? { qualifiers } : {}) };
}

describe("relations", () => {
  it("are as a plain map has them, whatever is put, in whatever batches, and put again", () => {
    fc.assert(
      fc.property(fc.array(fc.array(relation, { maxLength: 25 }), { maxLength: 5 }), (batches) => {
        const path = mkdtempSync(join(tmpdir(), "relations-"));
        let store = new GraphStore(join(path, "graph.db"));
        store.putEntities(ENTITIES);
        for (const batch of batches) {
          store.putRelations(batch);
          // Every other batch by a writer that has nothing in memory.
          if (batch.length % 2) store.close();
          if (batch.length % 2) store = new GraphStore(join(path, "graph.db"));
        }
        for (const batch of batches.slice(-1)) expect(store.putRelations(batch)).toBe(0);
        const expected = model(batches);
        const stored = new Map([...store.relations()].map(({ id, row, ...rest }) => [id, row > 0 ? rest : undefined]));
        expect(stored).toEqual(new Map([...expected].map(([id, r]) => [id, plain(r)])));
        expect(store.counts().relations).toBe(expected.size);
        for (const id of expected.keys()) expect(store.relation(id)?.id).toBe(id);
        expect(store.relation("R:0123456789abcdef")).toBeUndefined();
        for (const id of IDS) {
          const own = [...expected.values()];
          const degree = own.filter((r) => r.subject === id).length + own.filter((r) => r.object === id).length;
          const row = store.rowOf(id)!;
          expect(degreeOf(store, row)).toBe(degree);
          expect(neighboursOf(store, row)).toHaveLength(degree);
          expect(relationCounts(store, row).reduce((sum, c) => sum + c.count, 0)).toBe(degree);
        }
        store.close();
        rmSync(path, { recursive: true });
      }),
      { numRuns: 20 },
    );
  });

  it("go on in the block where another process stopped", () => {
    const many = Array.from({ length: 5000 }, (_, n) => says("X:1", `p${n % 300}`, "X:2", `quote ${n}`, String(n)));
    for (let at = 0; at < many.length; at += 7) {
      const store = at % 700 === 0 ? new GraphStore(join(folder, "graph.db")) : graph;
      store.putRelations(many.slice(at, at + 7));
      if (store !== graph) store.close();
    }
    expect(graph.counts().relations).toBe(5000);
    expect([...graph.relations()].map((r) => r.evidence[0]!.quote)).toEqual(many.map((r) => r.evidence[0]!.quote));
    expect(relationsBetween(graph, graph.rowOf("X:1")!, graph.rowOf("X:2")!)).toHaveLength(5000);
  });

  it("that a document no longer says lose that evidence, and go where none is left; the next take other rows", () => {
    graph.putRelations([
      says("X:1", "p", "X:2", "one"),
      says("X:1", "p", "X:3", "two"),
      says("X:3", "p", "X:4", "three"),
    ]);
    graph.putRelations([{ ...says("X:1", "p", "X:3", "also"), evidence: [{ ...piece("also"), document: "D:2" }] }]);
    const removed = graph.relation(relationId(says("X:1", "p", "X:2", "")))!;
    graph.retractEvidence("D:1", (quote) => quote === "three");
    expect([...graph.relations()].map((r) => [r.object, r.evidence.map((e) => e.quote)])).toEqual([
      ["X:3", ["also"]],
      ["X:4", ["three"]],
    ]);
    expect(graph.counts().relations).toBe(2);
    expect(graph.relation(removed.id)).toBeUndefined();
    graph.putRelations([says("X:1", "p", "X:2", "again")]);
    expect(graph.relation(removed.id)!.evidence[0]!.quote).toBe("again");
    graph.retractEvidence("D:1", () => false);
    expect([...graph.relations()].map((r) => r.object)).toEqual(["X:3"]);
  });

  it("of a batch that fails are not there, and the store works on", () => {
    graph.putRelations([says("X:1", "p", "X:2", "one")]);
    expect(() => graph.putRelations([says("X:1", "p", "X:3", "two"), says("X:1", "p", "X:9", "three")])).toThrow(
      "X:9 is not a known entity",
    );
    expect(graph.counts().relations).toBe(1);
    graph.putRelations([says("X:1", "p", "X:3", "two")]);
    expect([...graph.relations()].map((r) => r.object)).toEqual(["X:2", "X:3"]);
  });

  it("keep neighbours with more evidence, then rarer ones, first", () => {
    const busy = ["X:4", "X:5", "X:6", "X:7"].map((id) => says(id, "p", "X:2", id));
    graph.putRelations([
      ...busy,
      says("X:1", "p", "X:2", "a"),
      says("X:1", "p", "X:3", "b"),
      says("X:1", "q", "X:4", "c"),
    ]);
    graph.putRelations([{ ...says("X:1", "q", "X:4", "d") }]);
    const { starts, incoming, targets } = graph.arrays();
    const row = graph.rowOf("X:1")!;
    const out = [...targets.subarray(starts[row], incoming[row])].map((target) => graph.briefAt(target).id);
    expect(out).toEqual(["X:4", "X:3", "X:2"]);
  });
});

describe("the file of the arrays", () => {
  it("holds what was arranged, for one stamp; cut off or another's, it is none", () => {
    const negated = { ...says("X:1", "p", "X:3", "b"), negated: true };
    graph.putRelations([says("X:1", "p", "X:2", "a"), negated, says("X:1", "p", "X:1", "c")]);
    const path = join(folder, "adjacency.bin");
    const db = new DatabaseSync(join(folder, "graph.db"));
    const edges = edgeBlocks(db);
    writeAdjacency(path, "stamp", edges);
    const read = readAdjacency(path, "stamp")!;
    expect(read.arrays).toEqual(toArrays(arrangeEdges(columnsOf(edges))));
    expect(read.slots()).toEqual(indexOf(edges));
    db.close();
    expect(readAdjacency(path, "other")).toBeUndefined();
    expect(readAdjacency(join(folder, "nothing"), "stamp")).toBeUndefined();
    truncateSync(path, 600);
    expect(readAdjacency(path, "stamp")).toBeUndefined();
  });
});

describe("a store of another version", () => {
  it("is brought up to date when it is opened, with the rows that other files name", () => {
    const path = join(folder, "older.db");
    older(path);
    const store = new GraphStore(path, { readOnly: true });
    expect(
      [...store.relations()].map((r) => [r.row, r.subject, r.negated ?? false, r.qualifiers, r.evidence.length]),
    ).toEqual([
      [1, "X:0", false, undefined, 2],
      [40, "X:1", true, { clinical: { sex: "male" } }, 0],
    ]);
    expect(store.evidenceAt(1)[1]).toEqual({
      document: "D:2",
      quote: "two",
      knowledgeLevel: "prediction",
      agent: "x",
      references: ["PMID:1"],
    });
    expect(store.counts()).toEqual({ entities: 2, relations: 2 });
    store.close();
    const writable = new GraphStore(path);
    expect(writable.putRelations([...writable.relations()])).toBe(0);
    expect(writable.select("SELECT name FROM sqlite_schema WHERE name IN ('relations', 'evidence')")).toEqual([]);
    writable.close();
  });

  it("that is newer is refused with what to do", () => {
    const path = join(folder, "newer.db");
    const db = new DatabaseSync(path);
    db.exec("PRAGMA user_version = 99");
    db.close();
    expect(() => new GraphStore(path)).toThrow(/newer medresearcher .* update the program/);
    expect(() => new GraphStore(path, { readOnly: true })).toThrow(/update the program/);
  });
});

function piece(quote: string): Relation["evidence"][number] {
  return { document: "D:1", quote, knowledgeLevel: "knowledge_assertion", agent: "manual_agent" };
}

function says(subject: string, predicate: string, object: string, quote: string, stage?: string): Relation {
  const qualifiers = stage ? { qualifiers: { clinical: { stage } } } : {};
  return { subject, predicate, object, ...qualifiers, evidence: [piece(quote)] };
}

/** As the first format had it: with a gap where a relation was removed. */
function older(path: string): void {
  const db = new DatabaseSync(path);
  db.exec(`
    CREATE TABLE entities (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, category TEXT NOT NULL, body TEXT NOT NULL);
    CREATE TABLE aliases (alias TEXT NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (alias, entity)) WITHOUT ROWID;
    CREATE TABLE names (norm TEXT NOT NULL, entity INTEGER NOT NULL, name TEXT NOT NULL, preferred INTEGER NOT NULL, PRIMARY KEY (norm, entity)) WITHOUT ROWID;
    CREATE TABLE predicates (row INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE relations (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, subject INTEGER NOT NULL, predicate INTEGER NOT NULL, object INTEGER NOT NULL, negated INTEGER NOT NULL, qualifiers TEXT);
    CREATE TABLE evidence (row INTEGER PRIMARY KEY, relation INTEGER NOT NULL, document TEXT NOT NULL, quote TEXT NOT NULL, body TEXT NOT NULL);
    INSERT INTO predicates VALUES (1, 'p');
    INSERT INTO relations VALUES (1, 'R:1', 1, 1, 2, 0, NULL), (40, 'R:2', 2, 1, 1, 1, '{"clinical":{"sex":"male"}}');
    INSERT INTO evidence VALUES (1, 1, 'D:1', 'one', '{"knowledgeLevel":"knowledge_assertion","agent":"manual_agent"}'),
      (2, 1, 'D:2', 'two', '{"knowledgeLevel":"prediction","agent":"x","references":["PMID:1"]}');`);
  const entity = db.prepare("INSERT INTO entities (id, name, category, body) VALUES (?, ?, ?, ?)");
  for (const e of ENTITIES.slice(0, 2)) entity.run(e.id, e.name, e.category, JSON.stringify(e));
  // What an attempt that was killed left behind.
  db.exec(
    "CREATE TABLE statements (block INTEGER PRIMARY KEY, body TEXT NOT NULL); INSERT INTO statements VALUES (0, 'torn')",
  );
  db.close();
}
