/** Inline text of HTML: white space as a browser shows it. */

/** Runs of blanks become one, line breaks (from `<br>`) stay, edges are trimmed. */
export function collapse(text: string): string {
  return text
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
