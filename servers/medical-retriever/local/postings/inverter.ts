/** Turns documents of one window into a run: for each of their words the rows that have it, ready to be merged with other runs. */
import type { Term } from "../../../knowledge/tokenize.ts";
import { impactOf, normsOf, type UsualLengths } from "./impact.ts";
import { WINDOW_ROWS } from "./window.ts";

/** Arrays, so that it travels between threads without a copy. */
export interface Run {
  window: number;
  /** Ascending, joined by line ends, UTF-8. */
  terms: Uint8Array;
  /** In how many documents each term is; in the order of `terms`, as all that follows. */
  frequencies: Uint32Array;
  /** The largest impact of each term. */
  tops: Uint8Array;
  /** Places in the window of the documents that have a term, ascending, one term after another; and what it counts there. */
  places: Uint16Array;
  impacts: Uint8Array;
}

/** Inverters that were made. */
let inverters = 0;

/** Postings in order of arrival. */
interface Arrived {
  terms: Uint32Array;
  places: Uint16Array;
  impacts: Uint8Array;
}

/** Of the last inverter, for the next one: memory that is new takes as long to get as to fill. */
let spare: Arrived | undefined;

export class Inverter {
  readonly #own = ++inverters;
  readonly #window: number;
  readonly #usual: UsualLengths;
  /** Terms by number, in order of first sight. */
  readonly #numbers = new Map<string, number>();
  #frequencies = new Uint32Array(1 << 16);
  readonly #arrived: Arrived;
  #size = 0;
  /** The terms of a document, each once; longer than that. */
  readonly #met: Term[] = [];

  constructor(window: number, usual: UsualLengths) {
    this.#window = window;
    this.#usual = usual;
    const size = 1 << 18;
    this.#arrived = spare ?? {
      terms: new Uint32Array(size),
      places: new Uint16Array(size),
      impacts: new Uint8Array(size),
    };
    spare = undefined;
  }

  /** @param row of the window, after those before */
  add(row: number, title: readonly Term[], body: readonly Term[]): void {
    const met = this.#met;
    let distinct = 0;
    for (let i = 0; i < title.length; i++) {
      const term = title[i]!;
      if (term.inTitle++ === 0) met[distinct++] = term;
    }
    for (let i = 0; i < body.length; i++) {
      const term = body[i]!;
      if (term.inBody++ === 0 && term.inTitle === 0) met[distinct++] = term;
    }
    const norms = normsOf({ title: title.length, body: body.length }, this.#usual);
    if (this.#size + distinct > this.#arrived.terms.length) this.#growArrived(this.#size + distinct);
    const { terms, places, impacts } = this.#arrived;
    const place = row - this.#window * WINDOW_ROWS;
    for (let i = 0; i < distinct; i++) {
      const term = met[i]!;
      const number = this.#number(term);
      const at = this.#size++;
      terms[at] = number;
      places[at] = place;
      impacts[at] = impactOf(term.inTitle, term.inBody, norms);
      this.#frequencies[number]! += 1;
      term.inTitle = 0;
      term.inBody = 0;
    }
  }

  /** Called once, at the end. */
  run(): Run {
    // oxlint-disable-next-line unicorn/no-array-sort -- an array of its own
    const terms = [...this.#numbers.keys()].sort();
    const frequencies = new Uint32Array(terms.length);
    /** By number: where the next posting of the term goes. */
    const next = new Uint32Array(terms.length);
    const ranks = new Uint32Array(terms.length);
    let end = 0;
    for (const [rank, term] of terms.entries()) {
      const number = this.#numbers.get(term)!;
      frequencies[rank] = this.#frequencies[number]!;
      ranks[number] = rank;
      next[number] = end;
      end += frequencies[rank];
    }
    const arrived = this.#arrived;
    const tops = new Uint8Array(terms.length);
    const places = new Uint16Array(this.#size);
    const impacts = new Uint8Array(this.#size);
    for (let i = 0; i < this.#size; i++) {
      const number = arrived.terms[i]!;
      const at = next[number]!++;
      const impact = arrived.impacts[i]!;
      places[at] = arrived.places[i]!;
      impacts[at] = impact;
      if (impact > tops[ranks[number]!]!) tops[ranks[number]!] = impact;
    }
    spare = arrived;
    const joined = new TextEncoder().encode(terms.join("\n"));
    return { window: this.#window, terms: joined, frequencies, tops, places, impacts };
  }

  #number(term: Term): number {
    if (term.numberedBy !== this.#own) {
      term.numberedBy = this.#own;
      // There may be another object for the same term.
      term.number = this.#numbers.get(term.text) ?? this.#newNumber(term.text);
    }
    return term.number;
  }

  #newNumber(text: string): number {
    const number = this.#numbers.size;
    this.#numbers.set(text, number);
    if (number === this.#frequencies.length) this.#growTerms();
    return number;
  }

  #growTerms(): void {
    this.#frequencies = doubled(this.#frequencies);
  }

  #growArrived(least: number): void {
    const arrived = this.#arrived;
    while (arrived.terms.length < least) {
      arrived.terms = doubled(arrived.terms);
      arrived.places = doubled(arrived.places);
      arrived.impacts = doubled(arrived.impacts);
    }
  }
}

function doubled<T extends Uint32Array | Uint16Array | Uint8Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(2 * array.length);
  larger.set(array);
  return larger;
}
