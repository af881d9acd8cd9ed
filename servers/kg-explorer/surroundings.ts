/** A bounded piece of the graph around some entities: those that connect several of them before those that hang on one. */
import { HUB_DEGREE, type PathGraph } from "./paths.ts";

export interface Piece {
  nodes: number[];
  /** Rows of relations. */
  relations: number[];
  notes: string[];
}

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
  for (const node of frontier) {
    if (hubs.has(node)) continue;
    for (const { other, relation } of edgesOf(graph, node)) {
      if (chosen.has(other)) continue;
      const known = touched.get(other);
      if (known) known.push(relation);
      else touched.set(other, [relation]);
    }
  }
  const rarity = (node: number) => graph.degree(node);
  return [...touched].toSorted(([a, one], [b, two]) => two.length - one.length || rarity(a) - rarity(b) || a - b);
}

function keepInner(graph: PathGraph, chosen: ReadonlySet<number>, kept: Set<number>, limit: number): void {
  for (const node of chosen) {
    for (const { other, relation } of edgesOf(graph, node)) {
      if (kept.size >= limit) return;
      if (chosen.has(other)) kept.add(relation);
    }
  }
}

function* edgesOf({ adjacency }: PathGraph, node: number): Generator<{ other: number; relation: number }> {
  if (node > adjacency.nodes) return;
  for (let i = adjacency.starts[node]!; i < adjacency.starts[node + 1]!; i++) {
    yield { other: adjacency.targets[i]!, relation: adjacency.relations[i]! };
  }
}
