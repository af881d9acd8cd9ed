/** All parts of the index by words: how frequent a term is in the whole collection, and which rows are best by some terms. */
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import type { WeightedTerm } from "../document-index.ts";
import { Best } from "../best.ts";
import { FULL_IMPACT } from "./impact.ts";
import { List } from "./list.ts";
import { postingsFile, TermsReader, termsFile, type Place } from "./part-files.ts";
import type { Fits } from "../records/facets.ts";
import { searchPart } from "./search.ts";

/** Terms whose places are kept in memory; a question asks for each of its terms several times. */
const MOST_KEPT = 10_000;

interface Part {
  number: number;
  postings: number;
  terms: TermsReader;
}

export interface WordSearch {
  terms: readonly WeightedTerm[];
  limit: number;
  /** How rare a term is: its weight in the score. */
  rarity: (term: string) => number;
  /** Whether a row is as the part has it, and may be found. */
  fits: Fits;
}

export class Words {
  readonly #parts: readonly Part[];
  readonly #kept = new Map<string, readonly (Place | undefined)[]>();

  /** @param parts their numbers. @throws Error where a file is missing or damaged */
  constructor(folder: string, parts: readonly number[]) {
    using opening = new DisposableStack();
    this.#parts = parts.map((number) => ({
      number,
      postings: opening.adopt(openSync(join(folder, postingsFile(number)), "r"), closeSync),
      terms: opening.adopt(new TermsReader(join(folder, termsFile(number))), (one) => one.close()),
    }));
    opening.move();
  }

  /** In how many documents a term is. */
  frequency(term: string): number {
    return this.#places(term).reduce((sum, place) => sum + (place?.documents ?? 0), 0);
  }

  /** Some of the terms, any of them. */
  some(count: number): string[] {
    return this.#parts.flatMap(({ terms }) => terms.some(count)).filter((term) => this.frequency(term) > 0);
  }

  /** Rows, best first. @throws Error where a file is damaged */
  find({ terms, limit, rarity, fits }: WordSearch): number[] {
    const best = new Best(limit);
    const weighed = terms.map(({ term, weight }) => ({ places: this.#places(term), weight: weight * rarity(term) }));
    for (const [i, { number, postings }] of this.#parts.entries()) {
      const lists = weighed.flatMap(({ places, weight }) => {
        const place = places[i];
        return place && place.pieces > 0 ? [{ list: new List(postings, place), weight: weight / FULL_IMPACT }] : [];
      });
      searchPart(lists, { part: number, fits }, best);
    }
    return best.rows();
  }

  close(): void {
    for (const { postings, terms } of this.#parts) {
      closeSync(postings);
      terms.close();
    }
  }

  #places(term: string): readonly (Place | undefined)[] {
    let places = this.#kept.get(term);
    if (!places) {
      if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
      this.#kept.set(term, (places = this.#parts.map((part) => part.terms.get(term))));
    }
    return places;
  }
}
