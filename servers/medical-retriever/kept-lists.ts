/**
 * The ranked lists of the last questions, so that a later page is of the same list: live sources are not asked again,
 * and what they would answer by then changes nothing.
 */
import type { Document, Outcome } from "../../schemas/index.ts";
import { listKey } from "../kit/cursor.ts";
import type { Ranked } from "./local/ranked.ts";

/** Everything that a page is made of. */
export interface RankedList {
  /** The question as it was searched for: misspelt names as they are spelt. */
  asked: string;
  /** Best first. */
  ranked: readonly Ranked[];
  /** Those that are not as the store has them. */
  documents: ReadonlyMap<string, Document>;
  outcomes: readonly Outcome[];
  notes: readonly string[];
  relevanceMethod: string;
}

const MOST_LISTS = 50;
/** In characters of text. */
const MOST_TEXT = 64_000_000;

export class KeptLists {
  readonly #lists = new Map<string, { list: RankedList; size: number }>();

  /** @param key of the question and of the list itself */
  get(key: string): RankedList | undefined {
    return this.#lists.get(key)?.list;
  }

  keep(key: string, list: RankedList): void {
    this.#lists.delete(key);
    this.#lists.set(key, { list, size: sizeOf(list) });
    let total = [...this.#lists.values()].reduce((sum, { size }) => sum + size, 0);
    for (const [oldest, { size }] of this.#lists) {
      if (oldest === key || (this.#lists.size <= MOST_LISTS && total <= MOST_TEXT)) break;
      this.#lists.delete(oldest);
      total -= size;
    }
  }
}

/** Names what is in a list, and in which order. */
export function fingerprint(ranked: readonly Ranked[]): string {
  return listKey(ranked.map(({ id, score }) => [id, score]));
}

function sizeOf({ documents }: RankedList): number {
  let size = 0;
  for (const { sections } of documents.values()) size += sections.reduce((sum, { text }) => sum + text.length, 0);
  return size;
}
