/**
 * A finite graph for chain searches: nodes 0…n-1, edges that a chain may walk, and edges that only count as shortcuts
 * (related in the graph, but not by a step that is valid in a chain).
 */

export interface ChainGraph {
  /** Number of nodes. */
  size: number;
  /** `walk[v]`: where a chain can go from v. Symmetric, ascending, without v itself. */
  walk: readonly (readonly number[])[];
  /** `chords[v]`: further nodes related to v; a chain that holds both has a shortcut. Symmetric, disjoint from `walk[v]`. */
  chords: readonly (readonly number[])[];
  /** Nodes that a chain may begin or end in, but not lead through. */
  ends: readonly boolean[];
  /**
   * Where chains go with the time: `times[v].get(w)` are the times of the relations between v and w, ascending. None at all:
   * undated, which fits anywhere.
   */
  times?: readonly ReadonlyMap<number, readonly number[]>[] | undefined;
}

/** @param edges pairs of nodes in either order; repetitions and loops are dropped */
export function chainGraph(
  size: number,
  edges: Iterable<readonly [number, number]>,
  more: { chords?: Iterable<readonly [number, number]>; ends?: Iterable<number> } = {},
): ChainGraph {
  const walk = Array.from({ length: size }, () => new Set<number>());
  const chords = Array.from({ length: size }, () => new Set<number>());
  for (const [a, b] of edges) {
    if (a === b) continue;
    walk[a]!.add(b);
    walk[b]!.add(a);
  }
  for (const [a, b] of more.chords ?? []) {
    if (a === b || walk[a]!.has(b)) continue;
    chords[a]!.add(b);
    chords[b]!.add(a);
  }
  const ends = Array.from({ length: size }, () => false);
  for (const node of more.ends ?? []) ends[node] = true;
  return { size, walk: ascending(walk), chords: ascending(chords), ends };
}

function ascending(sets: readonly Set<number>[]): number[][] {
  return sets.map((set) => [...set].toSorted((a, b) => a - b));
}

/** The part of the graph on `nodes`; node i of it is `nodes[i]`. */
export function partOf(graph: ChainGraph, nodes: readonly number[]): ChainGraph {
  const place = new Int32Array(graph.size).fill(-1);
  nodes.forEach((node, i) => (place[node] = i));
  const kept = (lists: ChainGraph["walk"]) =>
    nodes.map((node) =>
      lists[node]!.flatMap((other) => (place[other]! < 0 ? [] : [place[other]!])).toSorted((a, b) => a - b),
    );
  return {
    size: nodes.length,
    walk: kept(graph.walk),
    chords: kept(graph.chords),
    ends: nodes.map((node) => graph.ends[node]!),
    times:
      graph.times &&
      nodes.map(
        (node) =>
          new Map(
            [...graph.times![node]!].flatMap(([other, times]) =>
              place[other]! < 0 ? [] : [[place[other]!, times] as const],
            ),
          ),
      ),
  };
}

/** All nodes that can be walked to from `start` without touching a `blocked` one, start first. */
export function reachable(graph: ChainGraph, start: number, blocked?: ArrayLike<number>): number[] {
  const seen = new Uint8Array(graph.size);
  seen[start] = 1;
  const found = [start];
  for (const node of found) {
    if (graph.ends[node] && node !== start) continue;
    for (const other of graph.walk[node]!) {
      if (seen[other] || blocked?.[other]) continue;
      seen[other] = 1;
      found.push(other);
    }
  }
  return found;
}

/** Nodes by component: walked and chord edges both connect. */
export function componentsOf(graph: ChainGraph): number[][] {
  const seen = new Uint8Array(graph.size);
  const found: number[][] = [];
  for (let first = 0; first < graph.size; first++) {
    if (seen[first]) continue;
    seen[first] = 1;
    const component = [first];
    for (const node of component) {
      for (const other of [...graph.walk[node]!, ...graph.chords[node]!]) {
        if (seen[other]) continue;
        seen[other] = 1;
        component.push(other);
      }
    }
    found.push(component);
  }
  return found;
}

/** The time after walking from one node to another, having come at `since`; undefined where all relations between them are earlier. */
export function timeAfter(graph: ChainGraph, from: number, to: number, since: number): number | undefined {
  const times = graph.times?.[from]!.get(to);
  if (!times || times.length === 0) return since;
  return times.find((time) => time >= since);
}
