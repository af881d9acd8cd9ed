/**
 * A table from texts to a few integers each, made for tens of millions of lookups: the key is 64 bits of the text's bytes,
 * so that no string has to be made to ask, and what is found lies beside its key. The hash is seeded by chance: nobody can
 * choose texts that collide.
 */
import { randomInt } from "node:crypto";
import { bytesBits } from "./relation-identity.ts";

const SEED = randomInt(2 ** 31);

export class TextIndex {
  /** Integers of an entry: upper and lower half of the text's bits, then the values. */
  readonly #width: number;
  #slots = new Int32Array(1 << 12);
  #entries: Int32Array;
  #count = 0;

  /** @param values integers kept for each text */
  constructor(values: number) {
    this.#width = 2 + values;
    this.#entries = new Int32Array(this.#width << 11);
  }

  get size(): number {
    return this.#count;
  }

  /** What `find` points into; the next `add` may move them. */
  get values(): Int32Array {
    return this.#entries;
  }

  /** @returns the place of the first value of the text `bytes[start ..< end]` in `values`, or -1 */
  find(bytes: Uint8Array, start: number, end: number): number {
    const [upper, lower] = bytesBits(bytes, start, end, SEED);
    const slots = this.#slots;
    const entries = this.#entries;
    const mask = slots.length - 1;
    for (let at = lower & mask; slots[at] !== 0; at = (at + 1) & mask) {
      const entry = (slots[at]! - 1) * this.#width;
      if (entries[entry] === upper && entries[entry + 1] === lower) return entry + 2;
    }
    return -1;
  }

  /** For a text that is not there yet. @returns the place of its first value */
  add(bytes: Uint8Array, start: number, end: number, values: readonly number[]): number {
    if ((this.#count + 1) * 2 > this.#slots.length) this.#grow();
    const [upper, lower] = bytesBits(bytes, start, end, SEED);
    const entry = this.#count * this.#width;
    this.#entries.set([upper, lower, ...values], entry);
    this.#count++;
    this.#place(this.#count, lower);
    return entry + 2;
  }

  #place(number: number, lower: number): void {
    const mask = this.#slots.length - 1;
    let at = lower & mask;
    while (this.#slots[at] !== 0) at = (at + 1) & mask;
    this.#slots[at] = number;
  }

  #grow(): void {
    const entries = new Int32Array(this.#entries.length * 2);
    entries.set(this.#entries);
    this.#entries = entries;
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let number = 1; number <= this.#count; number++) this.#place(number, entries[(number - 1) * this.#width + 1]!);
  }
}
