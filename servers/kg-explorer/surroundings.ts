/** A bounded piece of the graph around some entities: those that connect several of them before those that hang on one. */
import type { Adjacency } from "./adjacency.ts";
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
    // One more than there is room for tells that there was more.
    const touched = touchedFrom(graph, frontier, chosen, new Set(hubs), limit - kept.size + 1);
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

/**
 * The best entities one step outside, with the relations that reach them: most relations first, then the rarer entity.
 * @param most how many are of use; thousands may be in reach, so that the others cost no more than being counted
 */
function touchedFrom(
  graph: PathGraph,
  frontier: readonly number[],
  chosen: ReadonlySet<number>,
  hubs: ReadonlySet<number>,
  most: number,
): [number, number[]][] {
  const { starts, targets, relations, nodes } = graph.adjacency;
  const near = frontier.filter((node) => !hubs.has(node) && node <= nodes);
  const endOf = (node: number) => Math.min(starts[node + 1]!, starts[node]! + MOST_OF_ONE);
  return withMarks(graph.adjacency, (marks) => {
    const touched: number[] = [];
    for (const node of chosen) marks[node] = -1;
    for (const node of near) {
      const end = endOf(node);
      for (let i = starts[node]!; i < end; i++) {
        const other = targets[i]!;
        if (marks[other]! >= 0 && marks[other]!++ === 0) touched.push(other);
      }
    }
    const before = (a: number, b: number) => marks[b]! - marks[a]! || graph.degree(a) - graph.degree(b) || a - b;
    const found = firstOf(touched, most, before).map((node): [number, number[]] => [node, []]);
    for (const node of touched) marks[node] = 0;
    for (const node of chosen) marks[node] = 0;
    for (const [place, [node]] of found.entries()) marks[node] = place + 1;
    for (const node of near) {
      const end = endOf(node);
      for (let i = starts[node]!; i < end; i++) {
        const place = marks[targets[i]!]!;
        if (place > 0) found[place - 1]![1].push(relations[i]!);
      }
    }
    for (const [node] of found) marks[node] = 0;
    return found;
  });
}

/** Relations among what is chosen; those of a hub are found from their other ends. */
function keepInner(graph: PathGraph, chosen: ReadonlySet<number>, kept: Set<number>, limit: number): void {
  const { starts, targets, relations, nodes } = graph.adjacency;
  withMarks(graph.adjacency, (marks) => {
    for (const node of chosen) marks[node] = 1;
    for (const node of chosen) {
      if (node > nodes || graph.degree(node) > MOST_OF_ONE) continue;
      for (let i = starts[node]!; i < starts[node + 1]! && kept.size < limit; i++) {
        if (marks[targets[i]!] === 1) kept.add(relations[i]!);
      }
    }
    for (const node of chosen) marks[node] = 0;
  });
}

/** The first `most` in order, without sorting all. */
function firstOf(items: readonly number[], most: number, before: (a: number, b: number) => number): number[] {
  let best: number[] = [];
  let last: number | undefined;
  for (const item of items) {
    if (last !== undefined && before(item, last) > 0) continue;
    best.push(item);
    if (best.length < 2 * most) continue;
    best = best.toSorted(before).slice(0, most);
    last = best.at(-1);
  }
  return best.toSorted(before).slice(0, most);
}

/** A number for each node, 0 before and after: kept with the arrays, since a graph may have millions. */
const marksOf = new WeakMap<Adjacency, Int32Array>();

function withMarks<T>(adjacency: Adjacency, work: (marks: Int32Array) => T): T {
  const marks = marksOf.get(adjacency) ?? new Int32Array(adjacency.nodes + 1);
  // A failure leaves marks behind: then they are not kept.
  marksOf.delete(adjacency);
  const result = work(marks);
  marksOf.set(adjacency, marks);
  return result;
}
