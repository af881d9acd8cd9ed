/**
 * A map from texts to small integers, made for tens of millions of lookups: the key is 64 bits of the text's bytes, so
 * that no string has to be made to ask. The hash is seeded by chance: nobody can choose texts that collide.
 */
import { randomInt } from "node:crypto";
import { bytesBits } from "./relation-identity.ts";

const SEED = randomInt(2 ** 31);

export class TextIndex {
  #slots = new Int32Array(1 << 12);
  /** Three for each text: upper and lower half of its bits, and the value. */
  #entries = new Int32Array(3 << 11);
  #count = 0;

  get size(): number {
    return this.#count;
  }

  /** @returns the value of the text `bytes[start ..< end]`, or -1 */
  get(bytes: Uint8Array, start: number, end: number): number {
    const [upper, lower] = bytesBits(bytes, start, end, SEED);
    const slots = this.#slots;
    const entries = this.#entries;
    const mask = slots.length - 1;
    for (let at = lower & mask; slots[at] !== 0; at = (at + 1) & mask) {
      const entry = (slots[at]! - 1) * 3;
      if (entries[entry] === upper && entries[entry + 1] === lower) return entries[entry + 2]!;
    }
    return -1;
  }

  /** For a text that is not there yet. */
  add(bytes: Uint8Array, start: number, end: number, value: number): void {
    if ((this.#count + 1) * 2 > this.#slots.length) this.#grow();
    const [upper, lower] = bytesBits(bytes, start, end, SEED);
    this.#entries.set([upper, lower, value], this.#count * 3);
    this.#count++;
    this.#place(this.#count, lower);
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
    for (let number = 1; number <= this.#count; number++) this.#place(number, entries[(number - 1) * 3 + 1]!);
  }
}
