/** The words that names are made of, as integers, and every written form that a text has them in: folded, corrected and stemmed once, then only looked up. */
import { editDistance, isPlainWord } from "../../knowledge/index.ts";
import { conceptOf, isFiller } from "./concepts.ts";
import { cuesOf } from "./cues.ts";
import { foldWord } from "./fold.ts";
import { PairTable } from "./pair-table.ts";

/** The concept of words that only join others. */
export const FILLER = 0;
/** A word, or a concept, that no name has. */
export const UNKNOWN = -1;
/** A form that folds to nothing, and one that is new. */
export const NOTHING = -1;
export const UNSEEN = -2;
/** A word shorter than this may be any other word with one letter changed. */
const TYPO_LENGTH = 8;
const TWO_TYPOS_LENGTH = 16;
/** Letters at the beginning or the end of a long word that an error leaves as they are. */
const ENDS = 4;
/** Nouns of parts of the body that say the same under each of these endings: brachydactyly, brachydactylia; microphthalmia, microphthalmus. */
const GREEK_NOUN =
  /(?:phthalm|cephal|dactyl|gnath|gloss|stom|trich|derm|onych|mel|chir|cheil|pod|som|tel|corn|cor)(?:y|ia|us|os|ism)$/u;
/** Forms of texts that are kept; beyond it they are forgotten together. */
const MOST_SEEN = 300_000;

/** Two independent 32-bit hashes of a word's letters: equal for two different words once in 2^64. */
export interface Hash {
  a: number;
  b: number;
}

export class Vocabulary {
  /** Folded words of names; a word's number is its place. */
  readonly words: string[] = [];
  /** Concepts of names by their number; the first is that of fillers. */
  readonly concepts: string[] = [""];
  readonly #wordIds = new Map<string, number>();
  readonly #conceptIds = new Map<string, number>([["", FILLER]]);
  readonly #own = new PairTable(1 << 15);
  #seen = new PairTable(1 << 12);
  /** Three numbers for every form: word, concept, cues. */
  #forms = new Int32Array(3 << 15);
  #count = 0;
  #ownCount = 0;
  #closed = false;
  #isConcept: (concept: number) => boolean = () => true;
  /** Concepts by word. */
  readonly #conceptOf: number[] = [];
  /** Names of one word by their concept. */
  readonly #nouns = new Map<string, string>();
  /** Words that no name has but that were made from one: no misspelling is read as one of them. */
  readonly #made = new Set<number>();
  /** Long words by how they begin and by how they end. */
  readonly #byEnds = new Map<string, string[]>();

  /** "Absence of speech" is absent speech; an absence seizure is something else. */
  readonly of = this.word("of");
  readonly absences = [this.word("absence"), this.word("lack")] as const;
  readonly absent = this.concept("absent");

  /**
   * Words to come are those of texts: they are read as words of names, or as unknown.
   * @param isConcept whether names are found by this concept: a word that has one is no misspelling
   */
  close(isConcept: (concept: number) => boolean): void {
    this.#isConcept = isConcept;
    this.#closed = true;
    this.#ownCount = this.#count;
    for (const [number, word] of this.words.entries()) {
      if (this.#made.has(number) || word.length < TYPO_LENGTH - 1) continue;
      for (const key of endsOf(word)) {
        const list = this.#byEnds.get(key);
        if (list) list.push(word);
        else this.#byEnds.set(key, [word]);
      }
    }
  }

  /** The form of a word by the hash of its letters in lower case: `NOTHING` where nothing is left of it when folded, `UNSEEN` where it was not read before. */
  find(a: number, b: number): number {
    const own = this.#own.get(a, b);
    if (own >= 0) return own - 1;
    const seen = this.#seen.get(a, b);
    return seen >= 0 ? seen - 1 : UNSEEN;
  }

  /** Whether a form that was read before is a word of names. */
  isWord(hash: Hash): boolean {
    const own = this.#own.get(hash.a, hash.b);
    return own > 0 && this.wordOf(own - 1) !== UNKNOWN;
  }

  wordOf(form: number): number {
    return this.#forms[3 * form]!;
  }

  conceptOf(form: number): number {
    return this.#forms[3 * form + 1]!;
  }

  cuesOf(form: number): number {
    return this.#forms[3 * form + 2]!;
  }

  /** A word that names a finding by itself: with another Greek or Latin ending it is read as the same. */
  addNoun(folded: string): void {
    if (GREEK_NOUN.test(folded)) this.#nouns.set(conceptOf(folded), folded);
  }

  conceptOfWord(word: number): number {
    return this.#conceptOf[word]!;
  }

  /** The number of a folded word, or UNKNOWN; while the vocabulary is open, a new one is given. */
  word(folded: string): number {
    const known = this.#wordIds.get(folded);
    if (known !== undefined) return known;
    if (this.#closed) return UNKNOWN;
    this.#wordIds.set(folded, this.words.length);
    this.#conceptOf.push(isFiller(folded) ? FILLER : this.concept(conceptOf(folded)));
    return this.words.push(folded) - 1;
  }

  /** As `word`, for one that no name has as it is. */
  madeWord(folded: string): number {
    const count = this.words.length;
    const word = this.word(folded);
    if (word === count) this.#made.add(word);
    return word;
  }

  concept(name: string): number {
    const known = this.#conceptIds.get(name);
    if (known !== undefined) return known;
    if (this.#closed) return UNKNOWN;
    this.#conceptIds.set(name, this.concepts.length);
    return this.concepts.push(name) - 1;
  }

  /** A form that was not read before. */
  add(written: string, hash: Hash): number {
    const folded = this.#closed ? this.#known(foldWord(written)) : foldWord(written);
    if (this.#closed && this.#count - this.#ownCount >= MOST_SEEN) {
      this.#seen = new PairTable();
      this.#count = this.#ownCount;
    }
    const table = this.#closed ? this.#seen : this.#own;
    if (folded === "") {
      table.set(hash.a, hash.b, 0);
      return NOTHING;
    }
    const form = this.#count++;
    if (3 * form >= this.#forms.length) {
      const wider = new Int32Array(2 * this.#forms.length);
      wider.set(this.#forms);
      this.#forms = wider;
    }
    this.#forms[3 * form] = this.word(folded);
    this.#forms[3 * form + 1] = isFiller(folded) ? FILLER : this.concept(conceptOf(folded));
    this.#forms[3 * form + 2] = cuesOf(written.toLowerCase());
    table.set(hash.a, hash.b, form + 1);
    return form;
  }

  /** The word itself, or the name of a finding with another ending, or the word that it is a misspelling of. */
  #known(folded: string): string {
    if (this.#wordIds.has(folded)) return folded;
    return (GREEK_NOUN.test(folded) ? this.#nouns.get(conceptOf(folded)) : undefined) ?? this.#corrected(folded);
  }

  /** The word itself, or the one word of the vocabulary that a long unknown word is a misspelling of. */
  #corrected(folded: string): string {
    if (folded.length < TYPO_LENGTH) return folded;
    const concept = this.#conceptIds.get(conceptOf(folded));
    if (concept !== undefined && this.#isConcept(concept)) return folded;
    const nearest = this.#nearest(folded);
    return nearest === undefined || isPlainWord(folded) ? folded : nearest;
  }

  #nearest(folded: string): string | undefined {
    const limit = folded.length < TWO_TYPOS_LENGTH ? 1 : 2;
    let best: string | undefined;
    let distance = limit + 1;
    // One error leaves the beginning or the end as it is, and one half; comparing these spares nearly all distances.
    const middle = folded.length >> 1;
    const [head, tail] = [folded.slice(0, middle), folded.slice(middle + 1)];
    for (const key of endsOf(folded)) {
      for (const word of this.#byEnds.get(key) ?? []) {
        if (word[0] !== folded[0] || Math.abs(word.length - folded.length) > limit) continue;
        if (limit === 1 && !word.startsWith(head) && !word.endsWith(tail)) continue;
        const d = editDistance(folded, word, limit);
        if (d < distance) [best, distance] = [word, d];
      }
    }
    return best;
  }
}

function endsOf(word: string): [string, string] {
  return [`${word.slice(0, ENDS)}-`, `-${word.slice(-ENDS)}`];
}
