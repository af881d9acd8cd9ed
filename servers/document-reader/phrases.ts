/** Exact phrases in a text: case, accents, white space, and typographic quotes and dashes do not matter; offsets are exact. */

interface Span {
  start: number;
  end: number;
}

/**
 * Where `phrase` stands in `text`, in order, without overlap. Occurrences that are whole words; only where there is
 * none, those inside longer words; and only then those that a line's end has hyphenated (`cardio-⏎myopathy`).
 */
export function findPhrase(text: string, phrase: string): Span[] {
  const needle = fold(phrase.trim().replace(/^["“”«](.*)["“”»]$/su, "$1")).folded.trim();
  if (!needle) return [];
  const hits = findFolded(text, fold(text), needle);
  return hits.length > 0 || !BROKEN_WORD.test(text) ? hits : findFolded(text, fold(text, BROKEN_WORD), needle);
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

interface Folded {
  /** The text as compared. */
  folded: string;
  /** For each of its UTF-16 units the index in the text that it comes from. */
  origin: Uint32Array;
}

/** @param without what is taken out of the text */
function fold(text: string, without?: RegExp): Folded {
  const skip = without && new RegExp(without, "uy");
  const parts: string[] = [];
  let origin = new Uint32Array(text.length + 16);
  let length = 0;
  let space = true;
  for (let i = 0; i < text.length;) {
    if (skip) {
      skip.lastIndex = i;
      i += skip.exec(text)?.[0].length ?? 0;
    }
    const character = String.fromCodePoint(text.codePointAt(i)!);
    const form = foldCharacter(character);
    const blank = form === " ";
    if (form && !(blank && space)) {
      if (length + form.length > origin.length) origin = larger(origin, length + form.length);
      parts.push(form);
      origin.fill(i, length, length + form.length);
      length += form.length;
    }
    if (form) space = blank;
    i += character.length;
  }
  return { folded: parts.join(""), origin: origin.subarray(0, length) };
}

function larger(array: Uint32Array, atLeast: number): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(atLeast * 2);
  grown.set(array);
  return grown;
}

const FOLDED = new Map<string, string>();

function foldCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x80) {
    if (code <= 0x20) return " ";
    return code >= 0x41 && code <= 0x5a ? character.toLowerCase() : character;
  }
  let form = FOLDED.get(character);
  if (form === undefined) {
    form = character
      .normalize("NFKD")
      .toLowerCase()
      .replace(/\p{M}|\u00ad|[\u200b-\u200d\ufeff]/gu, "")
      .replace(/[‘’‛′]/gu, "'")
      .replace(/[“”„″]/gu, '"')
      .replace(/[‐‑‒–—−]/gu, "-")
      .replace(/\s+/gu, " ");
    if (FOLDED.size < 10_000) FOLDED.set(character, form);
  }
  return form;
}
