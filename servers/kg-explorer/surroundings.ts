/** A bounded piece of the graph around some entities: those that connect several of them before those that hang on one. */
import { HUB_DEGREE, type PathGraph } from "./paths.ts";

export interface Piece {
  nodes: number[];
  /** Rows of relations. */
  relations: number[];
  notes: string[];
}

/** Relations of one entity that are looked at: a hub's best supported, and of these those to the rarest (see `arrangeEdges`). */
const MOST_OF_ONE = 2000;

/** Grows `depth` steps from `seeds` (rows) and keeps at most `limit` relations among the entities reached. */
export function gatherAround(graph: PathGraph, seeds: readonly number[], depth: number, limit: number): Piece {
  const chosen = new Set(seeds);
  const kept = new Set<number>();
  const notes: string[] = [];
  keepInner(graph, chosen, kept, limit);
  let frontier = [...chosen];
  let full = kept.size >= limit;
  for (let step = 0; step < depth && !full; step++) {
    const hubs = step === 0 ? [] : frontier.filter((node) => graph.degree(node) > HUB_DEGREE);
    if (hubs.length > 0)
      notes.push(
        `not expanded (hubs): ${hubs
          .slice(0, 5)
          .map((n) => graph.label(n))
          .join(", ")}`,
      );
    const touched = touchedFrom(graph, frontier, chosen, new Set(hubs));
    frontier = [];
    for (const [node, relations] of touched) {
      full = kept.size + relations.length > limit;
      if (full) break;
      chosen.add(node);
      frontier.push(node);
      for (const relation of relations) kept.add(relation);
    }
    keepInner(graph, chosen, kept, limit);
    full ||= kept.size >= limit;
  }
  const cut = seeds.filter((node) => graph.degree(node) > MOST_OF_ONE);
  if (cut.length > 0) {
    notes.push(`of ${cut.map((n) => graph.label(n)).join(", ")} only ${MOST_OF_ONE} relations were looked at (hubs)`);
  }
  if (full) notes.push(`stopped at ${limit} relations: there may be more; get_neighbors lists all of one entity`);
  return { nodes: [...chosen], relations: [...kept], notes };
}

/** Entities one step outside, with the relations that reach them: most relations first, then the rarer entity. */
function touchedFrom(
  graph: PathGraph,
  frontier: readonly number[],
  chosen: ReadonlySet<number>,
  hubs: ReadonlySet<number>,
): [number, number[]][] {
  const touched = new Map<number, number[]>();
  const { starts, targets, relations } = graph.adjacency;
  for (const node of frontier) {
    if (hubs.has(node) || node > graph.adjacency.nodes) continue;
    const end = Math.min(starts[node + 1]!, starts[node]! + MOST_OF_ONE);
    for (let i = starts[node]!; i < end; i++) {
      const other = targets[i]!;
      if (chosen.has(other)) continue;
      const known = touched.get(other);
      if (known) known.push(relations[i]!);
      else touched.set(other, [relations[i]!]);
    }
  }
  const rarity = (node: number) => graph.degree(node);
  return [...touched].toSorted(([a, one], [b, two]) => two.length - one.length || rarity(a) - rarity(b) || a - b);
}

/** Relations among what is chosen; those of a hub are found from their other ends. */
function keepInner(graph: PathGraph, chosen: ReadonlySet<number>, kept: Set<number>, limit: number): void {
  const { starts, targets, relations, nodes } = graph.adjacency;
  for (const node of chosen) {
    if (node > nodes || graph.degree(node) > MOST_OF_ONE) continue;
    for (let i = starts[node]!; i < starts[node + 1]!; i++) {
      if (kept.size >= limit) return;
      if (chosen.has(targets[i]!)) kept.add(relations[i]!);
    }
  }
}
