/** Every name of every finding, by its words in order and by its concepts in any order; plus the words that names are made of, for typing errors. */
import { editDistance, isPlainWord } from "../../knowledge/index.ts";
import type { ClinicalModel } from "../model/model.ts";
import { adjectivesOf } from "./adjectives.ts";
import { conceptOf, isFiller, keyOf, MOST_CONCEPTS } from "./concepts.ts";
import { tokensOf } from "./fold.ts";
import { LAY_TERMS } from "./lay-terms.ts";

interface Name {
  term: number;
  /** Lower wins where two terms have one name: labels before everyday words before synonyms before adjectives. */
  rank: number;
  /** Set where the name must be written like this: a symbol ("ASD"), or a plural whose singular is plain English ("falls"). */
  written?: RegExp;
}

const RANK = { label: 0, lay: 1, synonym: 2, adjective: 3 } as const;
/** A word shorter than this may be any other word with one letter changed. */
const TYPO_LENGTH = 8;
const TWO_TYPOS_LENGTH = 14;
/** Two names with the same concepts, neither a kind of the other. */
const AMBIGUOUS = -1;

export class Dictionary {
  readonly #exact = new Map<string, Name>();
  /** Tokens of the longest name that begins with this one. */
  readonly #longest = new Map<string, number>();
  /** Terms by concepts, ranked like names; only names of two concepts and more. */
  readonly #loose = new Map<string, { term: number; rank: number }>();
  readonly #adjectives = new Set<string>();
  readonly #concepts = new Set<string>();
  readonly #vocabulary = new Map<string, string[]>();
  readonly #known = new Set<string>();
  readonly #corrections = new Map<string, string | undefined>();
  readonly #model: ClinicalModel;

  constructor(model: ClinicalModel) {
    this.#model = model;
    const { ids, labels, synonyms, synonymOf, isFinding } = model.ontology;
    const byLabel = new Map<string, number>();
    for (let term = 0; term < ids.length; term++) {
      if (!isFinding[term]) continue;
      byLabel.set(labels.at(term).toLowerCase(), term);
      this.#add(labels.at(term), term, RANK.label);
    }
    for (let i = 0; i < synonyms.length; i++) {
      if (isFinding[synonymOf[i]!]) this.#add(synonyms.at(i), synonymOf[i]!, RANK.synonym);
    }
    for (const [label, names] of LAY_TERMS) {
      const term = byLabel.get(label.toLowerCase());
      if (term !== undefined) for (const name of names) this.#add(name, term, RANK.lay);
    }
    for (const word of this.#known) {
      const bucket = bucketOf(word);
      const list = this.#vocabulary.get(bucket);
      if (list) list.push(word);
      else this.#vocabulary.set(bucket, [word]);
    }
  }

  /** The term named by exactly these folded words in this order; `written` is the text they were read from. */
  exact(norms: readonly string[], written: string): number | undefined {
    const name = this.#exact.get(norms.join(" "));
    return name && (!name.written || name.written.test(written)) ? name.term : undefined;
  }

  /** The term whose name has these concepts, in any order; at least two. */
  loose(concepts: readonly string[]): number | undefined {
    if (concepts.length < 2) return undefined;
    const found = this.#loose.get(keyOf(concepts));
    return found === undefined || found.term === AMBIGUOUS ? undefined : found.term;
  }

  /** Tokens of the longest name that begins with this folded word. */
  reach(norm: string): number {
    return this.#longest.get(norm) ?? 0;
  }

  isConcept(concept: string): boolean {
    return this.#concepts.has(concept);
  }

  /** Whether this folded word names a finding only as the adjective of a noun. */
  isAdjective(norm: string): boolean {
    return this.#adjectives.has(norm);
  }

  /** The term that a whole name means, or undefined. */
  lookup(name: string): number | undefined {
    const norms = tokensOf(name).map((token) => this.corrected(token.norm));
    const exact = this.#exact.get(norms.join(" "));
    if (exact) return exact.term;
    return this.loose(norms.filter((norm) => !isFiller(norm)).map(conceptOf));
  }

  /** The word itself, or the one word of the vocabulary that a long unknown word is a misspelling of. */
  corrected(norm: string): string {
    if (norm.length < TYPO_LENGTH || this.#known.has(norm) || this.#adjectives.has(norm)) return norm;
    if (!this.#corrections.has(norm)) {
      if (this.#corrections.size > 20_000) this.#corrections.clear();
      this.#corrections.set(norm, isPlainWord(norm) ? undefined : this.#nearest(norm));
    }
    return this.#corrections.get(norm) ?? norm;
  }

  #nearest(norm: string): string | undefined {
    if (this.#concepts.has(conceptOf(norm))) return undefined;
    const limit = norm.length < TWO_TYPOS_LENGTH ? 1 : 2;
    let best: string | undefined;
    let distance = limit + 1;
    for (let length = norm.length - limit; length <= norm.length + limit; length++) {
      for (const word of this.#vocabulary.get(`${norm[0]}${length}`) ?? []) {
        const d = editDistance(norm, word, limit);
        if (d < distance) [best, distance] = [word, d];
      }
    }
    return best;
  }

  #add(name: string, term: number, rank: number): void {
    const norms = tokensOf(name).map((token) => token.norm);
    if (norms.length === 0 || (norms.length === 1 && name.length < 3)) return;
    for (const norm of norms) this.#known.add(norm);
    this.#insert(norms, { term, rank, ...writtenAs(name, norms) });
    if (norms.length === 1) {
      for (const adjective of rank <= RANK.synonym ? adjectivesOf(norms[0]!) : []) {
        if (!this.#exact.has(adjective)) this.#adjectives.add(adjective);
        this.#insert([adjective], { term, rank: RANK.adjective });
      }
      return;
    }
    const concepts = norms.filter((norm) => !isFiller(norm)).map(conceptOf);
    if (concepts.length < 2 || concepts.length > MOST_CONCEPTS) return;
    for (const concept of concepts) this.#concepts.add(concept);
    this.#insertLoose(keyOf(concepts), term, rank);
  }

  #insert(norms: readonly string[], name: Name): void {
    const key = norms.length === 1 ? norms[0]! : norms.join(" ");
    const held = this.#exact.get(key);
    if (held && held.rank <= name.rank) return;
    if (name.rank < RANK.adjective) this.#adjectives.delete(key);
    this.#exact.set(key, name);
    if (norms.length > this.reach(norms[0]!)) this.#longest.set(norms[0]!, norms.length);
  }

  #insertLoose(key: string, term: number, rank: number): void {
    const held = this.#loose.get(key);
    if (held && (held.term === term || held.rank < rank)) return;
    if (!held || held.rank > rank) this.#loose.set(key, { term, rank });
    else if (held.term === AMBIGUOUS || this.#model.covers(held.term, term)) return;
    else held.term = this.#model.covers(term, held.term) ? term : AMBIGUOUS;
  }
}

/** How a one-word name must be written that is otherwise an ordinary word. */
function writtenAs(name: string, norms: readonly string[]): { written?: RegExp } {
  if (norms.length > 1) return {};
  if (/^\p{Lu}[\p{Lu}\d-]{0,5}$/u.test(name)) return { written: new RegExp(`^${name}s?$`, "u") };
  const isPlural = name.endsWith("s") && norms[0] !== name.toLowerCase();
  return isPlural && isPlainWord(norms[0]!) ? { written: /s$/iu } : {};
}

function bucketOf(word: string): string {
  return `${word[0]}${word.length}`;
}
