/** What can be left out of a graph without losing its longest induced path. */
import { partOf, type ChainGraph } from "./graph.ts";

export interface Reduced {
  graph: ChainGraph;
  /** Node i of `graph` is `nodes[i]` of the graph that was reduced. */
  nodes: number[];
}

/**
 * The graph on `nodes` without twins: of nodes with the same neighbours a path of more than two edges holds at most one,
 * since two of them would close a circle; the same holds for neighbours that have the same other neighbours. The first of `nodes` is kept where it is `pinned`, as the start that it is.
 */
export function reduced(graph: ChainGraph, nodes: readonly number[], pinned: boolean): Reduced {
  let kept = [...nodes];
  let part = partOf(graph, kept);
  // With times, twins are none.
  if (graph.times) return { graph: part, nodes: kept };
  for (;;) {
    const single = withoutTwins(part, pinned);
    if (single.length === part.size) return { graph: part, nodes: kept };
    kept = single.map((i) => kept[i]!);
    part = partOf(part, single);
  }
}

/** One node of each class of twins: of those with the same neighbours, and of those that are neighbours and have the same others. */
function withoutTwins(graph: ChainGraph, pinned: boolean): number[] {
  const seen = new Set<string>();
  const kept: number[] = [];
  for (let v = 0; v < graph.size; v++) {
    const more = `|${graph.chords[v]!.join()}|${graph.ends[v]}`;
    const apart = `${graph.walk[v]!.join()}${more}`;
    const together = `+${withSelf(graph.walk[v]!, v).join()}${more}`;
    if (!(pinned && v === 0)) {
      if (seen.has(apart) || seen.has(together)) continue;
      seen.add(apart).add(together);
    }
    kept.push(v);
  }
  return kept;
}

function withSelf(neighbours: readonly number[], node: number): number[] {
  const at = neighbours.findIndex((other) => other > node);
  return neighbours.toSpliced(at < 0 ? neighbours.length : at, 0, node);
}
