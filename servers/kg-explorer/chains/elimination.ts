/** An elimination order of small width (greedy minimum fill): the skeleton of the exact table method. */
import type { ChainGraph } from "./graph.ts";

export interface Elimination {
  /** Nodes in the order in which they are eliminated. */
  order: number[];
  /** `bags[i]`: neighbours that node `order[i]` has left when it is eliminated, those it got by fill included. */
  bags: number[][];
  /** Size of the largest bag. */
  width: number;
}

/** Walked and chord edges count alike. @returns undefined where a bag would exceed `maxWidth` */
export function eliminate(graph: ChainGraph, maxWidth: number): Elimination | undefined {
  const near = graph.walk.map((list, v) => new Set([...list, ...graph.chords[v]!]));
  const left = new Set(near.keys());
  const fill = new Float64Array(graph.size);
  const measure = (v: number) => {
    fill[v] = missing(near, v, maxWidth);
  };
  for (const v of left) measure(v);
  const order: number[] = [];
  const bags: number[][] = [];
  let width = 0;
  while (left.size > 0) {
    let best = -1;
    for (const v of left) {
      if (best < 0 || fill[v]! < fill[best]! || (fill[v] === fill[best] && near[v]!.size < near[best]!.size)) best = v;
      if (fill[best] === 0 && near[best]!.size <= 1) break;
    }
    const bag = [...near[best]!];
    width = Math.max(width, bag.length);
    if (width > maxWidth) return undefined;
    const touched = new Set(bag);
    for (let i = 0; i < bag.length; i++) {
      const a = bag[i]!;
      near[a]!.delete(best);
      for (let j = i + 1; j < bag.length; j++) {
        const b = bag[j]!;
        if (near[a]!.has(b)) continue;
        near[a]!.add(b);
        near[b]!.add(a);
      }
    }
    left.delete(best);
    order.push(best);
    bags.push(bag);
    // Fill counts change around new edges only: among common neighbours of the bag.
    for (const a of bag) for (const other of near[a]!) touched.add(other);
    for (const v of touched) measure(v);
  }
  return { order, bags, width };
}

/** Edges that eliminating v would add; large where v has too many neighbours to be eliminated now. */
function missing(near: readonly ReadonlySet<number>[], v: number, maxWidth: number): number {
  const own = [...near[v]!];
  if (own.length > maxWidth) return 1e9 + own.length;
  let count = 0;
  for (let i = 0; i < own.length; i++) {
    const other = near[own[i]!]!;
    for (let j = i + 1; j < own.length; j++) if (!other.has(own[j]!)) count++;
  }
  return count;
}
