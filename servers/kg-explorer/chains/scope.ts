/** What can be told of the states of one table from the nodes in its scope alone, as bit masks over the slots. */
import type { ChainGraph } from "./graph.ts";
import { CLOSED, FIRST, FRESH, LAST, OFF, type Pieces } from "./pieces.ts";

export class Scope {
  readonly nodes: readonly number[];
  /** For each slot: neighbours in scope, by walk and by chord, and how many neighbours its node may have. */
  readonly #near: Int32Array;
  readonly #chords: Int32Array;
  readonly #room: Uint8Array;
  /** Slots of the neighbours of the start: a path holds one of them. */
  readonly #firsts: number;
  /** For each slot: for each neighbour that is still to come, who of the scope is related to that one. */
  readonly #ahead: Int32Array[];

  /** @param gone nodes that are decided already */
  constructor(graph: ChainGraph, nodes: readonly number[], gone: Uint8Array, start: number) {
    this.nodes = nodes;
    const slots = new Map(nodes.map((node, i) => [node, i]));
    const mask = (list: readonly number[]) =>
      list.reduce((bits, node) => (slots.has(node) ? bits | (1 << slots.get(node)!) : bits), 0);
    this.#near = Int32Array.from(nodes, (node) => mask(graph.walk[node]!));
    this.#chords = Int32Array.from(nodes, (node) => mask(graph.chords[node]!));
    this.#firsts = start < 0 ? 0 : mask(graph.walk[start]!);
    this.#room = Uint8Array.from(nodes, (node) => (node === start || graph.ends[node] ? 1 : 2));
    this.#ahead = nodes.map((node) =>
      Int32Array.from(
        graph.walk[node]!.filter((other) => !slots.has(other) && gone[other] === 0),
        (other) => mask(graph.walk[other]!) | mask(graph.chords[other]!),
      ),
    );
  }

  /** Whether no node of the state has more neighbours on the path than it may, and none a chord. */
  sound({ bytes }: Pieces): boolean {
    const width = this.nodes.length;
    let on = 0;
    for (let i = 0; i < width; i++) if (bytes[i] !== OFF) on |= 1 << i;
    const firsts = on & this.#firsts;
    if (firsts & (firsts - 1)) return false;
    for (let i = 0; i < width; i++) {
      const code = bytes[i]!;
      if (code === OFF) continue;
      if (this.#chords[i]! & on) return false;
      const near = this.#near[i]! & on;
      if (near === 0) continue;
      if (code === CLOSED) return false;
      const left = code === FRESH ? this.#room[i]! : 1;
      if (left === 1 ? near & (near - 1) : bitCount(near) > left) return false;
    }
    return true;
  }

  /** Whether the open ends of the state can still be closed: each by a node to come, or as an end of the path. */
  open(pieces: Pieces, free: boolean): boolean {
    const { bytes } = pieces;
    const width = this.nodes.length;
    let [closed, open] = [0, 0];
    for (let i = 0; i < width; i++) {
      if (bytes[i] === CLOSED) closed |= 1 << i;
      else if (bytes[i] !== OFF) open |= 1 << i;
    }
    let ends = (pieces.ended ? 0 : 1) + (free && !pieces.begun ? 1 : 0);
    for (let i = 0; i < width; i++) {
      if ((open & (1 << i)) === 0 || this.#near[i]! & open) continue;
      const ahead = this.#ahead[i]!;
      let way = 0;
      while (way < ahead.length && ahead[way]! & closed) way++;
      if (way < ahead.length) continue;
      const code = bytes[i]!;
      if (code === FRESH || ends === 0 || (!free && code === LAST)) return false;
      // The only open end of the whole path: nothing else may be left.
      if ((code === FIRST || code === LAST) && open !== 1 << i) return false;
      ends--;
    }
    return true;
  }
}

function bitCount(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
