/** A generated collection of any size: abstracts of 200 words from a Zipf vocabulary, dates, kinds, and vectors that lie in clusters as those of texts do. */
import type { Document } from "../../../schemas/index.ts";
import type { Embedder } from "../embedding/embedder.ts";
import { windowsOf } from "../embedding/windows.ts";
import { mulberry32 } from "../../kit/mulberry.ts";

const VOCABULARY = 100_000;
const TITLE_WORDS = 10;
/** Of three sentences, which are one passage for an embedder. */
const SENTENCE_WORDS = [70, 70, 60];
export const DIMENSION = 384;
const CLUSTERS = 1000;
const FIRST = 10_000_000;
const TYPES = ["Randomized Controlled Trial", "Review", "Case Reports", "Practice Guideline", "Journal Article"];
const CONSONANTS = "b c d f g h j k l m n p r s t v z br cr dr pl st tr gl ph th".split(" ");
const VOWELS = "a e i o u y ia eo".split(" ");

/** Words of a made-up language, the most frequent first, drawn as often as Zipf's law says. */
export class Language {
  readonly #words: string[];
  readonly #cumulative: Float64Array;

  constructor() {
    this.#words = vocabulary();
    this.#cumulative = new Float64Array(VOCABULARY);
    let sum = 0;
    for (let rank = 0; rank < VOCABULARY; rank++) this.#cumulative[rank] = sum += 1 / (rank + 2.7);
  }

  word(random: () => number): string {
    const wanted = random() * this.#cumulative.at(-1)!;
    let [low, high] = [0, VOCABULARY - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#cumulative[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return this.#words[low]!;
  }

  words(count: number, random: () => number): string {
    const words: string[] = [];
    for (let i = 0; i < count; i++) words.push(this.word(random));
    return words.join(" ");
  }
}

function vocabulary(): string[] {
  const random = mulberry32(1);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)]!;
  const words = new Set<string>();
  while (words.size < VOCABULARY) {
    const syllables = 2 + Math.floor(random() * 3);
    let word = "";
    for (let i = 0; i < syllables; i++) word += pick(CONSONANTS) + pick(VOWELS);
    words.add(word + pick(CONSONANTS));
  }
  return [...words];
}

export function* abstracts(count: number, language: Language): Generator<Document> {
  const random = mulberry32(2);
  for (let i = 0; i < count; i++) {
    yield {
      id: `PMID:${FIRST + i}`,
      title: language.words(TITLE_WORDS, random),
      sections: [{ label: "", text: SENTENCE_WORDS.map((n) => `${language.words(n, random)}.`).join(" A") }],
      published: `${1990 + Math.floor(random() * 35)}-${twoDigits(random() * 12)}-${twoDigits(random() * 28)}`,
      publicationTypes: [TYPES[Math.floor(random() * TYPES.length)]!],
    };
  }
}

/** 01 for numbers from 0 on, 02 from 1 on. */
function twoDigits(from0: number): string {
  return String(1 + Math.floor(from0)).padStart(2, "0");
}

/** Vectors of length 1: a cluster's centre and as much noise. The same number gives the same vector. */
export class Vectors {
  readonly #centres: Float32Array[];

  constructor() {
    const random = mulberry32(3);
    this.#centres = Array.from({ length: CLUSTERS }, () =>
      Float32Array.from({ length: DIMENSION }, () => bell(random)),
    );
  }

  of(number: number): Float32Array {
    const random = mulberry32(1_000_003 * (number + 1));
    const centre = this.#centres[Math.floor(random() * CLUSTERS)]!;
    const vector = new Float32Array(DIMENSION);
    let square = 0;
    for (let i = 0; i < DIMENSION; i++) {
      const value = centre[i]! + bell(random);
      vector[i] = value;
      square += value * value;
    }
    const scale = 1 / Math.sqrt(square);
    for (let i = 0; i < DIMENSION; i++) vector[i]! *= scale;
    return vector;
  }
}

/** Stands for a model: knows the documents that it is told of by number; a question gets a vector of its own. */
export class GeneratedEmbedder implements Embedder {
  readonly name = "generated";
  readonly identity = "generated";
  readonly dimension = DIMENSION;
  readonly vectors = new Vectors();
  readonly #numbers = new Map<string, number>();

  /** For the next call. */
  expect(documents: readonly Pick<Document, "id" | "title" | "sections">[]): void {
    this.#numbers.clear();
    for (const document of documents) {
      for (const text of windowsOf(document)) this.#numbers.set(text, numberOf(document.id));
    }
  }

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    return texts.map((text) => this.vectors.of(this.#numbers.get(text) ?? hashOf(text)));
  }

  async close(): Promise<void> {}
}

/** The place of a generated document. */
export function numberOf(id: string): number {
  return Number(id.slice(id.indexOf(":") + 1)) - FIRST;
}

function hashOf(text: string): number {
  let hash = 7;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return -Math.abs(hash) - 2;
}

function bell(random: () => number): number {
  return random() + random() + random() - 1.5;
}
