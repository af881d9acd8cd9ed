/**
 * The documents as numbered words: which of them name an entity, and which a search for some words finds first.
 * Both are what the proof of "no shortcut" asks.
 */
import { documentText } from "../../../schemas/index.ts";
import { words, type DocumentStore } from "../../../servers/knowledge/index.ts";

/** Words in more than this share of the documents say nothing and are not searched for. */
const COMMON_SHARE = 0.1;
const K1 = 1.2;
const B = 0.75;
const WORD = /[\p{L}\p{N}]+(?:['’]s\b)?/gu;

export class DocumentIndex {
  readonly retracted: ReadonlySet<string>;
  readonly #vocabulary = new Map<string, number>();
  /** Words of document d: `#first[d]` … `#first[d + 1] - 1` of `#words`. */
  readonly #first: Int32Array;
  readonly #words: Int32Array;
  /** Documents with word w, ascending, and how often each has it. */
  readonly #postings: { first: Int32Array; documents: Int32Array; counts: Uint16Array };

  constructor(store: DocumentStore) {
    const folded = new Map<string, number>();
    const first: number[] = [0];
    let all = new Int32Array(1 << 16);
    let length = 0;
    const retracted = new Set<string>();
    for (const document of store.all()) {
      if (document.integrity === "retracted") retracted.add(document.id);
      for (const [raw] of documentText(document).matchAll(WORD)) {
        let id = folded.get(raw);
        if (id === undefined) folded.set(raw, (id = this.#idOf(words(raw)[0]?.norm ?? "")));
        if (length === all.length) {
          const larger = new Int32Array(2 * length);
          larger.set(all);
          all = larger;
        }
        if (id >= 0) all[length++] = id;
      }
      first.push(length);
    }
    this.retracted = retracted;
    this.#first = Int32Array.from(first);
    this.#words = all.slice(0, length);
    this.#postings = this.#invert();
  }

  get size(): number {
    return this.#first.length - 1;
  }

  /** Documents (as numbers, ascending) that have these words in a row: a name, in whatever case and punctuation. */
  naming(name: string): number[] {
    const wanted = words(name).map(({ norm }) => this.#vocabulary.get(norm));
    if (wanted.length === 0 || wanted.some((w) => w === undefined)) return [];
    const phrase = wanted as number[];
    const { first, documents } = this.#postings;
    const spread = (w: number) => first[w + 1]! - first[w]!;
    const rarest = phrase.reduce((a, b) => (spread(b) < spread(a) ? b : a));
    const candidates = [...documents.subarray(first[rarest], first[rarest + 1])];
    return phrase.length === 1 ? candidates : candidates.filter((d) => this.#hasPhrase(d, phrase));
  }

  /** The first `limit` documents of a BM25 search for the text's words; ties in order of arrival. */
  search(text: string, limit: number): number[] {
    const scores = new Map<number, number>();
    const { first, documents, counts } = this.#postings;
    const mean = this.#words.length / Math.max(1, this.size);
    for (const norm of new Set(words(text).map((w) => w.norm))) {
      const w = this.#vocabulary.get(norm);
      if (w === undefined) continue;
      const spread = first[w + 1]! - first[w]!;
      if (spread > Math.max(1, COMMON_SHARE * this.size)) continue;
      const weight = Math.log(1 + (this.size - spread + 0.5) / (spread + 0.5));
      for (let i = first[w]!; i < first[w + 1]!; i++) {
        const [d, n] = [documents[i]!, counts[i]!];
        const length = this.#first[d + 1]! - this.#first[d]!;
        const score = (weight * n * (K1 + 1)) / (n + K1 * (1 - B + (B * length) / mean));
        scores.set(d, (scores.get(d) ?? 0) + score);
      }
    }
    const best = [...scores].toSorted(([a, x], [b, y]) => y - x || a - b).slice(0, limit);
    return best.map(([d]) => d);
  }

  #idOf(norm: string): number {
    if (!norm) return -1;
    let id = this.#vocabulary.get(norm);
    if (id === undefined) this.#vocabulary.set(norm, (id = this.#vocabulary.size));
    return id;
  }

  #hasPhrase(document: number, phrase: readonly number[]): boolean {
    const text = this.#words;
    const [head] = phrase;
    const end = this.#first[document + 1]! - phrase.length;
    for (let i = this.#first[document]!; i <= end; i++) {
      if (text[i] !== head) continue;
      let j = 1;
      while (j < phrase.length && text[i + j] === phrase[j]) j++;
      if (j === phrase.length) return true;
    }
    return false;
  }

  #invert() {
    const size = this.#vocabulary.size;
    const first = new Int32Array(size + 1);
    const last = new Int32Array(size).fill(-1);
    this.#eachWord((d, w) => {
      if (last[w] !== d) first[w + 1]!++;
      last[w] = d;
    });
    for (let w = 0; w < size; w++) first[w + 1]! += first[w]!;
    const next = first.slice(0, size);
    const documents = new Int32Array(first[size]!);
    const counts = new Uint16Array(first[size]!);
    last.fill(-1);
    this.#eachWord((d, w) => {
      if (last[w] !== d) documents[next[w]!++] = d;
      last[w] = d;
      counts[next[w]! - 1]!++;
    });
    return { first, documents, counts };
  }

  #eachWord(visit: (document: number, word: number) => void): void {
    for (let d = 0; d < this.size; d++) {
      for (let i = this.#first[d]!; i < this.#first[d + 1]!; i++) visit(d, this.#words[i]!);
    }
  }
}
