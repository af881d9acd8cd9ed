/** How long an induced path can be at most: quick bounds from the shape of the graph. */
import type { ChainGraph } from "./graph.ts";

/** No path from `start` has more edges than this. */
export function lengthBound(graph: ChainGraph, start: number): number {
  if (graph.size < 2) return 0;
  return Math.min(graph.size - 1, matchingBound(graph, start), blocksBound(graph, start));
}

/**
 * Walked from the start, a path leaves each node once at most and enters each once at most, and never enters the start: its
 * steps are a matching of nodes left with nodes entered. Largest matching by Hopcroft and Karp's layers.
 */
export function matchingBound(graph: ChainGraph, start: number): number {
  const { size, walk, ends } = graph;
  const entered = new Int32Array(size).fill(-1);
  const left = new Int32Array(size).fill(-1);
  const layer = new Int32Array(size);
  const leaves = (v: number) => v === start || !ends[v];
  let matched = 0;
  for (;;) {
    const queue: number[] = [];
    layer.fill(-1);
    for (let v = 0; v < size; v++) {
      if (left[v]! >= 0 || !leaves(v)) continue;
      layer[v] = 0;
      queue.push(v);
    }
    let open = false;
    for (const v of queue) {
      for (const w of walk[v]!) {
        if (w === start) continue;
        const from = entered[w]!;
        if (from < 0) open = true;
        else if (layer[from]! < 0) {
          layer[from] = layer[v]! + 1;
          queue.push(from);
        }
      }
    }
    if (!open) return matched;
    const augment = (v: number): boolean => {
      for (const w of walk[v]!) {
        if (w === start) continue;
        const from = entered[w]!;
        if (from >= 0 && (layer[from] !== layer[v]! + 1 || !augment(from))) continue;
        left[v] = w;
        entered[w] = v;
        return true;
      }
      layer[v] = -1;
      return false;
    };
    for (let v = 0; v < size; v++) if (left[v]! < 0 && leaves(v) && augment(v)) matched++;
  }
}

/** A path walks along one branch of the tree of blocks (pieces without a cut node): the bounds of the blocks on it add up. */
function blocksBound(graph: ChainGraph, start: number): number {
  const { size, walk } = graph;
  const found = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const next = new Int32Array(size);
  const parent = new Int32Array(size).fill(-1);
  /** Longest way on from a node into the blocks below it. */
  const below = new Int32Array(size);
  const open: number[] = [start];
  const trail = [start];
  let clock = 0;
  found[start] = low[start] = clock++;
  while (trail.length > 0) {
    const v = trail.at(-1)!;
    if (next[v]! < walk[v]!.length) {
      const w = walk[v]![next[v]!++]!;
      if (found[w]! < 0) {
        parent[w] = v;
        found[w] = low[w] = clock++;
        trail.push(w);
        open.push(w);
      } else if (w !== parent[v]) low[v] = Math.min(low[v]!, found[w]!);
      continue;
    }
    trail.pop();
    const u = parent[v]!;
    if (u < 0) break;
    low[u] = Math.min(low[u]!, low[v]!);
    if (low[v]! < found[u]!) continue;
    const block: number[] = [];
    for (;;) {
      const w = open.pop()!;
      block.push(w);
      if (w === v) break;
    }
    const on = blockBound(graph, block, u) + Math.max(...block.map((w) => below[w]!));
    below[u] = Math.max(below[u]!, on);
  }
  return below[start]!;
}

/** Edges of an induced path inside a block that is entered at `entry`: never all nodes of it, and its steps are a matching. */
function blockBound(graph: ChainGraph, block: readonly number[], entry: number): number {
  if (block.length === 1) return 1;
  const within = [entry, ...block];
  const place = new Map(within.map((node, i) => [node, i]));
  const walk = within.map((node) => graph.walk[node]!.flatMap((other) => place.get(other) ?? []));
  const part = { size: within.length, walk, chords: walk.map(() => []), ends: walk.map(() => false) };
  return Math.min(within.length - 2, matchingBound(part, 0));
}
