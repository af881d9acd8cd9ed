/** Counts the terms of a query in the terms of documents: what most of the time of a ranking goes into. */

/** Slots that say whether a word may be one of the terms, by its ends and its length. */
const SLOTS = 4096;
const SPACE = 0x20;

export interface TermCounts {
  /** By the numbers of the terms. */
  counts: Float64Array;
  /** Of all terms of the text. */
  length: number;
}

export class TermCounter {
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #possible = new Uint8Array(SLOTS);

  /** @param numbers of the terms, from 0 on */
  constructor(numbers: ReadonlyMap<string, number>) {
    this.#numbers = numbers;
    for (const term of numbers.keys()) this.#possible[slotOf(term, 0, term.length)] = 1;
  }

  /** How often each term occurs. */
  count(terms: readonly string[]): TermCounts {
    const counts = new Float64Array(this.#numbers.size);
    for (const term of terms) {
      if (this.#possible[slotOf(term, 0, term.length)] === 0) continue;
      const number = this.#numbers.get(term);
      if (number !== undefined) counts[number]! += 1;
    }
    return { counts, length: terms.length };
  }

  /** The same of terms that are joined by spaces, from `start` to `end`. */
  countJoined(joined: string, start: number, end: number): TermCounts {
    const counts = new Float64Array(this.#numbers.size);
    let length = 0;
    for (let from = start; from < end; length++) {
      let to = from;
      while (to < end && joined.charCodeAt(to) !== SPACE) to += 1;
      if (this.#possible[slotOf(joined, from, to)] === 1) {
        const number = this.#numbers.get(joined.slice(from, to));
        if (number !== undefined) counts[number]! += 1;
      }
      from = to + 1;
    }
    return { counts, length };
  }
}

function slotOf(text: string, from: number, to: number): number {
  return (text.charCodeAt(from) * 961 + text.charCodeAt(to - 1) * 31 + (to - from)) & (SLOTS - 1);
}
