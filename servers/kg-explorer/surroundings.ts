/** A bounded piece of the graph around some entities: those that connect several of them before those that hang on one. */
import { degree } from "./adjacency.ts";
import { HUB_DEGREE, type PathGraph } from "./paths.ts";

/** Grows `depth` steps from `seeds` (rows) and keeps at most `limit` relations among the entities reached. */
export function gatherAround(
  graph: PathGraph,
  seeds: readonly number[],
  depth: number,
  limit: number,
): { nodes: number[]; relations: number[]; notes: string[] } {
  const { starts, targets, relations, nodes: last } = graph.adjacency;
  const chosen = new Set(seeds);
  const kept = new Set<number>();
  const notes: string[] = [];
  const edgesOf = function* (node: number) {
    if (node > last) return;
    for (let i = starts[node]!; i < starts[node + 1]!; i++) yield { other: targets[i]!, relation: relations[i]! };
  };
  const keepInner = () => {
    for (const node of chosen) {
      for (const { other, relation } of edgesOf(node)) if (chosen.has(other) && kept.size < limit) kept.add(relation);
    }
  };
  keepInner();
  let frontier = [...chosen];
  for (let step = 0; step < depth && kept.size < limit; step++) {
    const hubs = frontier.filter((node) => degree(graph.adjacency, node) > HUB_DEGREE && step > 0);
    if (hubs.length > 0) notes.push(`not expanded (hubs): ${hubs.slice(0, 5).map((node) => graph.label(node)).join(", ")}`);
    const touched = new Map<number, number[]>();
    for (const node of frontier.filter((n) => !hubs.includes(n))) {
      for (const { other, relation } of edgesOf(node)) {
        if (chosen.has(other)) continue;
        const known = touched.get(other);
        if (known) known.push(relation);
        else touched.set(other, [relation]);
      }
    }
    const order = [...touched].toSorted(
      ([a, ra], [b, rb]) => rb.length - ra.length || degree(graph.adjacency, a) - degree(graph.adjacency, b) || a - b,
    );
    frontier = [];
    for (const [node, reached] of order) {
      if (kept.size + reached.length > limit) {
        notes.push(`cut at ${limit} relations: ${order.length - frontier.length} more entities at step ${step + 1}`);
        break;
      }
      chosen.add(node);
      frontier.push(node);
      for (const relation of reached) kept.add(relation);
    }
    keepInner();
  }
  return { nodes: [...chosen], relations: [...kept], notes };
}
