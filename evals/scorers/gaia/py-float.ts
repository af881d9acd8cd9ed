/** Python's `float(text)`: what it takes and what it refuses, which is not what JavaScript's `Number` does ("", "0x10", "1_000", "１２"). */

/** Whitespace that `float` strips: ASCII as C has it, beyond ASCII as Unicode has it. U+001C to U+001F stay, and U+FEFF is none. */
const SPACE = "[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const ENDS = new RegExp(`^${SPACE}+|${SPACE}+$`, "gu");
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const SPECIAL = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i;

/** The double that Python reads; undefined where Python raises ValueError. */
export function pyFloat(text: string): number | undefined {
  const ascii = withAsciiDigits(text.replace(ENDS, ""));
  const special = SPECIAL.exec(ascii);
  if (special) return special[2] ? (special[1] === "-" ? -Infinity : Infinity) : Number.NaN;
  // An underscore stands between two digits, alone.
  if (/(?<!\d)_|_(?!\d)/.test(ascii)) return undefined;
  const plain = ascii.replaceAll("_", "");
  return NUMBER.test(plain) ? Number(plain) : undefined;
}

/** Decimal digits of every script as ASCII; Unicode keeps each set of ten together, in order, so the distance to its zero is the value. */
function withAsciiDigits(text: string): string {
  return text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0)!;
    let zero = code;
    while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String((code - zero) % 10);
  });
}
