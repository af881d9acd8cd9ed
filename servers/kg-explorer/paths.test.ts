import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Entity, Relation } from "../../schemas/index.ts";
import { degree, type Adjacency } from "./adjacency.ts";
import { explorerOver, type Explorer } from "./index.ts";
import { findPaths, HUB_DEGREE, stepsBetween, type PathGraph } from "./paths.ts";
import { openSmallGraph, SMALL } from "./testing/small-graph.ts";

const entity = (id: string, category: string): Entity => ({ id, category, name: id.slice(2) });
const relation = (subject: string, predicate: string, object: string): Relation => ({
  subject,
  predicate,
  object,
  evidence: [],
});

/** Two genes whose only short connection is a hub, and a long way round. */
function hubGraph() {
  const many = Array.from({ length: HUB_DEGREE + 1 }, (_, i) => `D:disease-${i}`);
  return {
    entities: [
      entity("I:dominant", "InheritanceMode"),
      ...many.map((id) => entity(id, "Disease")),
      entity("G:one", "Gene"),
      entity("G:two", "Gene"),
    ],
    relations: [
      ...many.map((id) => relation(id, "has_mode_of_inheritance", "I:dominant")),
      relation("G:one", "causes", "D:disease-1"),
      relation("G:two", "causes", "D:disease-2"),
    ],
    documents: [],
  };
}

describe("find_paths over a stored graph", () => {
  let explorer: Explorer;
  let remove: () => void;
  beforeAll(() => {
    const { knowledge, ...rest } = openSmallGraph(SMALL);
    ({ remove } = rest);
    ({ explorer } = explorerOver(knowledge));
  });
  afterAll(() => remove());

  it("walks from a merger to a mechanism, against the direction of relations where needed", async () => {
    const { paths, relations } = await explorer.paths({ from: "Sandoz", to: "neprilysin" });
    expect(paths).toEqual([
      {
        nodes: ["ORG:sandoz", "ORG:novartis", "DRUG:entresto", "DRUG:sacubitril", "PR:neprilysin"],
        relations: relations!.map((r) => r.id),
        length: 4,
      },
    ]);
    expect(relations!.map((r) => r.predicate)).toEqual([
      "formed_by_merger_of",
      "manufactured_by",
      "has_active_ingredient",
      "inhibits",
    ]);
  });

  it("gives the shortest first and then longer ones", async () => {
    const { paths } = await explorer.paths({ from: "OMIM:154700", to: "OMIM:129600", k: 5 });
    expect(paths.map((p) => p.nodes[1])).toEqual(["NCBIGene:2200", "HP:0001083"]);
  });

  it("follows a metapath", async () => {
    const { paths, reason } = await explorer.paths({
      from: "OMIM:154700",
      to: "OMIM:129600",
      mode: "metapath",
      predicates: ["has_phenotype", "has_phenotype"],
    });
    expect(paths.map((p) => p.nodes[1])).toEqual(["HP:0001083"]);
    expect(reason).toBeUndefined();
  });

  it("never walks a negated relation: Marfan syndrome does not show seizures", async () => {
    const { paths } = await explorer.paths({ from: "OMIM:154700", to: "Fabry disease", maxLength: 6 });
    expect(paths).toEqual([]);
  });

  it.each([
    [{ from: "Sandoz", to: "LONELY1" }, "not connected"],
    [{ from: "Sandoz", to: "neprilysin", maxLength: 3 }, "too far: the shortest connection has 4 steps"],
    [{ from: "Sandoz", to: "Entresto", predicates: ["treats"] }, "filtered"],
    [{ from: "Sandoz", to: "Sandoz" }, "the same entity"],
    [{ from: "Sandoz", to: "Entresto", mode: "metapath" as const, predicates: ["treats"] }, "filtered"],
  ])("says why there is no path: %o", async (query, why) => {
    const { paths, reason, outcomes } = await explorer.paths(query);
    expect(paths).toEqual([]);
    expect(reason).toContain(why);
    expect(outcomes).toMatchObject([{ outcome: "empty" }]);
  });

  it("leaves out whole paths where the answer would grow too large", async () => {
    const wide = { ...SMALL, entities: [...SMALL.entities], relations: [...SMALL.relations] };
    for (let i = 0; i < 20; i++) {
      const id = `DRUG:between-${i}`;
      wide.entities.push(entity(id, "Drug"));
      for (const end of ["ORG:sandoz", "ORG:ciba-geigy"]) {
        const evidence = { document: "NOTE:1", quote: "word ".repeat(200), agent: "manual_agent" };
        wide.relations.push({
          ...relation(id, "manufactured_by", end),
          evidence: [{ ...evidence, knowledgeLevel: "knowledge_assertion" }],
        });
      }
    }
    const { knowledge, remove } = openSmallGraph(wide);
    const answer = await explorerOver(knowledge).explorer.paths({ from: "Sandoz", to: "Ciba-Geigy", k: 20 });
    remove();
    const shown = new Set(answer.relations!.map((r) => r.id));
    for (const path of answer.paths) for (const id of path.relations) expect(shown).toContain(id);
    expect(answer.notes).toContain(`${20 - answer.paths.length} more paths left out for size`);
    expect(JSON.stringify(answer).length).toBeLessThan(32 * 1024);
  });

  it("gathers what connects several entities before what hangs on one", async () => {
    const { entities, relations } = await explorer.subgraph(["OMIM:154700", "OMIM:129600"], 1, 4);
    expect(entities.slice(2).map((e) => e.name)).toEqual(["FBN1", "Ectopia lentis"]);
    expect(relations).toHaveLength(4);
    const small = await explorer.subgraph(["Novartis"], 2, 3);
    expect(small.notes![0]).toContain("stopped at 3 relations");
  });
});

describe("hubs", () => {
  it("are held back, and the answer says so", async () => {
    const { knowledge, remove } = openSmallGraph(hubGraph());
    const { explorer } = explorerOver(knowledge);
    const held = await explorer.paths({ from: "G:one", to: "G:two" });
    expect(held.paths).toEqual([]);
    expect(held.reason).toContain(`capped: connected in 4 steps only over hubs (dominant (${HUB_DEGREE + 1}))`);
    const asked = await explorer.paths({
      from: "G:one",
      to: "G:two",
      mode: "metapath",
      predicates: ["causes", "has_mode_of_inheritance", "has_mode_of_inheritance", "causes"],
    });
    expect(asked.paths).toHaveLength(1);
    remove();
  });
});

describe("findPaths", () => {
  it("agrees with trying every simple path", () => {
    const edge = fc.tuple(fc.nat(7), fc.nat(2), fc.nat(7)).filter(([a, , b]) => a !== b);
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 20 }), fc.integer({ min: 1, max: 5 }), (edges, maxLength) => {
        const graph = pathGraph(edges);
        const query = { from: 0, to: 1, maxLength, k: 1000, mode: "shortest" } as const;
        const found = findPaths(graph, query).paths.map((p) => p.nodes);
        expect(found.map((nodes) => nodes.length)).toEqual(
          found.map((nodes) => nodes.length).toSorted((a, b) => a - b),
        );
        expect(new Set(found.map(String))).toEqual(new Set(everyPath(edges, maxLength).map(String)));
        expect(found).toHaveLength(new Set(found.map(String)).size);
      }),
      { numRuns: 300 },
    );
  });
});

type EdgeList = [number, number, number][];

function pathGraph(edges: EdgeList): PathGraph {
  const lists = Array.from({ length: 8 }, () => [] as { to: number; predicate: number; relation: number }[]);
  edges.forEach(([from, predicate, to], relation) => {
    lists[from]!.push({ to, predicate, relation });
    lists[to]!.push({ to: from, predicate, relation });
  });
  const starts = [0];
  for (const list of lists) starts.push(starts.at(-1)! + list.length);
  const all = lists.flat();
  const adjacency: Adjacency = {
    starts: Int32Array.from(starts),
    targets: Int32Array.from(all, (e) => e.to),
    predicates: Uint16Array.from(all, (e) => e.predicate),
    relations: Int32Array.from(all, (e) => e.relation),
    nodes: 7,
  };
  return {
    adjacency,
    degree: (node) => degree(adjacency, node),
    predicate: Number,
    label: String,
    hasEvidence: () => false,
    steps: (from, to) => stepsBetween(adjacency, from, to, undefined),
  };
}

function everyPath(edges: EdgeList, maxLength: number): number[][] {
  const found: number[][] = [];
  const walk = (path: number[]) => {
    const last = path.at(-1)!;
    if (last === 1) found.push(path);
    else if (path.length <= maxLength) {
      for (const [a, , b] of edges) {
        const next = a === last ? b : b === last ? a : undefined;
        if (next !== undefined && !path.includes(next)) walk([...path, next]);
      }
    }
  };
  walk([0]);
  return [...new Map(found.map((path) => [String(path), path])).values()];
}
