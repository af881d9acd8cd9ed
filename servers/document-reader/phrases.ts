/** Exact phrases in a text: case, accents, white space, and typographic quotes and dashes do not matter; offsets are exact. */

interface Span {
  start: number;
  end: number;
}

/**
 * Where `phrase` stands in `text`, in order, without overlap. Occurrences that are whole words; only where there is
 * none, those inside longer words.
 */
export function findPhrase(text: string, phrase: string): Span[] {
  const needle = fold(phrase.trim().replace(/^["“”«](.*)["“”»]$/su, "$1")).folded.trim();
  if (!needle) return [];
  const { folded, origin } = fold(text);
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

/** The text as compared, and for each of its UTF-16 units the index in the text that it comes from. */
function fold(text: string): { folded: string; origin: Uint32Array } {
  const parts: string[] = [];
  let origin = new Uint32Array(text.length + 16);
  let length = 0;
  let space = true;
  for (let i = 0; i < text.length;) {
    const character = String.fromCodePoint(text.codePointAt(i)!);
    const form = foldCharacter(character);
    const blank = form === " ";
    if (form && !(blank && space)) {
      if (length + form.length > origin.length) {
        const larger = new Uint32Array((length + form.length) * 2);
        larger.set(origin);
        origin = larger;
      }
      parts.push(form);
      for (let k = 0; k < form.length; k++) origin[length + k] = i;
      length += form.length;
    }
    if (form) space = blank;
    i += character.length;
  }
  return { folded: parts.join(""), origin: origin.subarray(0, length) };
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
