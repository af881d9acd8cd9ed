/** The floor: the longest label or synonym that stands in the text as it is written, plurals aside. No linguistics. */
import type { ClinicalModel } from "../model/model.ts";

const LONGEST = 12;

export class LongestMatch {
  readonly #names = new Map<string, number>();

  constructor({ ontology: { labels, synonyms, synonymOf, isFinding } }: ClinicalModel) {
    for (let i = 0; i < synonyms.length; i++) if (isFinding[synonymOf[i]!]) this.#add(synonyms.at(i), synonymOf[i]!);
    for (let term = 0; term < labels.length; term++) if (isFinding[term]) this.#add(labels.at(term), term);
  }

  /** The terms named in a text. */
  find(text: string): Set<number> {
    const words = wordsOf(text);
    const found = new Set<number>();
    for (let from = 0; from < words.length;) {
      let length = Math.min(LONGEST, words.length - from);
      while (length > 0 && !this.#names.has(words.slice(from, from + length).join(" "))) length--;
      if (length > 0) found.add(this.#names.get(words.slice(from, from + length).join(" "))!);
      from += Math.max(1, length);
    }
    return found;
  }

  #add(name: string, term: number): void {
    if (name.length > 3) this.#names.set(wordsOf(name).join(" "), term);
  }
}

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []).map((word) =>
    word.length > 3 && /[^su]s$/u.test(word) ? word.slice(0, -1) : word,
  );
}
