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

/** What stands between the tags, in one pass: for pages that are not parsed yet, or were made to be hard to parse. */
export function betweenTags(html: string): string {
  let unseen = "";
  let text = "";
  for (const piece of html.split("<")) {
    const name = /^[/!?]?[a-z-]+/i.exec(piece)?.[0].toLowerCase() ?? "";
    if (unseen && name !== `/${unseen}`) continue;
    unseen = name === "script" || name === "style" ? name : "";
    if (!unseen) text += ` ${name ? piece.slice(piece.indexOf(">") + 1) : piece}`;
  }
  return text;
}
