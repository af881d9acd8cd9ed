/** Numbers the passages of an answer in the order of their first use. */
import type { Citation, Passage } from "../../../schemas/index.ts";

const QUOTE_LENGTH = 400;

export class Citations {
  readonly #numbers = new Map<string, number>();
  readonly list: Citation[] = [];

  /** "[3]": the mark of this passage. `quote` must be verbatim in it; by default its beginning. */
  mark(passage: Passage, quote = passage.text.slice(0, QUOTE_LENGTH)): string {
    let n = this.#numbers.get(passage.id);
    if (n === undefined) {
      n = this.list.length + 1;
      this.#numbers.set(passage.id, n);
      this.list.push({ n, document: passage.document, passage: passage.id, quote });
    }
    return `[${n}]`;
  }

  /** Marks of several passages, the same one once. */
  marks(passages: readonly Passage[]): string {
    return [...new Set(passages.map((p) => this.mark(p)))].join("");
  }
}
