/**
 * All relations of a graph as integers, in memory: ends, predicate, how well supported, and the 64 bits of the identity,
 * with an index over the latter. Twenty bytes a relation and six for the index; stored as blocks of `graph.db`.
 */

import type { Bits } from "./relation-identity.ts";

/** Relations of one stored block. */
export const EDGES_PER_BLOCK = 4096;
/** Int32s of a relation: subject, object, predicate with flags, upper and lower half of the identity. */
export const WIDTH = 5;
/** Where the lower half stands. */
export const LOWER = 4;
const SHIFT = 12;
const MASK = EDGES_PER_BLOCK - 1;
/** Blocks of a table that is too small to care; and how many are made at once beyond it: more than 32 MB, see `#newBlock`. */
const SMALL_TABLE = 64;
const BLOCKS_AT_ONCE = 512;

/** Predicates are numbered from 1; more than this is no vocabulary. */
export const MOST_PREDICATES = 0xffff;
export const NEGATED = 1 << 16;
export const SUPPORT_SHIFT = 17;
/** Pieces of evidence are told apart up to this number. */
export const MOST_SUPPORT = 3;

/** Rows of entities and predicates; `support` counts pieces of evidence, 3 standing for more. */
export interface EdgeFacts {
  subject: number;
  object: number;
  predicate: number;
  negated: boolean;
  support: number;
}

/** A relation as integers, and its own row. */
export interface StoredEdge extends EdgeFacts {
  row: number;
}

/** The integers of a stored block, `WIDTH` a relation. */
export function valuesOf(body: Uint8Array): Int32Array {
  const aligned = body.byteOffset % 4 === 0 ? body : body.slice();
  return new Int32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength / 4);
}

/** The relations of a stored block, without building a table: (row, facts) of each that is there. */
export function* edgesOfBlock(block: number, body: Uint8Array): Generator<StoredEdge> {
  const values = valuesOf(body);
  for (let base = 0; base < values.length; base += WIDTH) {
    if (values[base] === 0) continue;
    const word = values[base + 2]!;
    yield {
      row: block * EDGES_PER_BLOCK + base / WIDTH,
      subject: values[base]!,
      object: values[base + 1]!,
      predicate: word & MOST_PREDICATES,
      negated: (word & NEGATED) !== 0,
      support: word >> SUPPORT_SHIFT,
    };
  }
}

/** Rows that may have this identity, by the index of a table (see `indexOf`). */
export function* rowsWithIdentity(slots: Int32Array, [, lower]: Bits): Generator<number> {
  const mask = slots.length - 1;
  for (let at = lower & mask; slots[at] !== 0; at = (at + 1) & mask) yield slots[at]!;
}

export class EdgeTable {
  /** Block b holds rows b × 4096 … ; row 0 is never used, a removed row has subject 0. */
  readonly #blocks: Int32Array[] = [];
  #end = 1;
  /** Open addressing by the lower half: rows, 0 where free. Its length is a power of two. */
  #slots = new Int32Array(1 << 10);
  #used = 0;
  /** Memory for blocks to come. */
  #room = new Int32Array(0);
  readonly #dirty = new Set<number>();

  #load(block: number, body: Uint8Array): void {
    const isWhole = body.byteLength === EDGES_PER_BLOCK * WIDTH * 4 && body.byteOffset % 4 === 0;
    const values = isWhole
      ? new Int32Array(body.buffer, body.byteOffset, EDGES_PER_BLOCK * WIDTH)
      : new Int32Array(EDGES_PER_BLOCK * WIDTH);
    if (!isWhole) new Uint8Array(values.buffer).set(body);
    this.#blocks[block] = values;
    this.#end = block * EDGES_PER_BLOCK + body.byteLength / (4 * WIDTH);
    for (let row = block * EDGES_PER_BLOCK; row < this.#end; row++) {
      if (this.subject(row) !== 0) this.#index(row);
    }
  }

  /** Blocks that changed since the last call, as they are to be stored. */
  *takeChanged(): Generator<{ block: number; body: Uint8Array }> {
    for (const block of this.#dirty) {
      const rows = Math.min(EDGES_PER_BLOCK, this.#end - block * EDGES_PER_BLOCK);
      const { buffer, byteOffset } = this.#blocks[block]!;
      yield { block, body: new Uint8Array(buffer, byteOffset, rows * WIDTH * 4) };
    }
    this.#dirty.clear();
  }

  /** The table of stored blocks, which come in order. */
  static of(blocks: Iterable<Record<string, unknown>>): EdgeTable {
    const table = new EdgeTable();
    for (const { block, body } of blocks) table.#load(Number(block), body as Uint8Array);
    return table;
  }

  /** @returns the row of the relation with this identity and these facts, whatever its support, or 0 */
  find([upper, lower]: Bits, facts: EdgeFacts): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let at = lower & mask; slots[at] !== 0; at = (at + 1) & mask) {
      const row = slots[at]!;
      const block = this.#blocks[row >> SHIFT]!;
      const base = (row & MASK) * WIDTH;
      if (block[base + 4] !== lower || block[base + 3] !== upper) continue;
      const { subject, object, predicate } = facts;
      if (block[base] === subject && block[base + 1] === object && this.predicate(row) === predicate) return row;
    }
    return 0;
  }

  /** @param row where it is to stand, when rows before it are to be left free; else the next. @returns its row */
  append(facts: EdgeFacts, [upper, lower]: Bits, row = this.#end): number {
    for (let block = this.#blocks.length; block <= row >> SHIFT; block++) {
      this.#blocks[block] = this.#newBlock();
    }
    for (let block = this.#end >> SHIFT; block <= row >> SHIFT; block++) this.#dirty.add(block);
    this.#end = row + 1;
    const block = this.#blocks[row >> SHIFT]!;
    const base = (row & MASK) * WIDTH;
    block[base] = facts.subject;
    block[base + 1] = facts.object;
    block[base + 2] =
      facts.predicate | (facts.negated ? NEGATED : 0) | (Math.min(facts.support, MOST_SUPPORT) << SUPPORT_SHIFT);
    block[base + 3] = upper;
    block[base + 4] = lower;
    this.#index(row);
    return row;
  }

  setSupport(row: number, support: number): void {
    const base = (row & MASK) * WIDTH + 2;
    const block = this.#blocks[row >> SHIFT]!;
    const word = (block[base]! & (NEGATED | MOST_PREDICATES)) | (Math.min(support, MOST_SUPPORT) << SUPPORT_SHIFT);
    if (block[base] === word) return;
    block[base] = word;
    this.#dirty.add(row >> SHIFT);
  }

  remove(row: number): void {
    const base = (row & MASK) * WIDTH;
    this.#blocks[row >> SHIFT]!.fill(0, base, base + WIDTH);
    this.#dirty.add(row >> SHIFT);
  }

  /** 0 where the row was removed. */
  subject(row: number): number {
    return this.#blocks[row >> SHIFT]![(row & MASK) * WIDTH]!;
  }

  predicate(row: number): number {
    return this.#word(row) & MOST_PREDICATES;
  }

  #word(row: number): number {
    return this.#blocks[row >> SHIFT]![(row & MASK) * WIDTH + 2]!;
  }

  /** The blocks of a large table come from few pieces of memory: what is freed in small ones is not given back. */
  #newBlock(): Int32Array {
    const size = EDGES_PER_BLOCK * WIDTH;
    if (this.#blocks.length < SMALL_TABLE) return new Int32Array(size);
    if (this.#room.length === 0) this.#room = new Int32Array(size * BLOCKS_AT_ONCE);
    const block = this.#room.subarray(0, size);
    this.#room = this.#room.subarray(size);
    return block;
  }

  #index(row: number): void {
    if (++this.#used * 3 > this.#slots.length * 2) this.#grow();
    this.#place(row);
  }

  #place(row: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = this.#blocks[row >> SHIFT]![(row & MASK) * WIDTH + 4]! & mask;
    while (slots[at] !== 0) at = (at + 1) & mask;
    slots[at] = row;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2);
    for (const row of old) if (row !== 0 && this.subject(row) !== 0) this.#place(row);
  }
}
