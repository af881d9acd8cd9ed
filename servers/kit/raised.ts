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

/**
 * What stands raised behind other text: 10⁶ for a million; what has no raised form is never joined to a number or word: 10^1.5, weight^a.
 * @param before the text that it stands behind
 */
export function power(before: string, inner: string): string {
  const text = raised(inner);
  // The mark of a note, or an exponent without a number.
  if (/^[a-z]$/.test(text) && /[A-Za-z\d)%]$/.test(before)) return `^${text}`;
  if (!/\d$/.test(before) || !/^[\d.+\-−–]/.test(text)) return text;
  const exponent = text.trimEnd();
  return `^${/\s/.test(exponent) ? `(${exponent})` : exponent}${text.slice(exponent.length)}`;
}

/** 2 and a half, never 21/2. */
export function besideNumber(before: string, text: string): string {
  return /\d$/.test(before) && /^\d/.test(text) ? ` ${text}` : text;
}
