/**
 * The graph as typed arrays: for each entity its relations in both directions, in compressed sparse rows. Within a
 * direction the well supported come first, then those to the rarest entities: who takes the first n takes the best n.
 */
import type { EdgeColumns } from "./edge-columns.ts";
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

/** What the arrays are made from, without making them: some eleven bytes a relation, and eight for the order. */
export interface Arrangement {
  nodes: number;
  starts: Int32Array;
  incoming: Int32Array;
  aside: AsideEntry[];
  /** The entries: rows of relations, the complement (`~row`) of those that come in. */
  order: Int32Array;
  columns: EdgeColumns;
}

/** Linear in the relations: twice ten million entries in about two seconds. */
export function arrangeEdges(columns: EdgeColumns): Arrangement {
  const aside = asideEntries(columns);
  const nodes = columns.highest;
  const outgoing = degreesIn(columns.subjects, nodes);
  const ending = degreesIn(columns.objects, nodes);
  const degrees = outgoing.map((count, n) => count + ending[n]!);
  const starts = new Int32Array(nodes + 2);
  const incoming = new Int32Array(nodes + 1);
  for (let n = 0; n <= nodes; n++) {
    incoming[n] = starts[n]! + outgoing[n]!;
    starts[n + 1] = starts[n]! + degrees[n]!;
  }
  const order = new Int32Array(starts[nodes + 1]!);
  const { subjects, objects } = columns;
  let next = starts.slice();
  for (const row of inOrder(columns, objects, degrees)) order[next[subjects[row]!]!++] = row;
  next = incoming.slice();
  for (const row of inOrder(columns, subjects, degrees)) order[next[objects[row]!]!++] = ~row;
  return { nodes, starts, incoming, aside, order, columns };
}

/** The arrays in memory. */
export function toArrays({ nodes, starts, incoming, aside, order, columns }: Arrangement): GraphArrays {
  const size = order.length;
  const arrays = {
    targets: new Int32Array(size),
    relations: new Int32Array(size),
    predicates: new Uint16Array(size),
    support: new Uint8Array(size),
  };
  for (const [part, fill] of Object.entries(FILLERS)) fill(columns, order, arrays[part as keyof typeof arrays]);
  return { nodes, starts, incoming, aside, ...arrays };
}

type Numbers = Int32Array | Uint16Array | Uint8Array;

/** Each part of the entries from their order: `to` is as long as `order`, which may be a piece of the whole. */
export const FILLERS = {
  targets: ({ subjects, objects }: EdgeColumns, order: Int32Array, to: Numbers) => {
    for (let i = 0; i < order.length; i++) to[i] = order[i]! < 0 ? subjects[~order[i]!]! : objects[order[i]!]!;
  },
  relations: (_: EdgeColumns, order: Int32Array, to: Numbers) => {
    for (let i = 0; i < order.length; i++) to[i] = rowIn(order[i]!);
  },
  predicates: ({ predicates }: EdgeColumns, order: Int32Array, to: Numbers) => {
    for (let i = 0; i < order.length; i++) to[i] = predicates[rowIn(order[i]!)]!;
  },
  support: ({ support }: EdgeColumns, order: Int32Array, to: Numbers) => {
    for (let i = 0; i < order.length; i++) to[i] = support[rowIn(order[i]!)]!;
  },
};

function rowIn(entry: number): number {
  return entry < 0 ? ~entry : entry;
}

/** Place 0 counts what is no relation between two entities; nothing is made of it. */
function degreesIn(ends: Int32Array, nodes: number): Int32Array {
  const counts = new Int32Array(nodes + 1);
  for (const end of ends) counts[end]!++;
  counts[0] = 0;
  return counts;
}

/** Rows of relations: most support first, then by the degree of the other end, then by arrival; a counting sort. */
function inOrder({ support, subjects }: EdgeColumns, to: Int32Array, degrees: Int32Array): Int32Array {
  const span = degrees.reduce((most, degree) => Math.max(most, degree), 0) + 1;
  const places = new Int32Array((MOST_SUPPORT + 1) * span + 1);
  const end = to.length;
  let count = 0;
  for (let row = 1; row < end; row++) {
    if (subjects[row] === 0) continue;
    places[(MOST_SUPPORT - support[row]!) * span + degrees[to[row]!]! + 1]!++;
    count++;
  }
  for (let i = 1; i < places.length; i++) places[i]! += places[i - 1]!;
  const order = new Int32Array(count);
  for (let row = 1; row < end; row++) {
    if (subjects[row] !== 0) order[places[(MOST_SUPPORT - support[row]!) * span + degrees[to[row]!]!]!++] = row;
  }
  return order;
}

function asideEntries({ aside }: EdgeColumns): AsideEntry[] {
  return aside
    .flatMap(({ row, subject, object, ...facts }) => [
      { node: subject, target: object, outgoing: true, relation: row, ...facts },
      { node: object, target: subject, outgoing: false, relation: row, ...facts },
    ])
    .toSorted((a, b) => a.node - b.node || a.relation - b.relation);
}
