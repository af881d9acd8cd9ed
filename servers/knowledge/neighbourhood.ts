/** What lies around an entity: counts before expansion, neighbours in a fixed order, relations between two. */
import { asideOf, type GraphArrays } from "./adjacency.ts";
import type { EntityBrief, GraphStore } from "./graph.ts";

export type Direction = "out" | "in";

export interface RelationCount {
  predicate: string;
  direction: Direction;
  count: number;
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
  /** Only relations with evidence (true), or without any (false). */
  evidence?: boolean | undefined;
  /** Only relations in whose qualifiers this stands: a text, or `frequency=12/30`. See `qualifierText`. */
  qualifier?: string | undefined;
}

/** What to look for in the qualifiers of a relation, as JSON in lower case. */
export function qualifierText(wanted: string): string {
  const [key, value] = wanted
    .toLowerCase()
    .split("=", 2)
    .map((part) => JSON.stringify(part.trim()).slice(1, -1));
  return value === undefined ? key! : `"${key}":"${value}`;
}

interface Entry extends Neighbour {
  predicate: number;
  negated: boolean;
  support: number;
}

export function briefAt(graph: GraphStore, row: number): EntityBrief {
  return graph.briefAt(row);
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
  const counts = { out: new Map<number, number>(), in: new Map<number, number>() };
  for (const { predicate, direction } of entriesOf(graph.arrays(), row)) {
    counts[direction].set(predicate, (counts[direction].get(predicate) ?? 0) + 1);
  }
  const names = new Map([...predicateRows(graph)].map(([name, predicate]) => [predicate, name]));
  const all = (["in", "out"] as const).flatMap((direction) =>
    [...counts[direction]].map(([predicate, count]) => ({ predicate: names.get(predicate)!, direction, count })),
  );
  return all.toSorted(
    (a, b) => b.count - a.count || compare(a.predicate, b.predicate) || compare(a.direction, b.direction),
  );
}

export function degreeOf(graph: GraphStore, row: number): number {
  const arrays = graph.arrays();
  return row > arrays.nodes ? 0 : arrays.starts[row + 1]! - arrays.starts[row]! + asideOf(arrays, row).length;
}

/**
 * The neighbourhood in a fixed order: relations with evidence first, asserted before negated, then by the
 * neighbour's name, its id and the relation. Rows only: a page of them is expanded by the caller.
 */
export function neighboursOf(graph: GraphStore, row: number, filter: NeighbourFilter = {}): Neighbour[] {
  const { direction = "both" } = filter;
  const predicates = filter.predicates?.length ? predicateSet(graph, filter.predicates) : undefined;
  const categories = filter.categories?.length ? new Set(filter.categories) : undefined;
  const entries = [...entriesOf(graph.arrays(), row)].filter(
    (e) =>
      (direction === "both" || e.direction === direction) &&
      (!predicates || predicates.has(e.predicate)) &&
      (filter.evidence === undefined || e.support > 0 === filter.evidence),
  );
  const text = filter.qualifier === undefined ? undefined : qualifierText(filter.qualifier);
  const others = briefs(graph, entries);
  return entries
    .filter((e) => !categories || categories.has(others.get(e.other)!.category))
    .filter((e) => text === undefined || qualifiersOf(graph, e.relation).includes(text))
    .map((entry) => ({ entry, ...others.get(entry.other)! }))
    .toSorted(
      (a, b) =>
        Number(b.entry.support > 0) - Number(a.entry.support > 0) ||
        Number(a.entry.negated) - Number(b.entry.negated) ||
        compare(a.key, b.key) ||
        compare(a.id, b.id) ||
        a.entry.relation - b.entry.relation,
    )
    .map(({ entry: { relation, other, direction: way } }) => ({ relation, other, direction: way }));
}

/** Rows of the relations between two entities, in either direction. */
export function relationsBetween(graph: GraphStore, one: number, other: number): number[] {
  const [near, far] = degreeOf(graph, one) <= degreeOf(graph, other) ? [one, other] : [other, one];
  const rows = new Set<number>();
  for (const entry of entriesOf(graph.arrays(), near)) if (entry.other === far) rows.add(entry.relation);
  return [...rows].toSorted((a, b) => a - b);
}

/** All relations of the entity, one from itself to itself seen from both ends. */
function* entriesOf(arrays: GraphArrays, row: number): Generator<Entry> {
  if (row > arrays.nodes) return;
  const { starts, incoming, targets, predicates, relations, support } = arrays;
  for (let i = starts[row]!; i < starts[row + 1]!; i++) {
    yield {
      relation: relations[i]!,
      other: targets[i]!,
      direction: i < incoming[row]! ? "out" : "in",
      predicate: predicates[i]!,
      negated: false,
      support: support[i]!,
    };
  }
  for (const { target, outgoing, ...entry } of asideOf(arrays, row)) {
    yield { ...entry, other: target, direction: outgoing ? "out" : "in" };
  }
}

function qualifiersOf(graph: GraphStore, relation: number): string {
  return JSON.stringify(graph.relationAt(relation).qualifiers ?? {}).toLowerCase();
}

function predicateSet(graph: GraphStore, names: readonly string[]): Set<number | undefined> {
  const rows = predicateRows(graph);
  return new Set(names.map((name) => rows.get(name)).filter((found) => found !== undefined));
}

/** What the entities at the other ends are called, and the key they are ordered by: all in one query, since a hub has many. */
function briefs(graph: GraphStore, entries: readonly Entry[]) {
  const rows = [...new Set(entries.map((e) => e.other))];
  const found = graph.select(
    "SELECT e.row, e.id, e.name, e.category FROM json_each(?) j JOIN entities e ON e.row = j.value",
    JSON.stringify(rows),
  );
  return new Map(
    found.map((r) => [
      Number(r["row"]),
      { id: r["id"] as string, category: r["category"] as string, key: (r["name"] as string).toLowerCase() },
    ]),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
