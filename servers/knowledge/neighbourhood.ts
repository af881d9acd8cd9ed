/** What lies around an entity, asked of `graph.db` by index: counts before expansion, neighbours in a fixed order, relations between two. */
import type { GraphStore } from "./graph.ts";

export type Direction = "out" | "in";

export interface RelationCount {
  predicate: string;
  direction: Direction;
  count: number;
}

/** An entity as a line in a list. */
export interface EntityBrief {
  row: number;
  id: string;
  name: string;
  category: string;
}

/** One relation of an entity, and who stands at its other end. */
export interface Neighbour {
  /** Row of the relation. */
  relation: number;
  /** Row of the other end. */
  other: number;
  direction: Direction;
}

export interface NeighbourFilter {
  predicates?: readonly string[] | undefined;
  categories?: readonly string[] | undefined;
  direction?: Direction | "both" | undefined;
}

export function briefAt(graph: GraphStore, row: number): EntityBrief {
  const [found] = graph.select("SELECT id, name, category FROM entities WHERE row = ?", row);
  if (!found) throw new Error(`graph.db has no entity in row ${row}`);
  return { row, id: found["id"] as string, name: found["name"] as string, category: found["category"] as string };
}

/** Categories in use, by name. */
export function categoryNames(graph: GraphStore): string[] {
  return graph.select("SELECT DISTINCT category FROM entities ORDER BY category").map((r) => r["category"] as string);
}

/** Predicates and their rows, by name. */
export function predicateRows(graph: GraphStore): Map<string, number> {
  const rows = graph.select("SELECT name, row FROM predicates ORDER BY name");
  return new Map(rows.map((r) => [r["name"] as string, Number(r["row"])]));
}

/** Relations of the entity per predicate and direction, most first. */
export function relationCounts(graph: GraphStore, row: number): RelationCount[] {
  return graph
    .select(
      `SELECT p.name AS predicate, c.direction, c.n FROM (
         SELECT predicate, 'out' AS direction, count(*) AS n FROM relations WHERE subject = ?1 GROUP BY predicate
         UNION ALL SELECT predicate, 'in', count(*) FROM relations WHERE object = ?1 GROUP BY predicate) c
       JOIN predicates p ON p.row = c.predicate ORDER BY c.n DESC, p.name, c.direction`,
      row,
    )
    .map((r) => ({
      predicate: r["predicate"] as string,
      direction: r["direction"] as Direction,
      count: Number(r["n"]),
    }));
}

export function degreeOf(graph: GraphStore, row: number): number {
  const [found] = graph.select(
    "SELECT (SELECT count(*) FROM relations WHERE subject = ?1) + (SELECT count(*) FROM relations WHERE object = ?1) AS n",
    row,
  );
  return Number(found!["n"]);
}

/**
 * The neighbourhood in a fixed order: relations with evidence first, asserted before negated, then by the
 * neighbour's name, its id and the relation. Rows only: a page of them is expanded by the caller.
 */
export function neighboursOf(graph: GraphStore, row: number, filter: NeighbourFilter = {}): Neighbour[] {
  const { predicates, categories, direction = "both" } = filter;
  const parts: string[] = [];
  if (direction !== "in") parts.push(side("subject", "object", "out"));
  if (direction !== "out") parts.push(side("object", "subject", "in"));
  const conditions: string[] = [];
  const values: (string | number)[] = [row];
  if (predicates?.length) {
    conditions.push("p.name IN (SELECT value FROM json_each(?2))");
    values.push(JSON.stringify(predicates));
  }
  if (categories?.length) {
    conditions.push(`e.category IN (SELECT value FROM json_each(?${values.length + 1}))`);
    values.push(JSON.stringify(categories));
  }
  return graph
    .select(
      `SELECT n.relation, n.other, n.direction FROM (${parts.join(" UNION ALL ")}) n
       JOIN predicates p ON p.row = n.predicate JOIN entities e ON e.row = n.other
       ${conditions.length > 0 ? `WHERE ${conditions.join(" AND ")}` : ""}
       ORDER BY EXISTS (SELECT 1 FROM evidence x WHERE x.relation = n.relation) DESC, n.negated, e.name COLLATE NOCASE, e.id, n.relation`,
      ...values,
    )
    .map((r) => ({
      relation: Number(r["relation"]),
      other: Number(r["other"]),
      direction: r["direction"] as Direction,
    }));
}

/** Rows of the relations between two entities, in either direction. */
export function relationsBetween(graph: GraphStore, one: number, other: number): number[] {
  return graph
    .select(
      "SELECT row FROM relations WHERE subject = ?1 AND object = ?2 UNION SELECT row FROM relations WHERE subject = ?2 AND object = ?1 ORDER BY row",
      one,
      other,
    )
    .map((r) => Number(r["row"]));
}

function side(own: string, other: string, direction: Direction): string {
  return `SELECT row AS relation, ${other} AS other, predicate, negated, '${direction}' AS direction FROM relations WHERE ${own} = ?1`;
}
