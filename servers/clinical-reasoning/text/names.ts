/** Names as numbers: a tree over their words in order, and a table over their concepts in any order. */
import type { ClinicalModel } from "../model/model.ts";
import { PairTable } from "./pair-table.ts";
import type { Reading } from "./reading.ts";
import { mixA, mixB, PAIR_BITS, pairBit, Sums } from "./sums.ts";
import { FILLER, UNKNOWN, type Vocabulary } from "./vocabulary.ts";

/** Lower wins where two terms have one name: labels before everyday words before synonyms before adjectives before names put together by analogy. */
export const RANK = { label: 0, lay: 1, synonym: 2, adjective: 3, derived: 4 } as const;
/** Two findings of the same concepts, neither a kind of the other. */
const AMBIGUOUS = -1;
export const NONE = -1;

/** One name, or one set of concepts. */
interface Entry {
  term: number;
  rank: number;
  /** Set where the name must be written like this: a symbol ("ASD"), or a plural whose singular is plain English ("falls"). */
  written?: RegExp | undefined;
  /** A symbol of several findings, none a kind of the other. */
  ambiguous?: boolean;
  /** Other findings of the same name. */
  others?: number[];
  /** The finding that a synonym of several words is widened to. */
  wider?: number;
}

export class Names {
  readonly #model: ClinicalModel;
  readonly #vocabulary: Vocabulary;
  readonly #steps = new PairTable(1 << 17);
  /** Entries by node of the tree. */
  readonly #exact: (Entry | undefined)[] = [undefined];
  readonly #sets = new PairTable(1 << 16);
  readonly #loose: Entry[] = [];
  /** Sets of the labels, by term. */
  readonly #labels: number[] = [];
  /** Names of several words that may be widened, with the words they are made of. */
  readonly #synonyms: { entry: Entry; words: readonly number[] }[] = [];
  readonly #abnormal: number;
  readonly #malformed: number;
  readonly #morphology: number;
  /** What the sums change by where "malformed" is read as "abnormal". */
  readonly #rewordA: number;
  readonly #rewordB: number;
  /** Which two concepts have a name in common, one bit for each by their hash. */
  readonly #together = new Int32Array(PAIR_BITS >>> 5);
  #isConcept = new Uint8Array(0);
  #begins = new Int32Array(0);
  readonly #sums = new Sums();

  constructor(model: ClinicalModel, vocabulary: Vocabulary) {
    this.#model = model;
    this.#vocabulary = vocabulary;
    this.#abnormal = vocabulary.concept("abnormal");
    this.#malformed = vocabulary.concept("malformed");
    this.#morphology = vocabulary.concept("morphology");
    this.#rewordA = mixA(this.#abnormal) - mixA(this.#malformed);
    this.#rewordB = mixB(this.#abnormal) - mixB(this.#malformed);
  }

  add(words: readonly number[], term: number, rank: number, written?: RegExp): void {
    let node = 0;
    for (const word of words) {
      let next = this.#steps.get(node, word);
      if (next < 0) {
        next = this.#exact.push(undefined) - 1;
        this.#steps.set(node, word, next);
      }
      node = next;
    }
    const entry: Entry = { term, rank, written };
    const held = this.#exact[node];
    if (held && held.term !== term) {
      if (held.rank < rank) return noteOther(held, term);
      if (held.rank === rank && !this.#model.covers(term, held.term)) {
        if (held.written && !this.#model.covers(held.term, term)) held.ambiguous = true;
        return noteOther(held, term);
      }
      noteOther(entry, held.term);
    }
    this.#exact[node] = entry;
    if (rank === RANK.synonym && words.length > 1) this.#synonyms.push({ entry, words });
  }

  has(words: readonly number[], term: number): boolean {
    return this.#exact[this.#nodeOf(words)]?.term === term;
  }

  /** @param concepts two and more, no fillers */
  addLoose(concepts: readonly number[], term: number, rank: number): void {
    for (const concept of concepts) this.#mark(concept);
    for (const [i, a] of concepts.entries()) for (const b of concepts.slice(i + 1)) this.#markPair(a, b);
    const set = this.#insert(this.#sumsOf(concepts), term, rank);
    if (rank === RANK.label) this.#labels[term] = set;
  }

  /** To be called when all names are in. */
  close(): void {
    const { words } = this.#vocabulary;
    this.#begins = Int32Array.from(words, (_, word) => this.#steps.get(0, word));
    for (const { entry, words: own } of this.#synonyms) {
      const concepts = own
        .map((word) => this.#vocabulary.conceptOfWord(word))
        .map((concept) => (concept === this.#malformed ? this.#abnormal : concept))
        .filter((concept) => concept !== FILLER);
      const found = this.#setOf(this.#sumsOf(concepts), 0);
      const wider = this.#widened(entry, found);
      if (wider !== undefined) entry.wider = wider;
    }
  }

  /** The node after a first word, or after one more; negative where no name goes on so. */
  begin(word: number): number {
    return word < 0 ? NONE : (this.#begins[word] ?? NONE);
  }

  step(node: number, word: number): number {
    return word < 0 ? NONE : this.#steps.get(node, word);
  }

  /** The name that ends at a node; undefined where none does. */
  at(node: number): Entry | undefined {
    return this.#exact[node];
  }

  /** Whether any name read by its concepts has this one. */
  isConcept(concept: number): boolean {
    return concept > 0 && this.#isConcept[concept] === 1;
  }

  /** False where no name has both of two concepts. */
  mayMeet(a: number, b: number): boolean {
    if (a === this.#morphology || b === this.#morphology) return true;
    const bit = pairBit(a === this.#malformed ? this.#abnormal : a, b === this.#malformed ? this.#abnormal : b);
    return (this.#together[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }

  isAbnormal(concept: number): boolean {
    return concept === this.#abnormal || concept === this.#malformed;
  }

  addTo(sums: Sums, concept: number): void {
    sums.a = (sums.a + mixA(concept)) | 0;
    sums.b = (sums.b + mixB(concept)) | 0;
    sums.count++;
    if (concept === this.#abnormal) sums.abnormal++;
    else if (concept === this.#malformed) sums.malformed++;
    else if (concept === this.#morphology) sums.morphology++;
  }

  /** The term whose name has these concepts, in any order and at least two; NONE where there is none or more than one. */
  loose(sums: Sums): number {
    if (sums.count < 2) return NONE;
    const found = this.#setOf(sums, 0);
    if (sums.malformed !== 1) return found < 0 ? NONE : this.#loose[found]!.term;
    const wider = this.#setOf(sums, 1);
    if (found < 0) return wider < 0 ? NONE : this.#loose[wider]!.term;
    return this.#widened(this.#loose[found]!, wider) ?? this.#loose[found]!.term;
  }

  /** The term that all the words of a reading name together, however they are written. */
  whole({ count, word, concept }: Reading): number {
    const node = this.#nodeOf([...word.subarray(0, count)]);
    const entry = node > 0 ? this.at(node) : undefined;
    if (entry) return entry.ambiguous ? NONE : entry.term;
    this.#sums.clear();
    for (let i = 0; i < count; i++) {
      if (concept[i] === UNKNOWN) return NONE;
      if (concept[i] !== FILLER) this.addTo(this.#sums, concept[i]!);
    }
    return this.loose(this.#sums);
  }

  /** The finding whose label has the same concepts and that holds this one: "ear anomalies" are those of the ear, not only of the outer ear. */
  #widened({ term, rank }: Entry, set: number): number | undefined {
    const label = set < 0 ? undefined : this.#loose[set];
    if (rank !== RANK.synonym || label?.rank !== RANK.label || label.term === AMBIGUOUS) return undefined;
    // A malformed kidney is abnormal renal morphology, the finding's own label, and no more than that.
    return this.#labels[term] !== set && this.#model.covers(label.term, term) ? label.term : undefined;
  }

  #nodeOf(words: readonly number[]): number {
    let node = 0;
    for (const word of words) {
      if (word < 0) return NONE;
      node = this.#steps.get(node, word);
      if (node < 0) return NONE;
    }
    return node;
  }

  #markPair(a: number, b: number): void {
    const bit = pairBit(a === this.#malformed ? this.#abnormal : a, b === this.#malformed ? this.#abnormal : b);
    this.#together[bit >>> 5]! |= 1 << (bit & 31);
  }

  #mark(concept: number): void {
    if (concept >= this.#isConcept.length) {
      const wider = new Uint8Array(2 * concept + 64);
      wider.set(this.#isConcept);
      this.#isConcept = wider;
    }
    this.#isConcept[concept] = 1;
  }

  #sumsOf(concepts: readonly number[]): Sums {
    const sums = new Sums();
    for (const concept of concepts) this.addTo(sums, concept);
    return sums;
  }

  /** The set of these concepts, with so many of "malformed" read as "abnormal"; -1 where there is none. */
  #setOf(sums: Sums, malformed: number): number {
    // Beside "abnormal", "morphology" says nothing.
    const dropped = sums.abnormal + sums.malformed > 0 ? sums.morphology : 0;
    return this.#sets.get(
      (sums.a - Math.imul(mixA(this.#morphology), dropped) + Math.imul(this.#rewordA, malformed)) | 0,
      (sums.b - Math.imul(mixB(this.#morphology), dropped) + Math.imul(this.#rewordB, malformed)) | 0,
    );
  }

  /** Where the set is kept. */
  #insert(sums: Sums, term: number, rank: number): number {
    const index = this.#setOf(sums, 0);
    if (index < 0) {
      const added = this.#loose.push({ term, rank }) - 1;
      const dropped = sums.abnormal + sums.malformed > 0 ? sums.morphology : 0;
      this.#sets.set(
        (sums.a - Math.imul(mixA(this.#morphology), dropped)) | 0,
        (sums.b - Math.imul(mixB(this.#morphology), dropped)) | 0,
        added,
      );
      return added;
    }
    const held = this.#loose[index]!;
    if (held.term === term || held.rank < rank) return index;
    if (held.rank > rank) this.#loose[index] = { term, rank };
    else if (held.term !== AMBIGUOUS && !this.#model.covers(held.term, term))
      held.term = this.#model.covers(term, held.term) ? term : AMBIGUOUS;
    return index;
  }
}

function noteOther(entry: Entry, term: number): void {
  if (entry.others?.includes(term)) return;
  (entry.others ??= []).push(term);
}
