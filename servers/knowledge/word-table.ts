/**
 * A table of words that is asked with a place in a text, not with a string: most words of a text were met before, and
 * cutting each out only to look it up is what takes the time.
 */

/** A power of two, well above the entries. */
const SLOTS = 1 << 19;
const MOST_ENTRIES = 200_000;

export class WordTable<T> {
  /** Place of the entry plus one; 0 is free. */
  #slots = new Int32Array(SLOTS);
  #hashes = new Int32Array(MOST_ENTRIES);
  #words: string[] = [];
  #values: T[] = [];
  readonly #make: (word: string) => T;

  /** @param make what a word comes to, asked once for each; the table forgets everything when it is full */
  constructor(make: (word: string) => T) {
    this.#make = make;
  }

  /** What `text.slice(start, end)` comes to. */
  get(text: string, start: number, end: number): T {
    const hash = hashOf(text, start, end);
    let slot = hash & (SLOTS - 1);
    for (let entry = this.#slots[slot]!; entry !== 0; entry = this.#slots[slot]!) {
      if (this.#hashes[entry - 1] === hash && isAt(this.#words[entry - 1]!, text, start, end)) {
        return this.#values[entry - 1]!;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    // A copy: a slice would keep the whole text in memory.
    return this.#add(Buffer.from(text.slice(start, end), "utf16le").toString("utf16le"), hash, slot);
  }

  #add(word: string, hash: number, slot: number): T {
    if (this.#words.length === MOST_ENTRIES) {
      this.#slots.fill(0);
      this.#words = [];
      this.#values = [];
      slot = hash & (SLOTS - 1);
    }
    const value = this.#make(word);
    this.#slots[slot] = this.#words.push(word);
    this.#values.push(value);
    this.#hashes[this.#words.length - 1] = hash;
    return value;
  }
}

/** FNV-1a over UTF-16 units. */
function hashOf(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash ^ (hash >>> 15);
}

function isAt(word: string, text: string, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) !== text.charCodeAt(start + i)) return false;
  return true;
}
