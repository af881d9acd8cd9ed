/**
 * A part of the graph, fetched from Neo4j step by step from both ends of a question, in the form in which path searches
 * read a whole graph. Nodes are numbered by row, and the relations of a node come in the order of the embedded store, so
 * that the same search finds the same paths in the same order.
 */
import type { Adjacency } from "../adjacency.ts";
import type { PathGraph } from "../paths.ts";
import type { Run } from "./connection.ts";

/** Relations that are fetched for one question. */
const MOST_EDGES = 400_000;
/** As the embedded store tells pieces of evidence apart. */
const MOST_SUPPORT = 3;

export interface RegionNode {
  row: number;
  id: string;
  name: string;
  /** Asserted relations to others. */
  degree: number;
}

interface Edge {
  row: number;
  subject: number;
  object: number;
  predicate: string;
  support: number;
}

export class Region {
  readonly nodes = new Map<number, RegionNode>();
  readonly #edges = new Map<number, Edge>();
  /** Nodes whose relations are all here, or those of one predicate. */
  readonly #expanded = new Set<string>();
  readonly #run: Run;
  readonly #predicates: readonly string[];
  /** True where not all could be fetched. */
  isCut = false;

  /** @param predicates all names in use in the graph */
  constructor(run: Run, predicates: readonly string[]) {
    this.#run = run;
    this.#predicates = predicates;
  }

  async addById(ids: readonly string[]): Promise<number[]> {
    const found = await this.#run(
      "UNWIND $ids AS id MATCH (e:Entity {id: id}) RETURN e.row AS row, e.id AS id, e.name AS name, e.degree AS degree",
      { ids },
    );
    for (const { row, id, name, degree } of found) this.#addNode(row, id, name, degree);
    const rows = new Map([...this.nodes.values()].map(({ id, row }) => [id, row]));
    return ids.map((id) => rows.get(id)!);
  }

  /** Fetches the relations of these nodes (those of one predicate where named). @returns the nodes at the other ends, ascending */
  async expand(rows: readonly number[], predicate?: string): Promise<number[]> {
    const wanted = rows.filter((row) => !this.#expanded.has(keyOf(row, predicate)));
    if (wanted.length > 0) await this.#fetch(wanted, predicate);
    const others = new Set<number>();
    const from = new Set(rows);
    for (const edge of this.#edges.values()) {
      if (predicate !== undefined && edge.predicate !== predicate) continue;
      if (from.has(edge.subject)) others.add(edge.object);
      if (from.has(edge.object)) others.add(edge.subject);
    }
    return [...others].toSorted((a, b) => a - b);
  }

  isExpanded(row: number): boolean {
    return this.#expanded.has(keyOf(row));
  }

  /** The region as a graph of its own; `rows[n]` is the row of node n. */
  graph(steps: PathGraph["steps"]): {
    graph: PathGraph;
    rows: number[];
    nodeAt: (row: number) => number;
    relationAt: (relation: number) => number;
  } {
    const rows = [...this.nodes.keys()].toSorted((a, b) => a - b);
    const places = new Map(rows.map((row, i) => [row, i]));
    const predicates = new Map(this.#predicates.map((name, i) => [name, i + 1]));
    const edges = [...this.#edges.values()];
    for (const { predicate } of edges) if (!predicates.has(predicate)) predicates.set(predicate, predicates.size + 1);
    const degree = (node: number) => this.nodes.get(rows[node]!)!.degree;
    const adjacency = arrange(edges, places, predicates, (row) => this.nodes.get(row)!.degree);
    return {
      rows,
      nodeAt: (row) => places.get(row)!,
      relationAt: (relation) => edges[relation]!.row,
      graph: {
        adjacency,
        degree,
        predicate: (name) => predicates.get(name),
        label: (node) => this.nodes.get(rows[node]!)!.name,
        hasEvidence: (relation) => edges[relation]!.support > 0,
        steps,
      },
    };
  }

  async #fetch(rows: readonly number[], predicate: string | undefined): Promise<void> {
    const [expected] = await this.#run(
      "UNWIND $rows AS row MATCH (e:Entity {row: toInteger(row)}) RETURN sum(e.degree) AS edges",
      { rows },
    );
    if (this.#edges.size + Number(expected!["edges"]) > MOST_EDGES && predicate === undefined) {
      this.isCut = true;
      return;
    }
    const found = await this.#run(
      `UNWIND $rows AS row MATCH (e:Entity {row: toInteger(row)})-[r:RELATES]-(o:Entity)
       WHERE NOT r.negated AND e <> o AND ($predicate IS NULL OR r.predicate = $predicate)
       WITH o, collect([r.row, e.row, startNode(r) = e, r.predicate, size(r.evidence)]) AS edges
       RETURN o.row AS row, o.id AS id, o.name AS name, o.degree AS degree, edges LIMIT toInteger($most)`,
      { rows, predicate: predicate ?? null, most: MOST_EDGES },
    );
    if (found.length >= MOST_EDGES) this.isCut = true;
    for (const { row, id, name, degree, edges } of found) {
      this.#addNode(row, id, name, degree);
      for (const [relation, own, isOut, label, evidence] of edges as [number, number, boolean, string, number][]) {
        const [subject, object] = isOut ? [own, row as number] : [row as number, own];
        const support = Math.min(evidence, MOST_SUPPORT);
        this.#edges.set(relation, { row: relation, subject, object, predicate: label, support });
      }
    }
    for (const row of rows) this.#expanded.add(keyOf(row, predicate));
  }

  #addNode(row: unknown, id: unknown, name: unknown, degree: unknown): void {
    if (this.nodes.has(row as number)) return;
    this.nodes.set(row as number, {
      row: row as number,
      id: id as string,
      name: name as string,
      degree: degree as number,
    });
  }
}

function keyOf(row: number, predicate?: string): string {
  return predicate === undefined ? String(row) : `${row} ${predicate}`;
}

/** Outgoing before incoming; within each the well supported first, then those to rarer entities, then by row. */
function arrange(
  edges: readonly Edge[],
  places: ReadonlyMap<number, number>,
  predicates: ReadonlyMap<string, number>,
  degreeOf: (row: number) => number,
): Adjacency {
  const lists: { to: number; relation: number; isOut: boolean; degree: number }[][] = Array.from(places, () => []);
  edges.forEach(({ subject, object }, relation) => {
    const [from, to] = [places.get(subject)!, places.get(object)!];
    lists[from]!.push({ to, relation, isOut: true, degree: degreeOf(object) });
    lists[to]!.push({ to: from, relation, isOut: false, degree: degreeOf(subject) });
  });
  const starts = new Int32Array(lists.length + 1);
  lists.forEach((list, i) => (starts[i + 1] = starts[i]! + list.length));
  const size = starts[lists.length]!;
  const adjacency: Adjacency = {
    starts,
    targets: new Int32Array(size),
    predicates: new Uint16Array(size),
    relations: new Int32Array(size),
    nodes: lists.length - 1,
  };
  lists.forEach((list, node) => {
    list.sort(
      (a, b) =>
        Number(b.isOut) - Number(a.isOut) ||
        edges[b.relation]!.support - edges[a.relation]!.support ||
        a.degree - b.degree ||
        edges[a.relation]!.row - edges[b.relation]!.row,
    );
    list.forEach(({ to, relation }, i) => {
      const at = starts[node]! + i;
      adjacency.targets[at] = to;
      adjacency.relations[at] = relation;
      adjacency.predicates[at] = predicates.get(edges[relation]!.predicate)!;
    });
  });
  return adjacency;
}
