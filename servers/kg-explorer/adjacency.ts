/** The graph as typed arrays: for each entity its edges in both directions, as integers, in compressed sparse rows. */
import type { GraphStore } from "../knowledge/index.ts";

export interface Adjacency {
  /** Edges of node n: entries `starts[n] .. starts[n + 1]` of the arrays below. Nodes are rows of `graph.db`. */
  starts: Int32Array;
  targets: Int32Array;
  predicates: Uint16Array;
  /** Row of the relation. */
  relations: Int32Array;
  /** Highest node. */
  nodes: number;
}

/** Reads every asserted edge once: about 0.4 s and 6 MB per 250,000 edges. Negated relations are left out: a path over what is not the case proves nothing. */
export function buildAdjacency(graph: GraphStore): Adjacency {
  const edges: number[] = [];
  let nodes = 0;
  for (const { relation, subject, predicate, object, negated } of graph.edges()) {
    if (negated || subject === object) continue;
    edges.push(subject, predicate, object, relation);
    nodes = Math.max(nodes, subject, object);
  }
  const starts = new Int32Array(nodes + 2);
  for (let i = 0; i < edges.length; i += 4) {
    starts[edges[i]! + 1]!++;
    starts[edges[i + 2]! + 1]!++;
  }
  for (let n = 0; n <= nodes; n++) starts[n + 1]! += starts[n]!;
  const size = starts[nodes + 1]!;
  const adjacency = {
    starts,
    targets: new Int32Array(size),
    predicates: new Uint16Array(size),
    relations: new Int32Array(size),
    nodes,
  };
  const next = starts.slice();
  const put = (from: number, to: number, predicate: number, relation: number) => {
    const at = next[from]!++;
    adjacency.targets[at] = to;
    adjacency.predicates[at] = predicate;
    adjacency.relations[at] = relation;
  };
  for (let i = 0; i < edges.length; i += 4) {
    const [subject, predicate, object, relation] = [edges[i]!, edges[i + 1]!, edges[i + 2]!, edges[i + 3]!];
    put(subject, object, predicate, relation);
    put(object, subject, predicate, relation);
  }
  return adjacency;
}

export function degree(graph: Adjacency, node: number): number {
  return node > graph.nodes ? 0 : graph.starts[node + 1]! - graph.starts[node]!;
}
