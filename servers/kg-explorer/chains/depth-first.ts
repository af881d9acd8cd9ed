/** Induced paths by depth-first branch and bound: fast where paths are few, and the source of good paths everywhere else. */
import { timeAfter, type ChainGraph } from "./graph.ts";

/** Nodes that are looked at between two looks at the clock. */
const CHECK = 20_000;

export interface Effort {
  /** Path nodes to try. */
  nodes: number;
  /** Asked now and then: whether to stop. */
  late(): boolean;
  /** Shakes the order of what is tried; without it what opens the largest rest comes first. */
  random?: (() => number) | undefined;
}

/**
 * Extends `prefix` (an induced path) as far as it goes.
 * @param floor only paths of more nodes are looked for
 * @param cap a path of so many nodes ends the search
 * @returns the longest found, and whether everything was tried
 */
export function extendPath(
  graph: ChainGraph,
  prefix: readonly number[],
  floor: number,
  cap: number,
  effort: Effort,
): { path: number[] | undefined; complete: boolean } {
  const { size, walk, chords, ends } = graph;
  const { random } = effort;
  const path = [...prefix];
  /** How many nodes of the path, its last one apart, are related to a node or are it. */
  const touched = new Int32Array(size);
  const touch = (node: number, by: number) => {
    for (const other of walk[node]!) touched[other]! += by;
    for (const other of chords[node]!) touched[other]! += by;
  };
  for (const node of prefix.slice(0, -1)) touch(node, 1);
  for (const node of prefix) touched[node]!++;
  const stamp = new Int32Array(size);
  const queue = new Int32Array(size);
  let clock = 0;
  /** Nodes that a path from `node` can still come to, itself included. */
  const reach = (node: number) => {
    clock++;
    stamp[node] = clock;
    queue[0] = node;
    let count = 1;
    for (let head = 0; head < count; head++) {
      const at = queue[head]!;
      if (ends[at]) continue;
      for (const other of walk[at]!) {
        if (touched[other] !== 0 || stamp[other] === clock) continue;
        stamp[other] = clock;
        queue[count++] = other;
      }
    }
    return count;
  };

  /** Asks for the time after so much work. */
  let work = 0;
  const isLate = () => {
    work += 20;
    if (work < CHECK) return false;
    work = 0;
    return effort.late();
  };

  let best: number[] | undefined;
  let longest = floor;
  let tried = 0;
  let stopped = false;
  /** Times after each node of the path. */
  const clocks = [-Infinity];
  for (const [i, node] of prefix.entries()) {
    if (i > 0) clocks.push(timeAfter(graph, prefix[i - 1]!, node, clocks.at(-1)!) ?? Infinity);
  }
  const extend = (): void => {
    if (path.length > longest) {
      longest = path.length;
      best = [...path];
    }
    if (path.length >= cap || ++tried > effort.nodes || isLate()) {
      stopped = true;
      return;
    }
    const node = path.at(-1)!;
    if (ends[node] && path.length > 1) return;
    const since = clocks.at(-1)!;
    const next = walk[node]!.filter(
      (other) => touched[other] === 0 && timeAfter(graph, node, other, since) !== undefined,
    );
    if (next.length === 0) return;
    touch(node, 1);
    const rest = next
      .map((other) => {
        stopped ||= isLate();
        const count = stopped ? 1 : reach(other);
        work += count;
        return { other, count, rank: random ? count * (0.7 + 0.3 * random()) : count };
      })
      .toSorted((a, b) => b.rank - a.rank);
    for (const { other, count } of stopped ? [] : rest) {
      if (path.length + count <= longest) continue;
      path.push(other);
      clocks.push(timeAfter(graph, node, other, since)!);
      touched[other]!++;
      extend();
      touched[other]!--;
      path.pop();
      clocks.pop();
      if (stopped) break;
    }
    touch(node, -1);
  };
  extend();
  return { path: best, complete: !stopped };
}
