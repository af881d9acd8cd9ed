/**
 * A table of words that is asked with places in a text, not with strings: most words of a text were met before, and cutting
 * each out only to look it up is what takes the time. What is left of it is waiting for memory, so many words are looked up
 * together: each step is done for all of them, and the memory of one is not waited for before the next is asked.
 */
import { MOST_TOGETHER, type WordPlaces } from "./words-in-text.ts";

/** A power of two, well above the entries. */
const SLOTS = 1 << 18;
const MOST_ENTRIES = 150_000;
/** Of usual words; room for more is made. In UTF-16 units. */
const USUAL_UNITS = 1 << 21;
/** Before a word: the number of its value and its length, in two units each. */
const HEAD = 4;

export class WordTable<T> {
  /** For each slot the hash of its word, and where the word is in `#words`, plus one; 0 is free. */
  readonly #slots = new Int32Array(2 * SLOTS);
  #words = new Uint16Array(USUAL_UNITS);
  #end = 0;
  #values: T[] = [];
  readonly #make: (word: string) => T;
  /** Where each word was found in `#words`, plus one; 0 for new ones. */
  readonly #found = new Int32Array(MOST_TOGETHER);
  readonly #numbers = new Int32Array(MOST_TOGETHER);
  readonly #result: T[] = [];

  /** @param make what a word comes to, asked once for each; the table forgets everything when it is full */
  constructor(make: (word: string) => T) {
    this.#make = make;
  }

  /** What the words come to, in order. The array is used again by the next call. */
  of({ units, starts, ends, hashes, count }: WordPlaces): readonly T[] {
    if (this.#values.length + count > MOST_ENTRIES) this.#forget();
    const [found, numbers, slots, words, result] = [this.#found, this.#numbers, this.#slots, this.#words, this.#result];
    for (let i = 0; i < count; i++) {
      const hash = hashes[i]!;
      let slot = 2 * (hash & (SLOTS - 1));
      while (slots[slot] !== hash && slots[slot + 1] !== 0) slot = (slot + 2) & (2 * SLOTS - 1);
      found[i] = slots[slot + 1]!;
    }
    for (let i = 0; i < count; i++) {
      const at = found[i]!;
      numbers[i] = at === 0 ? 0 : numberAt(words, at - 1);
    }
    result.length = count;
    for (let i = 0; i < count; i++) {
      const at = found[i]!;
      const isKnown = at !== 0 && isAt(words, at - 1, units, starts[i]!, ends[i]!);
      const number = isKnown ? numbers[i]! : this.#number(units.subarray(starts[i], ends[i]), hashes[i]!);
      result[i] = this.#values[number]!;
    }
    return result;
  }

  /** Of a word that is new, or shares its hash with another one. */
  #number(word: Uint16Array, hash: number): number {
    const slots = this.#slots;
    let slot = 2 * (hash & (SLOTS - 1));
    for (let at = slots[slot + 1]!; at !== 0; at = slots[slot + 1]!) {
      if (slots[slot] === hash && isAt(this.#words, at - 1, word, 0, word.length)) return numberAt(this.#words, at - 1);
      slot = (slot + 2) & (2 * SLOTS - 1);
    }
    const text = Buffer.from(word.buffer, word.byteOffset, word.byteLength).toString("utf16le");
    const number = this.#values.push(this.#make(text)) - 1;
    slots[slot] = hash;
    slots[slot + 1] = this.#keep(word, number) + 1;
    return number;
  }

  /** @returns where it is */
  #keep(word: Uint16Array, number: number): number {
    const at = this.#end;
    this.#end += HEAD + word.length;
    if (this.#end > this.#words.length) {
      const larger = new Uint16Array(2 * this.#end);
      larger.set(this.#words);
      this.#words = larger;
    }
    this.#words.set([number & 0xffff, number >>> 16, word.length & 0xffff, word.length >>> 16], at);
    this.#words.set(word, at + HEAD);
    return at;
  }

  #forget(): void {
    this.#slots.fill(0);
    this.#values = [];
    this.#end = 0;
  }
}

function numberAt(words: Uint16Array, at: number): number {
  return words[at]! | (words[at + 1]! << 16);
}

function isAt(words: Uint16Array, at: number, units: Uint16Array, start: number, end: number): boolean {
  const length = end - start;
  if ((words[at + 2]! | (words[at + 3]! << 16)) !== length) return false;
  for (let i = 0; i < length; i++) if (words[at + HEAD + i] !== units[start + i]) return false;
  return true;
}
