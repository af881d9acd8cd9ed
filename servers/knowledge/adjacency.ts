/**
 * The graph as typed arrays: for each entity its relations in both directions, in compressed sparse rows. Within a
 * direction the well supported come first, then those to the rarest entities: who takes the first n takes the best n.
 */
import { MOST_SUPPORT, type EdgeColumns, type EdgeTable } from "./edge-table.ts";

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

/** Linear in the relations: twice ten million entries in about two seconds. Uses the table up, but for its index. */
export function arrangeEdges(edges: EdgeTable): GraphArrays {
  const aside: AsideEntry[] = [];
  const columns = edges.toColumns((row) => aside.push(...asideEntries(edges, row)));
  const nodes = Math.max(columns.highest, highestAside(aside));
  const outgoing = degreesIn(columns.subjects, nodes);
  const incoming = degreesIn(columns.objects, nodes);
  const degrees = outgoing.map((count, n) => count + incoming[n]!);
  const starts = new Int32Array(nodes + 2);
  const middles = new Int32Array(nodes + 1);
  for (let n = 0; n <= nodes; n++) {
    middles[n] = starts[n]! + outgoing[n]!;
    starts[n + 1] = starts[n]! + degrees[n]!;
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
  const { subjects, objects } = columns;
  distribute(arrays, columns, starts.slice(), subjects, objects, degrees);
  distribute(arrays, columns, middles.slice(), objects, subjects, degrees);
  return arrays;
}

function degreesIn(ends: Int32Array, nodes: number): Int32Array {
  const counts = new Int32Array(nodes + 1);
  for (const end of ends) counts[end]!++;
  return counts;
}

/** Puts one direction of every relation to its node: `next` says where its entries begin. */
function distribute(
  arrays: GraphArrays,
  columns: EdgeColumns,
  next: Int32Array,
  from: Int32Array,
  to: Int32Array,
  degrees: Int32Array,
): void {
  const { rows, predicates, support } = columns;
  for (const place of inOrder(support, to, degrees)) {
    const at = next[from[place]!]!++;
    arrays.targets[at] = to[place]!;
    arrays.predicates[at] = predicates[place]!;
    arrays.relations[at] = rows[place]!;
    arrays.support[at] = support[place]!;
  }
}

/** Most support first, then by the degree of the other end, then by arrival; a counting sort. */
function inOrder(support: Uint8Array, to: Int32Array, degrees: Int32Array): Int32Array {
  const span = degrees.reduce((most, degree) => Math.max(most, degree), 0) + 1;
  const places = new Int32Array((MOST_SUPPORT + 1) * span + 1);
  const count = to.length;
  for (let i = 0; i < count; i++) places[(MOST_SUPPORT - support[i]!) * span + degrees[to[i]!]! + 1]!++;
  for (let i = 1; i < places.length; i++) places[i]! += places[i - 1]!;
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[places[(MOST_SUPPORT - support[i]!) * span + degrees[to[i]!]!]!++] = i;
  return order;
}

function highestAside(aside: readonly AsideEntry[]): number {
  return aside.reduce((highest, { node }) => Math.max(highest, node), 0);
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
