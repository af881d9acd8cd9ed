/**
 * Signs that a reader does not see, but a model or a terminal obeys: commands to terminals, marks that turn lines around,
 * and letters without a shape in which whole sentences can be hidden. Blanks take their place, so that places in the text stay.
 */

/** Controls, bidirectional marks, and the invisible copies of ASCII (Unicode tags). */
// oxlint-disable-next-line no-control-regex -- they are what is replaced
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;
/** One selector chooses the form of the letter before it; a row of them says something of its own. */
const SELECTORS = /(?<=[\ufe00-\ufe0f\u{e0100}-\u{e01ef}])[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

/** As long as it was. */
export function cleanText(text: string): string {
  return text.replace(UNSEEN, blank).replace(SELECTORS, blank).toWellFormed();
}

/** Words that stand on one line, as a title or a name: not more than `most` characters. */
export function cleanLine(text: string, most: number): string {
  return cleanText(text.slice(0, 4 * most))
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, most)
    .toWellFormed();
}

function blank(sign: string): string {
  return " ".repeat(sign.length);
}
