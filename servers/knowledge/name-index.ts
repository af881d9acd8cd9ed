/**
 * The names of a graph in memory, by word: what misspelt, reordered and shortened names are found with. Built on first
 * need from the store (120,000 names: about 0.2 s), and again when the graph has changed.
 */
import { formsOf } from "./inflection.ts";
import type { NameSource } from "./name-source.ts";
import { editDistance } from "./names.ts";

/** A word of the vocabulary that may be meant, and how many letters away it is. */
export interface WordMatch {
  word: number;
  distance: number;
}

/** A word in no more names than this may itself be a typing error of the source. */
const RARE_WORD = 5;
const FAR_MORE_OFTEN = 50;

const indexes = new WeakMap<NameSource, { revision: string; index: NameIndex }>();

/** The index of this graph as it is now. */
export function nameIndex(graph: NameSource): NameIndex {
  const revision = graph.revision();
  const known = indexes.get(graph);
  if (known?.revision === revision) return known.index;
  const index = new NameIndex(graph.norms());
  indexes.set(graph, { revision, index });
  return index;
}

export class NameIndex {
  /** Distinct folded names; a name's number is its place here. */
  readonly norms: string[] = [];
  readonly #wordIds = new Map<string, number>();
  readonly #words: string[] = [];
  /** Words of name n: `#nameWords[#nameStarts[n] .. #nameStarts[n + 1]]`, in the name's order. */
  readonly #nameWords: Int32Array;
  readonly #nameStarts: Int32Array;
  /** Names that hold word w, ascending: the transposed table. */
  readonly #postings: Int32Array;
  readonly #postingStarts: Int32Array;
  /** Which letters a word holds: one edit changes at most two bits. */
  readonly #letters: Int32Array;
  readonly #byLength: number[][] = [];
  /** These three are made when first asked for. */
  #joined: Map<string, number> | undefined;
  #nameLetters: Int32Array | undefined;
  readonly #namesByLength: number[][] = [];

  constructor(norms: Iterable<string>) {
    const flat: number[] = [];
    const starts: number[] = [0];
    for (const norm of norms) {
      this.norms.push(norm);
      const parts = norm.split(" ");
      for (const part of parts) flat.push(this.#wordIdFor(part));
      starts.push(flat.length);
    }
    this.#nameWords = Int32Array.from(flat);
    this.#nameStarts = Int32Array.from(starts);
    [this.#postings, this.#postingStarts] = transpose(this.#nameWords, this.#nameStarts, this.#words.length);
    this.#letters = Int32Array.from(this.#words, lettersOf);
    this.#words.forEach((word, id) => (this.#byLength[word.length] ??= []).push(id));
  }

  /** True where some name holds this word. */
  knows(word: string): boolean {
    return this.#wordIds.has(word);
  }

  wordAt(id: number): string {
    return this.#words[id]!;
  }

  wordsOf(name: number): Int32Array {
    return this.#nameWords.subarray(this.#nameStarts[name], this.#nameStarts[name + 1]);
  }

  namesWith(word: number): Int32Array {
    return this.#postings.subarray(this.#postingStarts[word], this.#postingStarts[word + 1]);
  }

  /** Weight of a word for telling names apart: natural log of names per name that holds it. */
  rarity(word: number): number {
    return Math.log((this.norms.length + 1) / (this.namesWith(word).length + 0.5));
  }

  /** The name of two to four words that reads the same when written as one: "heartfailure". */
  joined(word: string): string | undefined {
    this.#joined ??= this.#joinNames();
    const name = this.#joined.get(word);
    return name === undefined ? undefined : this.norms[name];
  }

  /** The word in the vocabulary in any of its inflected forms. */
  forms(word: string): WordMatch[] {
    return formsOf(word).flatMap((form) => {
      const id = this.#wordIds.get(form);
      return id === undefined ? [] : [{ word: id, distance: 0 }];
    });
  }

  /** Words at most `limit` edits away, nearest first; those with digits are left out, since another digit is another thing. */
  misspelt(word: string, limit: number): WordMatch[] {
    if (limit < 1 || /\d/.test(word)) return [];
    const letters = lettersOf(word);
    const found: WordMatch[] = [];
    for (let length = Math.max(3, word.length - limit); length <= word.length + limit; length++) {
      for (const id of this.#byLength[length] ?? []) {
        if (bitCount(this.#letters[id]! ^ letters) > 2 * limit) continue;
        const candidate = this.#words[id]!;
        const distance = editDistance(word, candidate, limit);
        if (distance <= limit && distance > 0 && !/\d/.test(candidate)) found.push({ word: id, distance });
      }
    }
    const names = (match: WordMatch) => this.namesWith(match.word).length;
    return found.toSorted((a, b) => a.distance - b.distance || names(b) - names(a));
  }

  /**
   * What a written word may mean: itself in any inflected form, and where no name holds it, or hardly any beside very
   * many that hold its neighbour ("syndrom"), the words at most `limit` edits away.
   */
  meant(word: string, limit: number): WordMatch[] {
    const forms = this.forms(word);
    const own = Math.max(0, ...forms.map((f) => this.namesWith(f.word).length));
    if (own > RARE_WORD) return forms;
    const near = this.misspelt(word, limit).filter((m) => this.namesWith(m.word).length > own * FAR_MORE_OFTEN);
    return [...forms, ...near];
  }

  /** Names at most `limit` edits from `norm` as a whole. */
  namesLike(norm: string, limit: number): { name: number; distance: number }[] {
    if (!this.#nameLetters) {
      this.#nameLetters = Int32Array.from(this.norms, lettersOf);
      this.norms.forEach((own, name) => (this.#namesByLength[own.length] ??= []).push(name));
    }
    const letters = lettersOf(norm);
    const found: { name: number; distance: number }[] = [];
    for (let length = Math.max(1, norm.length - limit); length <= norm.length + limit; length++) {
      for (const name of this.#namesByLength[length] ?? []) {
        if (bitCount(this.#nameLetters[name]! ^ letters) > 2 * limit) continue;
        const distance = editDistance(norm, this.norms[name]!, limit);
        if (distance <= limit) found.push({ name, distance });
      }
    }
    return found;
  }

  #joinNames(): Map<string, number> {
    const joined = new Map<string, number>();
    this.norms.forEach((norm, name) => {
      const words = this.#nameStarts[name + 1]! - this.#nameStarts[name]!;
      if (words > 1 && words < 5) joined.set(norm.replaceAll(" ", ""), name);
    });
    return joined;
  }

  #wordIdFor(word: string): number {
    let id = this.#wordIds.get(word);
    if (id === undefined) {
      id = this.#words.push(word) - 1;
      this.#wordIds.set(word, id);
    }
    return id;
  }
}

/** Turns "words of each name" into "names of each word". */
function transpose(values: Int32Array, starts: Int32Array, count: number): [Int32Array, Int32Array] {
  const places = new Int32Array(count + 1);
  for (const value of values) places[value + 1]!++;
  for (let i = 0; i < count; i++) places[i + 1]! += places[i]!;
  const rows = new Int32Array(values.length);
  const next = places.slice();
  for (let name = 0; name + 1 < starts.length; name++) {
    for (let i = starts[name]!; i < starts[name + 1]!; i++) rows[next[values[i]!]!++] = name;
  }
  return [rows, places];
}

function lettersOf(word: string): number {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
  return bits;
}

function bitCount(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
