/** Texts in one growing buffer, UTF-8. */
import type { Term } from "../../../knowledge/tokenize.ts";

const SPACE = 0x20;
/** More than the last one had. */
const ROOM = 1.05;
const encoder = new TextEncoder();

/** What the last one came to: the next one is as long as a rule, and grows no more. */
let usual = 0;
/** Nothing of it is touched before it is needed. */
const LEAST = 1 << 20;

export class Bytes {
  length = 0;
  #bytes: Uint8Array;

  /** @param expected how many bytes it may come to, where none came before */
  constructor(expected: number) {
    this.#bytes = Buffer.allocUnsafeSlow(Math.max(LEAST, usual || Math.ceil(expected)));
  }

  add(text: string): void {
    // A UTF-16 unit is three bytes of UTF-8 at most.
    this.#makeRoom(text.length * 3);
    this.length += encoder.encodeInto(text, this.#bytes.subarray(this.length)).written;
  }

  /** With a space between them. */
  addTerms(terms: readonly Term[]): void {
    let most = terms.length;
    for (let i = 0; i < terms.length; i++) most += terms[i]!.to - terms[i]!.from;
    this.#makeRoom(most);
    this.length = copyTerms(terms, this.#bytes, this.length);
  }

  /** What was added; nothing can be added any more. */
  taken(): Uint8Array {
    usual = Math.ceil(this.length * ROOM);
    return this.#bytes.subarray(0, this.length);
  }

  #makeRoom(bytes: number): void {
    const most = this.length + bytes;
    if (most <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(most, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }
}

/** @returns where they end */
function copyTerms(terms: readonly Term[], into: Uint8Array, at: number): number {
  for (let i = 0; i < terms.length; i++) {
    const { utf8, from, to } = terms[i]!;
    if (i > 0) into[at++] = SPACE;
    // Most are short: a loop takes less than a call.
    for (let k = from; k < to; k++) into[at++] = utf8[k]!;
  }
  return at;
}
