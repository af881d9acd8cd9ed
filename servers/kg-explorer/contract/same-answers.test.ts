/** The same random questions about the same random graphs, to both stores: the answers are the same, in the same order. */
import { describe, expect, it } from "vitest";
import { documentText, type Document } from "../../../schemas/index.ts";
import type { Explorer } from "../explorer.ts";
import { randomRecords } from "../testing/random-graph.ts";
import type { SmallGraph } from "../testing/small-graph.ts";
import { STORES } from "../testing/stores.ts";

const [embedded, neo4j] = STORES;
const ENTITIES = 24;
const PREDICATES = ["causes", "has_phenotype", "treats"];

function randomGraph(seed: number): SmallGraph {
  const records = randomRecords(seed, ENTITIES, 20 + seed * 12);
  const quotes = Array.from({ length: 9 }, (_, i) => `quote ${i}`).join("\n");
  const documents: Document[] = Array.from({ length: 15 }, (_, i) => ({
    id: `NOTE:${i}`,
    title: `Note ${i}`,
    sections: [{ label: "", text: quotes }],
  }));
  expect(documentText(documents[0]!)).toContain("quote 8");
  return {
    entities: records.flatMap((r) => (r.type === "entity" ? [r.entity] : [])),
    relations: records.flatMap((r) => (r.type === "relation" ? [r.relation] : [])),
    documents,
  };
}

/** Of several longest chains either may be found. */
function lengthOf({ paths, bound, optimal }: Awaited<ReturnType<Explorer["paths"]>>) {
  return { length: paths?.[0]?.length, bound, optimal };
}

/** Questions of every kind; each is asked of both. */
function* questions(seed: number): Generator<[string, (explorer: Explorer) => Promise<unknown>]> {
  const id = (n: number) => `T:${(n * 7 + seed) % ENTITIES}`;
  yield ["describe", (e) => e.describe()];
  for (const query of [
    "thing number 3",
    "thnig number 3",
    "alias 4 b",
    "shared 2",
    "X:5",
    "Y:3",
    "thing",
    "alias 3 causes thing number 1",
  ]) {
    yield [`find ${query}`, (e) => e.find(query, { limit: 20 })];
  }
  for (let n = 0; n < 8; n++) {
    const predicates = [PREDICATES[n % 3]!];
    yield [`card ${id(n)}`, (e) => e.card(id(n))];
    yield [`neighbors ${id(n)}`, (e) => e.neighbors({ id: id(n), limit: 100 })];
    yield [
      `filtered ${id(n)}`,
      (e) => e.neighbors({ id: id(n), predicates, categories: ["Gene", "Disease"], direction: "out" }),
    ];
    yield [`evidence ${id(n)}`, (e) => e.evidence({ subject: id(n), predicate: predicates[0]! })];
    yield [`between ${id(n)}`, (e) => e.evidence({ subject: id(n), object: id(n + 1) })];
    yield [`paths ${id(n)}`, (e) => e.paths({ from: id(n), to: id(n + 3), k: 10, maxLength: 3 + (n % 3) })];
    yield [`filtered paths ${id(n)}`, (e) => e.paths({ from: id(n), to: id(n + 2), k: 3, predicates })];
    yield [
      `metapath ${id(n)}`,
      (e) =>
        e.paths({
          from: id(n),
          to: id(n + 5),
          mode: "metapath",
          predicates: [...predicates, PREDICATES[(n + 1) % 3]!],
          k: 10,
        }),
    ];
    yield [
      `ends ${id(n)}`,
      (e) =>
        e.paths({
          from: id(n),
          mode: "metapath",
          predicates: [...predicates, predicates[0]!],
          ways: 1 + (n % 2),
          k: 5,
        }),
    ];
    yield [
      `longest ${id(n)}`,
      async (e) => lengthOf(await e.paths({ from: id(n), mode: "longest", predicates: PREDICATES })),
    ];
    yield [
      `with context ${id(n)}`,
      (e) => e.neighbors({ id: id(n), qualifier: n % 2 ? "frequency=2" : "1/3", evidence: n % 3 > 0 }),
    ];
    yield [`subgraph ${id(n)}`, (e) => e.subgraph([id(n), id(n + 4)], 1 + (n % 2), 15)];
  }
}

describe.skipIf(neo4j!.missing)("both stores", () => {
  it.each([1, 2, 3, 4])("answer the same about random graph %i", async (seed) => {
    const graph = randomGraph(seed);
    const one = await embedded!.open(graph);
    const other = await neo4j!.open(graph);
    try {
      for (const [what, ask] of questions(seed)) {
        const settled = await Promise.allSettled([ask(one.explorer), ask(other.explorer)]);
        const [here, there] = settled.map((s) => (s.status === "fulfilled" ? s.value : { failure: String(s.reason) }));
        expect(there, what).toEqual(here);
      }
    } finally {
      await one.close();
      await other.close();
    }
  });
});
