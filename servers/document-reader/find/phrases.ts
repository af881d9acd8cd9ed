/** Exact phrases in a text: case, accents, white space, and typographic quotes and dashes do not matter; offsets are exact. */

import { fold, type Folded } from "./fold.ts";
import type { InSlices } from "../../knowledge/passages.ts";

export interface Span {
  start: number;
  end: number;
}

/**
 * Where `phrase` stands in `text`, in order, without overlap. Occurrences that are whole words; only where there is
 * none, those inside longer words; and only then those that a line's end has hyphenated (`cardio-⏎myopathy`).
 */
export function* findPhrase(text: string, phrase: string): InSlices<Span[]> {
  const needle = (yield* fold(unquoted(phrase))).folded.trim();
  if (!needle) return [];
  const hits = findFolded(text, yield* fold(text), needle);
  return hits.length > 0 || !BROKEN_WORD.test(text) ? hits : findFolded(text, yield* fold(text, BROKEN_WORD), needle);
}

/** Without the quotation marks around it. */
export function unquoted(phrase: string): string {
  return phrase.trim().replace(/^["“”«](.*)["“”»]$/su, "$1");
}

/** A hyphen at the end of a line in the middle of a word. */
const BROKEN_WORD = /[-‐\u00ad][^\S\n]*\n\s*(?=\p{Ll})/u;

function findFolded(text: string, { folded, origin }: Folded, needle: string): Span[] {
  const hits: Span[] = [];
  const inside: Span[] = [];
  for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + needle.length)) {
    const end = at + needle.length;
    const span = { start: origin[at]!, end: endOfCharacter(text, origin[end - 1]!) };
    const whole = !(isWord(folded[at - 1]) && isWord(needle[0])) && !(isWord(folded[end]) && isWord(needle.at(-1)));
    (whole ? hits : inside).push(span);
  }
  return hits.length > 0 ? hits : inside;
}

/** The index after the character at `at` and the accents that follow it. */
function endOfCharacter(text: string, at: number): number {
  let end = at + (text.codePointAt(at)! > 0xffff ? 2 : 1);
  while (end < text.length && /\p{M}/u.test(text[end]!)) end += 1;
  return end;
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
