/** The graph as typed arrays, as the path searches read it; made and kept by the store. */
import type { Adjacency } from "../knowledge/index.ts";

export type { Adjacency } from "../knowledge/index.ts";

export function degree(graph: Adjacency, node: number): number {
  return node > graph.nodes ? 0 : graph.starts[node + 1]! - graph.starts[node]!;
}
