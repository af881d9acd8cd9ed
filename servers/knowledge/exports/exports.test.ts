/** Exports read back: by our own import, by an XML parser, and by the rules of Cypher's lexer. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { SaxesParser } from "saxes";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Document, Entity, Relation } from "../../../schemas/index.ts";
import { DocumentStore } from "../documents.ts";
import { knowledgePath } from "../folder.ts";
import { GraphStore } from "../graph.ts";
import { importSource } from "../import.ts";
import { SOURCES } from "../sources/index.ts";
import { exportGraph } from "./index.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "exports-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const WILD = [
  '"',
  "'",
  "\\",
  "\\u0027",
  "a|b",
  "tab\there",
  "line\nend",
  "]]>",
  "&amp;",
  "<x>",
  "`",
  "𝛂β",
  "\u0000\u0007",
  "}) DETACH DELETE",
];
const text = fc
  .oneof(fc.string({ unit: "binary", minLength: 1, maxLength: 12 }), fc.constantFrom(...WILD))
  .map((s) => s.toWellFormed());

const entity = (n: number): fc.Arbitrary<Entity> =>
  fc
    .record(
      {
        name: text,
        category: fc.constantFrom("Disease", "Gene", "NamedThing", "Öther"),
        synonyms: fc.uniqueArray(text, { minLength: 1, maxLength: 3 }),
        xrefs: fc.uniqueArray(text, { minLength: 1, maxLength: 2 }),
        description: text,
        attributes: fc.dictionary(
          fc.constantFrom("phase", "approved", "note"),
          fc.oneof(text, fc.integer(), fc.boolean()),
          { minKeys: 1 },
        ),
      },
      { requiredKeys: ["name", "category"] },
    )
    .map(({ synonyms, ...rest }) => {
      const others = synonyms?.filter((s) => s !== rest.name) ?? [];
      return { id: `X:${n}`, ...rest, ...(others.length > 0 ? { synonyms: others } : {}) };
    });

const relation: fc.Arbitrary<Relation> = fc
  .record(
    {
      subject: fc.nat(4).map((n) => `X:${n}`),
      predicate: fc.constantFrom("treats", "has_phenotype", "biolink:odd", "p"),
      object: fc.nat(4).map((n) => `X:${n}`),
      negated: fc.constant(true),
      qualifiers: fc.oneof(
        fc.constant({ temporal: { onset: "HP:1", from: "2001" }, clinical: { frequency: "3/5", modifier: "a; b" } }),
        text.map((geography) => ({ spatial: { geography } })),
      ),
      evidence: fc.array(
        text.map((quote) => ({ document: "D:1", quote, knowledgeLevel: "prediction" as const, agent: "x" })),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: ["subject", "predicate", "object", "evidence"] },
  )
  .map((r) => r as Relation);

const graphs = fc.record({
  entities: fc.tuple(...[0, 1, 2, 3, 4].map(entity)),
  relations: fc.array(relation, { maxLength: 12 }),
});

const DOCUMENT: Document = { id: "D:1", title: "One", sections: [{ label: "", text: "Said." }] };

function store(path: string, entities: readonly Entity[], relations: readonly Relation[]) {
  const [graph, documents] = [new GraphStore(join(path, "graph.db")), new DocumentStore(join(path, "documents.db"))];
  graph.putEntities(entities);
  graph.putRelations(relations);
  documents.put([DOCUMENT]);
  return { graph, documents, [Symbol.dispose]: () => (graph.close(), documents.close()) };
}

function contents(graph: GraphStore) {
  return {
    entities: [...graph.entities()].map((e) => e.entity),
    relations: [...graph.relations()].map(({ row, ...rest }) => ({ ...rest, row: row > 0 })),
  };
}

describe("KGX", () => {
  for (const format of ["kgx-tsv", "kgx-jsonl"] as const) {
    it(`(${format}) written and imported gives the same graph, whatever the names are`, async () => {
      await fc.assert(
        fc.asyncProperty(graphs, async ({ entities, relations }) => {
          const home = mkdtempSync(join(folder, "home-"));
          using first = store(home, entities, relations);
          const out = join(home, "out");
          const done = exportGraph(first, format, out);
          expect(done).toMatchObject({ entities: 5, relations: first.graph.counts().relations });
          const problems: unknown[] = [];
          await importSource({
            source: SOURCES.get("kgx")!,
            from: out,
            home,
            seed: () => [],
            onProblem: (p) => problems.push(p),
          });
          const graph = new GraphStore(join(knowledgePath("home", home), "graph.db"), { readOnly: true });
          expect(problems).toEqual([]);
          const [imported, exported] = [contents(graph), contents(first.graph)];
          graph.close();
          const bare = exported.relations.filter((r) => r.evidence.length === 0);
          expect(imported.entities).toEqual(exported.entities);
          // A relation without evidence comes back with the line that says it.
          expect(imported.relations.map((r) => r.id).toSorted()).toEqual(
            exported.relations.map((r) => r.id).toSorted(),
          );
          const evidenced = imported.relations.filter((r) => !bare.some(({ id }) => id === r.id));
          expect(evidenced).toEqual(exported.relations.filter((r) => r.evidence.length > 0));
        }),
        { numRuns: 10 },
      );
    });
  }

  it("can be a piece: what lies around some entities", () => {
    const entities = [0, 1, 2, 3].map((n) => ({ id: `X:${n}`, name: `x${n}`, category: "Gene" }));
    const chain = [0, 1, 2].map((n): Relation => ({
      subject: `X:${n}`,
      predicate: "p",
      object: `X:${n + 1}`,
      evidence: [],
    }));
    using knowledge = store(folder, entities, chain);
    const out = join(folder, "out");
    expect(exportGraph(knowledge, "kgx-tsv", out, { around: ["X:0"], depth: 2 })).toMatchObject({
      entities: 3,
      relations: 2,
    });
    expect(
      readFileSync(join(out, "nodes.tsv"), "utf8")
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.split("\t")[0]),
    ).toEqual(["X:0", "X:1", "X:2"]);
    expect(() => exportGraph(knowledge, "cypher", join(out, "x"), { around: ["X:9"] })).toThrow(
      "X:9 is not in the graph",
    );
    expect(existsSync(join(out, "x"))).toBe(false);
  });
});

describe("GraphML", () => {
  it("is XML that holds every node and edge, whatever the names are", () => {
    fc.assert(
      fc.property(graphs, ({ entities, relations }) => {
        using knowledge = store(mkdtempSync(join(folder, "g-")), entities, relations);
        const path = join(folder, "graph.graphml");
        exportGraph(knowledge, "graphml", path);
        const names: string[] = [];
        let [edges, key, value] = [0, "", ""];
        const parser = new SaxesParser();
        parser.on("error", (error) => {
          throw error;
        });
        parser.on("opentag", ({ name, attributes }) => {
          if (name === "edge") edges++;
          [key, value] = [name === "data" ? String(attributes["key"]) : "", ""];
        });
        parser.on("text", (piece) => (value += piece));
        parser.on("closetag", ({ name }) => name === "data" && key === "name" && names.push(value));
        parser.write(readFileSync(path, "utf8")).close();
        expect(edges).toBe(knowledge.graph.counts().relations);
        expect(names).toEqual(entities.map((e) => shown(e.name)));
      }),
      { numRuns: 10 },
    );
  });
});

describe("Cypher", () => {
  it("holds every text as one literal, also for a lexer that replaces \\uXXXX first", () => {
    fc.assert(
      fc.property(graphs, ({ entities, relations }) => {
        using knowledge = store(mkdtempSync(join(folder, "g-")), entities, relations);
        const path = join(folder, "graph.cypher");
        exportGraph(knowledge, "cypher", path);
        const script = readFileSync(path, "utf8");
        expect(script).toMatch(/^[\x20-\x7e\n]*$/);
        const literals = literalsOf(
          script.replace(/\\u([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        );
        for (const { name } of entities) expect(literals).toContain(name);
        for (const { quote } of relations.flatMap((r) => r.evidence)) {
          expect(literals.join("\n")).toContain(JSON.stringify(quote));
        }
      }),
      { numRuns: 20 },
    );
  });
});

/** What XML 1.0 cannot hold is shown as such. */
function shown(name: string): string {
  // oxlint-disable-next-line no-control-regex -- these it is about
  return name.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
}

/** Texts of the string literals; throws where a literal does not end, or something odd stands outside of them. */
function literalsOf(script: string): string[] {
  const found: string[] = [];
  let outside = "";
  for (let at = 0; at < script.length; at++) {
    if (script[at] !== "'") {
      outside += script[at];
      continue;
    }
    let literal = "";
    for (at++; script[at] !== "'"; at++) {
      if (at >= script.length) throw new Error("a literal without an end");
      if (script[at] === "\\") at++;
      literal += script[at];
    }
    found.push(literal);
  }
  expect(
    outside.replace(
      /\b(?:CREATE CONSTRAINT entity_id IF NOT EXISTS FOR|REQUIRE|IS UNIQUE|UNWIND|AS row|MERGE|MATCH|SET|true|false)\b/g,
      "",
    ),
  ).toMatch(/^[\s\w[\]{}(),:;.=+>-]*$/);
  expect(outside).not.toMatch(/DETACH|DELETE|DROP/);
  return found;
}
