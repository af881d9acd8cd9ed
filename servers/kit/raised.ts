/** Raised numbers in plain text: `10<sup>6</sup>` is a million, never 106. */

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

/** Digits and signs in their raised form; anything else as it is, with single blanks. */
export function raised(text: string): string {
  const inner = text.replace(/\s+/g, " ");
  return /^[\d+\-−–\s]+$/.test(inner) ? inner.replace(/[\d+\-−–]/g, (c) => RAISED[c]!) : inner;
}
