/** Counts the terms of a query in the terms of documents: what most of the time of a ranking goes into. */

/** Slots that say which of the terms a word may be, by its ends and its length. */
const SLOTS = 4096;
const SPACE = 0x20;
const BAR_BYTE = 0x7c;

/** Between title and text of joined terms; in a term it cannot be. */
export const BAR = " | ";

/** How often the terms of a query occur in a document, title and text apart. */
export interface TermCounts {
  /** By the numbers of the terms: first those of the title, then those of the text. */
  counts: Uint32Array;
  /** Of all terms. */
  titleLength: number;
  bodyLength: number;
}

export class TermCounter {
  readonly #numbers: ReadonlyMap<string, number>;
  /** In UTF-8. */
  readonly #terms: readonly Uint8Array[];
  readonly #possible = new Uint8Array(SLOTS);

  /** @param numbers of the terms, from 0 on */
  constructor(numbers: ReadonlyMap<string, number>) {
    this.#numbers = numbers;
    this.#terms = Array.from(numbers.keys(), (term) => Buffer.from(term));
    for (const term of numbers.keys())
      this.#possible[slotOf(term.length, term.charCodeAt(0), term.charCodeAt(term.length - 1))] = 1;
    for (const bytes of this.#terms) this.#possible[slotOf(bytes.length, bytes[0]!, bytes.at(-1)!)] = 1;
  }

  count(title: readonly string[], body: readonly string[]): TermCounts {
    const counts = new Uint32Array(2 * this.#numbers.size);
    this.#countTerms(title, counts, 0);
    this.#countTerms(body, counts, this.#numbers.size);
    return { counts, titleLength: title.length, bodyLength: body.length };
  }

  /** @param joined terms in UTF-8, by spaces, with a bar between title and text */
  countJoined(joined: Uint8Array): TermCounts {
    const counts = new Uint32Array(2 * this.#numbers.size);
    const bar = joined.indexOf(BAR_BYTE);
    const titleLength = this.#countBytes(joined, 0, bar - 1, counts, 0);
    const bodyLength = this.#countBytes(joined, bar + 2, joined.length, counts, this.#numbers.size);
    return { counts, titleLength, bodyLength };
  }

  #countTerms(terms: readonly string[], counts: Uint32Array, at: number): void {
    for (const term of terms) {
      const slot = slotOf(term.length, term.charCodeAt(0), term.charCodeAt(term.length - 1));
      const number = this.#possible[slot] === 0 ? undefined : this.#numbers.get(term);
      if (number !== undefined) counts[at + number]! += 1;
    }
  }

  /** @returns how many terms there are from `start` to `end` */
  #countBytes(joined: Uint8Array, start: number, end: number, counts: Uint32Array, at: number): number {
    const possible = this.#possible;
    let length = 0;
    for (let from = start; from < end; length++) {
      let to = from + 1;
      while (to < end && joined[to] !== SPACE) to += 1;
      if (possible[slotOf(to - from, joined[from]!, joined[to - 1]!)] === 1) {
        const number = this.#terms.findIndex((term) => isAt(term, joined, from, to));
        if (number >= 0) counts[at + number]! += 1;
      }
      from = to + 1;
    }
    return length;
  }
}

function isAt(term: Uint8Array, joined: Uint8Array, from: number, to: number): boolean {
  if (term.length !== to - from) return false;
  for (let i = 0; i < term.length; i++) if (term[i] !== joined[from + i]) return false;
  return true;
}

function slotOf(length: number, first: number, last: number): number {
  return (first * 961 + last * 31 + length) & (SLOTS - 1);
}
