/**
 * What filters ask of each row, in memory: `facets.bin` has 8 bytes for each: month of publication (32 bits, see `months.ts`), the part
 * of the index that has the row as it is (16; none where it is gone), and the number of its kind (8).
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { IndexFilter } from "../document-index.ts";
import { monthsOf } from "../months.ts";

export const FACETS = "facets.bin";
export const FACET_BYTES = 8;
export const NO_PART = 0xffff;

/** Rows that are looked at to say how many a filter lets through. */
const SAMPLE = 2000;

export type Fits = (row: number, part?: number) => boolean;

export class Facets {
  readonly #bytes: Buffer;
  readonly #months: Int32Array;
  readonly #parts: Uint16Array;

  constructor(folder: string) {
    this.#bytes = readFileSync(join(folder, FACETS));
    // Small files come from a shared pool, at any offset.
    const { buffer, byteOffset, length } = this.#bytes.byteOffset % 4 === 0 ? this.#bytes : Buffer.from(this.#bytes);
    this.#months = new Int32Array(buffer, byteOffset, length / 4);
    this.#parts = new Uint16Array(buffer, byteOffset, length / 2);
  }

  get rows(): number {
    return this.#months.length / 2;
  }

  /**
   * Whether a row that is there may fit, and is of the part, where one is given; what a filter says of days is left to the
   * caller. @param kinds by number
   */
  fits({ from, to, kinds = [] }: IndexFilter, known: readonly string[]): Fits {
    const [bytes, allMonths, parts] = [this.#bytes, this.#months, this.#parts];
    const months = monthsOf({ from, to });
    const { first = 0, last = 0, also = first } = months ?? {};
    const wanted = new Uint8Array(256);
    for (const kind of kinds) if (known.includes(kind)) wanted[known.indexOf(kind)] = 1;
    if (kinds.length === 0) wanted.fill(1);
    return (row, part) => {
      const own = parts[4 * row + 2];
      if (part === undefined ? own === undefined || own === NO_PART : own !== part) return false;
      if (wanted[bytes[FACET_BYTES * row + 6]!] === 0) return false;
      if (!months) return true;
      const month = allMonths[2 * row]!;
      return month <= last && (month >= first || month === also);
    };
  }

  /** About which share of all rows fit. */
  share(fits: Fits): number {
    const { rows } = this;
    const sample = Math.min(rows, SAMPLE);
    let fitting = 0;
    for (let i = 0; i < sample; i++) if (fits(Math.floor((i * rows) / sample))) fitting += 1;
    return sample === 0 ? 0 : fitting / sample;
  }
}
