/** Inline text of HTML: white space as a browser shows it. */

/** Places where a browser may break a word: they part nothing, and would hide the word from a search. */
const BREAKS = /[\u00ad\u200b\u2060\ufeff]/g;

/** Runs of blanks become one, line breaks (from `<br>`) stay, edges are trimmed, words are whole. */
export function collapse(text: string): string {
  return text
    .replace(BREAKS, "")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
