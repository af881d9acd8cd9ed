/**
 * An elimination order of small width: the skeleton of the table method. Greedy by minimum fill, several times with shaken
 * ties, and the order that promises the fewest states is kept.
 */
import type { ChainGraph } from "./graph.ts";
import { MAX_SCOPE } from "./pieces.ts";

export interface Elimination {
  /** Nodes in the order in which they are eliminated. */
  order: number[];
  /** `bags[i]`: neighbours that node `order[i]` has left when it is eliminated, those it got by fill included. */
  bags: number[][];
  /** States that the tables may come to, roughly. */
  cost: number;
}

/** States of a table per node in its scope, as measured on neighbourhoods of diseases. */
const PER_NODE = 2.9;
const TRIES = 12;
/** Without a start every node weighs the same; the neighbours of a start are light, since a path holds one of them. */
const LIGHT = 0.15;

/** @returns undefined where every order would cost more than `maxCost`, or where it is `late` before one is found */
export function eliminate(
  graph: ChainGraph,
  start: number,
  maxCost: number,
  late: () => boolean = () => false,
): Elimination | undefined {
  const near = graph.walk.map((list, v) => [...list, ...graph.chords[v]!]);
  const weights = new Float64Array(graph.size).fill(1);
  if (start >= 0) for (const v of graph.walk[start]!) weights[v] = LIGHT;
  let best: Elimination | undefined;
  let state = 1;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  for (let i = 0; i < TRIES; i++) {
    const found = greedy(near, weights, best?.cost ?? maxCost, i === 0 ? () => 0 : random, late);
    if (found) best = found;
    // Where the first order is far from good enough, others are too.
    if ((i === 3 && !best) || late()) return best;
    if (best && best.cost < 20_000) break;
  }
  return best;
}

function greedy(
  neighbours: readonly (readonly number[])[],
  weights: Float64Array,
  maxCost: number,
  random: () => number,
  late: () => boolean,
): Elimination | undefined {
  const near = neighbours.map((list) => new Set(list));
  const left = new Set(near.keys());
  const fill = new Float64Array(near.length);
  const measure = (v: number) => {
    fill[v] = missing(near, weights, v) + random();
  };
  for (const v of left) measure(v);
  const order: number[] = [];
  const bags: number[][] = [];
  let cost = 0;
  while (left.size > 0) {
    if ((left.size & 63) === 0 && late()) return undefined;
    let best = -1;
    for (const v of left) if (best < 0 || fill[v]! < fill[best]!) best = v;
    const bag = [...near[best]!];
    cost += statesOf(bag, best, weights);
    // At the very beginning the promise may be far too good, never too bad.
    if (cost > maxCost * PER_NODE || bag.length + 1 > MAX_SCOPE) return undefined;
    for (let i = 0; i < bag.length; i++) {
      const a = near[bag[i]!]!;
      a.delete(best);
      for (let j = i + 1; j < bag.length; j++) {
        a.add(bag[j]!);
        near[bag[j]!]!.add(bag[i]!);
      }
    }
    left.delete(best);
    order.push(best);
    bags.push(bag);
    const touched = new Set(bag);
    for (const a of bag) for (const other of near[a]!) touched.add(other);
    for (const v of touched) measure(v);
  }
  return cost <= maxCost ? { order, bags, cost } : undefined;
}

function statesOf(bag: readonly number[], node: number, weights: Float64Array): number {
  let [heavy, light] = [weights[node] === 1 ? 1 : 0, weights[node] === 1 ? 0 : 1];
  for (const v of bag) {
    if (weights[v] === 1) heavy++;
    else light++;
  }
  return PER_NODE ** heavy * (1 + light);
}

/** Edges that eliminating v would add, those between light nodes weighing little. */
function missing(near: readonly ReadonlySet<number>[], weights: Float64Array, v: number): number {
  const own = [...near[v]!];
  if (own.length > MAX_SCOPE) return 1e9 + own.length;
  let sum = 0;
  for (let i = 0; i < own.length; i++) {
    const other = near[own[i]!]!;
    const weight = weights[own[i]!]!;
    for (let j = i + 1; j < own.length; j++) if (!other.has(own[j]!)) sum += weight * weights[own[j]!]!;
  }
  // Of equal ones that with the fewest neighbours.
  return sum * 10 + own.length;
}
