/**
 * A longest induced (chordless) path, with a proven upper bound: good paths by shaken depth-first search, proofs by tables
 * over an elimination order where the rest is narrow, by exhaustion where it is small, and by branching on the next node
 * where it is neither. What is still open when the time is up keeps its quick bound.
 */
import { lengthBound, matchingBound } from "./bounds.ts";
import { extendPath } from "./depth-first.ts";
import { eliminate } from "./elimination.ts";
import { componentsOf, reachable, type ChainGraph } from "./graph.ts";
import { reduced, type Reduced } from "./reduce.ts";
import { GaveUp, longestByTables } from "./tables.ts";
import { mulberry32 } from "../../kit/mulberry.ts";

export interface ChainQuery {
  /** Where the path begins; without it, anywhere. */
  start?: number | undefined;
  /** Edges wanted at most. */
  maxLength?: number | undefined;
  /** Time for the search, in milliseconds. */
  budget: number;
  /** The clock in milliseconds; wall time unless told. */
  now?: (() => number) | undefined;
}

export interface LongestChain {
  /** Nodes; the start first. Empty for an empty graph. */
  path: number[];
  /** Edges of the path. */
  length: number;
  /** No valid path is longer, `maxLength` included. */
  bound: number;
  /** `length === bound`. */
  optimal: boolean;
}

/**
 * States that tables may promise to come to where the next step is not taken yet (to take it makes what is left narrower), and
 * where it is; and that they may take then.
 */
const PROMISED_WHOLE = 100_000;
const PROMISED = 4_000_000;
const STATES = 6_000_000;
/** Steps that are taken one by one before what is still too wide is left open. */
const BRANCHED = 2;
/** Path nodes that exhaustion may take before the search branches. */
const EXHAUST = 20_000;
/** Share of the time that goes into finding long paths first, and from how many nodes where they may begin anywhere. */
const FINDING = 0.05;
const STARTS = 8;
/** Share of what is left that the search for an elimination order may take. */
const ORDERING = 0.3;
/** With more nodes than this not every one is tried as a start. */
const MOST_STARTS = 2000;

export function longestChain(graph: ChainGraph, query: ChainQuery): LongestChain {
  const { start, maxLength, budget, now = () => performance.now() } = query;
  if (graph.size === 0) return { path: [], length: 0, bound: 0, optimal: true };
  const cap = Math.min(maxLength ?? Infinity, graph.size - 1);
  const search = new Search(graph, cap, budget, now);
  const bound = start === undefined ? search.anywhere() : search.from(start);
  const length = search.best.length - 1;
  const proven = Math.max(length, Math.min(bound, cap));
  return { path: search.best, length, bound: proven, optimal: length === proven };
}

class Search {
  best: number[] = [];
  readonly #graph: ChainGraph;
  readonly #cap: number;
  readonly #now: () => number;
  /** Marks of `#short`: nodes related to node v hold v + 1. */
  readonly #related: Int32Array;
  readonly #deadline: number;

  constructor(graph: ChainGraph, cap: number, budget: number, now: () => number) {
    this.#graph = graph;
    this.#related = new Int32Array(graph.size);
    this.#cap = cap;
    this.#now = now;
    this.#deadline = now() + budget;
  }

  /** @returns an upper bound on the paths from `start`; the best found is in `best` */
  from(start: number): number {
    if (this.best.length === 0) this.best = [start];
    const whole = reduced(this.#graph, reachable(this.#graph, start), true);
    this.#short(start);
    this.#find(whole, 0, this.#now() + FINDING * Math.max(0, this.#deadline - this.#now()));
    const bound = this.#prove(whole, [0], new Uint8Array(whole.graph.size));
    // What is open stays so; a longer path can still be found.
    if (Math.min(bound, this.#cap) > this.#length) this.#find(whole, 0, this.#deadline);
    return bound;
  }

  /** The same for paths from anywhere: one component after the other, the largest first. */
  anywhere(): number {
    this.best = [0];
    const components = componentsOf(this.#graph).toSorted((a, b) => b.length - a.length);
    return components.reduce((most, component) => Math.max(most, this.#within(component)), 0);
  }

  #within(component: readonly number[]): number {
    if (component.length - 1 <= this.#length || this.#length >= this.#cap) return component.length - 1;
    for (const node of component) this.#short(node);
    const whole = reduced(this.#graph, component, false);
    const bound = Math.max(this.#length, Math.min(whole.graph.size - 1, matchingBound(whole.graph, -1)));
    const starts = byPromise(whole.graph);
    const until = this.#now() + FINDING * Math.max(0, this.#deadline - this.#now());
    const tried = starts.slice(0, STARTS);
    tried.forEach((start, i) => this.#find(whole, start, this.#now() + (until - this.#now()) / (tried.length - i)));
    const keep = (path: readonly number[]) => this.#keep(path.map((i) => whole.nodes[i]!));
    if (!whole.graph.times && this.#byTables(whole, -1, 0, PROMISED, keep)) return this.#length;
    if (starts.length > MOST_STARTS) {
      this.#find(whole, starts[0]!, this.#deadline);
      return bound;
    }
    let most = this.#length;
    for (const start of starts) {
      if (this.#late || most >= bound) return bound;
      const reach = reduced(whole.graph, reachable(whole.graph, start), true);
      const part = { graph: reach.graph, nodes: reach.nodes.map((i) => whole.nodes[i]!) };
      most = Math.max(most, this.#prove(part, [0], new Uint8Array(part.graph.size)));
    }
    return Math.min(bound, most);
  }

  /** Paths of up to two edges, for which twins must not be left out. */
  #short(start: number): void {
    const { walk, chords, ends } = this.#graph;
    if (this.#length >= 2 || this.#late || this.#graph.times) return;
    this.#related[start] = start + 1;
    for (const node of walk[start]!) this.#related[node] = start + 1;
    for (const node of chords[start]!) this.#related[node] = start + 1;
    for (const one of walk[start]!) {
      this.#keep([start, one]);
      const two = ends[one] ? undefined : walk[one]!.find((node) => this.#related[node] !== start + 1);
      if (two === undefined) continue;
      this.#keep([start, one, two]);
      return;
    }
  }

  get #length(): number {
    return this.best.length - 1;
  }

  get #late(): boolean {
    return this.#now() > this.#deadline;
  }

  #keep(path: readonly number[]): void {
    if (path.length > this.best.length) this.best = path.slice(0, this.#cap + 1);
  }

  /** Long paths: the best one's tail is cut off and grown anew in shaken order, again and again. */
  #find({ graph, nodes }: Reduced, start: number, until: number): void {
    const random = mulberry32(1);
    const cap = this.#cap + 1;
    const late = () => this.#now() > until;
    let current = extendPath(graph, [start], 1, cap, { nodes: 4000, late }).path ?? [start];
    this.#keep(current.map((i) => nodes[i]!));
    while (!late() && this.#length < this.#cap) {
      const kept = 1 + Math.floor(random() * current.length);
      const found = extendPath(graph, current.slice(0, kept), current.length - 1, cap, { nodes: 300, late, random });
      if (found.path) current = found.path;
      this.#keep(current.map((i) => nodes[i]!));
      if (found.complete && kept === 1) return;
    }
  }

  /**
   * @param path induced, in `whole`; every node related to it, its last one apart, is `blocked`, as is the path itself
   * @returns an upper bound on the edges of its extensions
   */
  #prove(whole: Reduced, path: readonly number[], blocked: Uint8Array): number {
    const before = path.length - 1;
    const node = path.at(-1)!;
    if (before > 0 && whole.graph.ends[node]) return before;
    if (whole.graph.times) return this.#inOrder(whole);
    const rest = reduced(whole.graph, reachable(whole.graph, node, blocked), true);
    const bound = before + Math.max(lengthBound(rest.graph, 0), Math.min(2, rest.graph.size - 1));
    if (Math.min(bound, this.#cap) <= this.#length || this.#late) return bound;
    const keep = (found: readonly number[]) =>
      this.#keep([...path.slice(0, -1), ...found.map((i) => rest.nodes[i]!)].map((i) => whole.nodes[i]!));
    const promised = before === 0 ? PROMISED_WHOLE : PROMISED;
    if (this.#byTrial(rest, before, keep) || this.#byTables(rest, 0, before, promised, keep)) {
      return Math.min(bound, this.#length);
    }
    if (before >= BRANCHED) return bound;
    const shut = blocked.slice();
    for (const other of [node, ...whole.graph.walk[node]!, ...whole.graph.chords[node]!]) shut[other] = 1;
    let most = before;
    for (const other of whole.graph.walk[node]!) {
      if (blocked[other]) continue;
      shut[other] = 0;
      most = Math.max(most, this.#prove(whole, [...path, other], shut));
      shut[other] = 1;
    }
    return Math.min(bound, most);
  }

  /** With times every path is tried: what a table knows of a piece does not say when it may be walked. */
  #inOrder({ graph, nodes }: Reduced): number {
    const late = () => this.#late;
    const { path, complete } = extendPath(graph, [0], this.best.length, this.#cap + 1, { nodes: Infinity, late });
    if (path) this.#keep(path.map((i) => nodes[i]!));
    return complete || this.#length >= this.#cap ? this.#length : lengthBound(graph, 0);
  }

  /** Tries every path from node 0 of `rest`. @returns whether it came to an end: none beats the best any more */
  #byTrial({ graph }: Reduced, before: number, keep: (path: readonly number[]) => void): boolean {
    const cap = this.#cap + 1 - before;
    const { path, complete } = extendPath(graph, [0], this.best.length - before, cap, {
      nodes: EXHAUST,
      late: () => this.#late,
    });
    if (path) keep(path);
    return complete || this.#length >= this.#cap;
  }

  /** The same by tables, for narrow graphs of any size. */
  #byTables(
    { graph }: Reduced,
    start: number,
    before: number,
    promised: number,
    keep: (path: readonly number[]) => void,
  ): boolean {
    const until = this.#now() + ORDERING * (this.#deadline - this.#now());
    const order = eliminate(graph, start, promised, () => this.#now() > until);
    if (!order) return false;
    try {
      const limits = { floor: this.best.length - before, maxStates: STATES, late: () => this.#late };
      const found = longestByTables(graph, start, order, limits);
      if (found) keep(found);
      return true;
    } catch (error) {
      if (error instanceof GaveUp) return false;
      throw error;
    }
  }
}

/** Nodes with many ways on first. */
function byPromise(graph: ChainGraph): number[] {
  return [...graph.walk.keys()].toSorted((a, b) => graph.walk[b]!.length - graph.walk[a]!.length || a - b);
}
