/** Inline text of HTML: white space as a browser shows it, and raised digits that must not run into the number before them. */

/** Runs of blanks become one, line breaks (from `<br>`) stay, edges are trimmed. */
export function collapse(text: string): string {
  return text
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n ?/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

const RAISED: Record<string, string> = {
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
  "+": "⁺",
  "-": "⁻",
  "−": "⁻",
  "–": "⁻",
};

/** `10<sup>6</sup>` is a million, not 106: digits and signs in their raised form, anything else as it is. */
export function raised(text: string): string {
  const inner = text.replace(/\s+/g, " ");
  return /^[\d+\-−–\s]+$/.test(inner) ? inner.replace(/[\d+\-−–]/g, (c) => RAISED[c]!) : inner;
}
