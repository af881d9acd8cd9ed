/** Texts in one growing buffer, UTF-8. */
import type { Term } from "../../../knowledge/tokenize.ts";

const SPACE = 0x20;
const encoder = new TextEncoder();

export class Bytes {
  length = 0;
  #bytes = new Uint8Array(1 << 20);

  add(text: string): void {
    // A UTF-16 unit is three bytes of UTF-8 at most.
    this.#makeRoom(text.length * 3);
    this.length += encoder.encodeInto(text, this.#bytes.subarray(this.length)).written;
  }

  /** With a space between them. */
  addTerms(terms: readonly Term[]): void {
    for (let i = 0; i < terms.length; i++) {
      const { utf8, from, to } = terms[i]!;
      this.#makeRoom(to - from + 1);
      const bytes = this.#bytes;
      let end = this.length;
      if (i > 0) bytes[end++] = SPACE;
      // Most are short: a loop takes less than a call.
      for (let k = from; k < to; k++) bytes[end++] = utf8[k]!;
      this.length = end;
    }
  }

  taken(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }

  #makeRoom(bytes: number): void {
    const most = this.length + bytes;
    if (most <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(most, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }
}
