/**
 * Counts some search terms in texts, without finding out what the others are: of the long words, which are the rare ones,
 * most begin with a letter that none of the wanted terms has.
 */
import { LONGEST_FUNCTION_WORD, onTerms, type Term } from "./tokenize.ts";
import { scanWords, type WordPlaces } from "./words-in-text.ts";

export interface Tally {
  /** How often each wanted term occurs, in the order in which they were given. */
  counts: number[];
  /** Of all terms of the text. */
  length: number;
}

export class TermTally {
  readonly #numbers: ReadonlyMap<string, number>;
  /** By letter, whether a plain word that begins with it may be a wanted term. */
  readonly #begins = new Uint8Array(0x80);

  /** @param wanted terms of `tokenize`, each once */
  constructor(wanted: readonly string[]) {
    this.#numbers = new Map(wanted.map((term, i) => [term, i]));
    for (const term of wanted) {
      // An oesophagus is an esophagus, and aetiology etiology.
      for (const letter of term.startsWith("e") ? "eEaAoO" : term.charAt(0) + term.charAt(0).toUpperCase()) {
        if (letter < "\u0080") this.#begins[letter.charCodeAt(0)] = 1;
      }
    }
  }

  /** What all the texts have together. */
  of(texts: readonly string[]): Tally {
    const tally = { counts: Array.from(this.#numbers, () => 0), length: 0 };
    const add = ({ text }: Term) => {
      tally.length += 1;
      const number = this.#numbers.get(text);
      if (number !== undefined) tally.counts[number]! += 1;
    };
    for (const text of texts) {
      scanWords(text, (words) => {
        const rest = this.#withoutOthers(words);
        tally.length += words.count - rest.count;
        onTerms(rest, add);
      });
    }
    return tally;
  }

  /** The words without those that are one term each, and none of the wanted. The places that are left move up. */
  #withoutOthers({ units, starts, ends, hashes, count }: WordPlaces): WordPlaces {
    let left = 0;
    for (let i = 0; i < count; i++) {
      const [start, end] = [starts[i]!, ends[i]!];
      if (end - start > LONGEST_FUNCTION_WORD && !this.#begins[units[start]!] && isPlain(units, start, end)) continue;
      starts[left] = start;
      ends[left] = end;
      hashes[left++] = hashes[i]!;
    }
    return { units, starts, ends, hashes, count: left };
  }
}

/** Whether there are letters from A to Z alone. */
function isPlain(units: Uint16Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const letter = units[i]! | 0x20;
    if (letter < 0x61 || letter > 0x7a) return false;
  }
  return true;
}
