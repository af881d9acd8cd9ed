/**
 * The graph as typed arrays: for each entity its relations in both directions, in compressed sparse rows. Within a
 * direction the well supported come first, then those to the rarest entities: who takes the first n takes the best n.
 */
import type { EdgeTable } from "./edge-table.ts";
import { MOST_SUPPORT } from "./edge-table.ts";

/** Asserted relations between two entities: a path over what is not the case, or in place, proves nothing. */
export interface Adjacency {
  /** Relations of node n: entries `starts[n] .. starts[n + 1]` of the arrays below. Nodes are rows of `graph.db`. */
  starts: Int32Array;
  targets: Int32Array;
  predicates: Uint16Array;
  /** Row of the relation. */
  relations: Int32Array;
  /** Highest node. */
  nodes: number;
}

/** Negated relations, and those from an entity to itself, seen from each end: few, and sorted by node. */
export interface AsideEntry {
  node: number;
  target: number;
  predicate: number;
  relation: number;
  outgoing: boolean;
  negated: boolean;
  support: number;
}

export interface GraphArrays extends Adjacency {
  /** Where the incoming relations of node n begin; those before are outgoing. */
  incoming: Int32Array;
  /** Pieces of evidence of each entry, 3 standing for more. */
  support: Uint8Array;
  aside: AsideEntry[];
}

/** Entries of `aside` of one node. */
export function asideOf({ aside }: GraphArrays, node: number): AsideEntry[] {
  let [low, high] = [0, aside.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (aside[middle]!.node < node) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < aside.length && aside[end]!.node === node) end++;
  return aside.slice(low, end);
}

/** Linear in the relations: twice ten million entries in about two seconds, without more memory than the result needs and 4 bytes a relation. */
export function arrangeEdges(edges: EdgeTable): GraphArrays {
  const nodes = highestNode(edges);
  const [outgoing, incoming] = [new Int32Array(nodes + 2), new Int32Array(nodes + 2)];
  const aside: AsideEntry[] = [];
  for (let row = 1; row < edges.end; row++) {
    const [subject, object] = [edges.subject(row), edges.object(row)];
    if (subject === 0) continue;
    if (isAside(edges, row)) aside.push(...asideEntries(edges, row));
    else {
      outgoing[subject]!++;
      incoming[object]!++;
    }
  }
  const degrees = new Int32Array(nodes + 1);
  const starts = new Int32Array(nodes + 2);
  const middles = new Int32Array(nodes + 1);
  for (let n = 0; n <= nodes; n++) {
    degrees[n] = outgoing[n]! + incoming[n]!;
    middles[n] = starts[n]! + outgoing[n]!;
    starts[n + 1] = middles[n]! + incoming[n]!;
  }
  const size = starts[nodes + 1]!;
  const arrays: GraphArrays = {
    nodes,
    starts,
    incoming: middles,
    targets: new Int32Array(size),
    predicates: new Uint16Array(size),
    relations: new Int32Array(size),
    support: new Uint8Array(size),
    aside: aside.toSorted((a, b) => a.node - b.node || a.relation - b.relation),
  };
  for (const isOut of [true, false]) {
    const next = isOut ? starts.slice() : middles.slice();
    const other = (row: number) => (isOut ? edges.object(row) : edges.subject(row));
    for (const row of inOrder(edges, (r) => degrees[other(r)]!)) {
      const at = next[isOut ? edges.subject(row) : edges.object(row)]!++;
      arrays.targets[at] = other(row);
      arrays.predicates[at] = edges.predicate(row);
      arrays.relations[at] = row;
      arrays.support[at] = edges.support(row);
    }
  }
  return arrays;
}

/** Rows of asserted relations: most support first, then by `degree` ascending, then by row; a counting sort. */
function inOrder(edges: EdgeTable, degree: (row: number) => number): Int32Array {
  let most = 0;
  let count = 0;
  for (let row = 1; row < edges.end; row++) {
    if (edges.subject(row) === 0 || isAside(edges, row)) continue;
    count++;
    const own = degree(row);
    if (own > most) most = own;
  }
  const key = (row: number) => (MOST_SUPPORT - edges.support(row)) * (most + 1) + degree(row);
  const places = new Int32Array((MOST_SUPPORT + 1) * (most + 1) + 1);
  for (let row = 1; row < edges.end; row++) {
    if (edges.subject(row) !== 0 && !isAside(edges, row)) places[key(row) + 1]!++;
  }
  for (let i = 1; i < places.length; i++) places[i]! += places[i - 1]!;
  const order = new Int32Array(count);
  for (let row = 1; row < edges.end; row++) {
    if (edges.subject(row) !== 0 && !isAside(edges, row)) order[places[key(row)]!++] = row;
  }
  return order;
}

function isAside(edges: EdgeTable, row: number): boolean {
  return edges.isNegated(row) || edges.subject(row) === edges.object(row);
}

function highestNode(edges: EdgeTable): number {
  let highest = 0;
  for (let row = 1; row < edges.end; row++) highest = Math.max(highest, edges.subject(row), edges.object(row));
  return highest;
}

function asideEntries(edges: EdgeTable, row: number): AsideEntry[] {
  const [subject, object] = [edges.subject(row), edges.object(row)];
  const shared = {
    predicate: edges.predicate(row),
    relation: row,
    negated: edges.isNegated(row),
    support: edges.support(row),
  };
  return [
    { node: subject, target: object, outgoing: true, ...shared },
    { node: object, target: subject, outgoing: false, ...shared },
  ];
}
