/** Characters in UTF-8: what an entity stands for, which ones are blanks, how one is written within a JSON string. */
import { IRREGULAR } from "./irregular.ts";

const [QUOTE, HASH, SEMICOLON, BACKSLASH, SMALL_X] = [34, 35, 59, 92, 120];
const NAMED = [["amp;", 38], ["lt;", 60], ["gt;", 62], ["quot;", 34], ["apos;", 39]] as const; // prettier-ignore
const LONGEST = 16;

/**
 * The entity that begins here with its ampersand.
 * @returns what it stands for, times 16, plus its length in bytes. @throws IRREGULAR where it is none of XML's own
 */
export function entityAt(input: Uint8Array, start: number): number {
  if (input[start + 1] === HASH) return numberedAt(input, start);
  for (const [rest, code] of NAMED) {
    let i = 0;
    while (i < rest.length && input[start + 1 + i] === rest.charCodeAt(i)) i++;
    if (i === rest.length) return code * LONGEST + i + 1;
  }
  throw IRREGULAR;
}

function numberedAt(input: Uint8Array, start: number): number {
  const isHex = input[start + 2] === SMALL_X;
  const first = start + (isHex ? 3 : 2);
  const [base, most] = isHex ? [16, 6] : [10, 7];
  let code = 0;
  let at = first;
  for (; input[at] !== SEMICOLON; at++) {
    const digit = digitOf(input[at]!);
    if (digit >= base || at - first >= most) throw IRREGULAR;
    code = code * base + digit;
  }
  // Halves of a pair make one character with the other half, and are none alone.
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw IRREGULAR;
  return code * LONGEST + at + 1 - start;
}

function digitOf(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : LONGEST;
}

/** How many bytes a blank beyond ASCII takes that begins here; 0 where there is none. The blanks are those of `\s`. */
export function wideBlankAt(input: Uint8Array, at: number): 0 | 2 | 3 {
  const [first, second, third] = [input[at]!, input[at + 1]!, input[at + 2]!];
  if (first === 0xc2) return second === 0xa0 ? 2 : 0;
  return isBlank(((first & 15) << 12) | ((second & 63) << 6) | (third & 63)) ? 3 : 0;
}

/** @param code of a character, not of half a pair */
export function isBlank(code: number): boolean {
  if (code < 0x1680) return code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
  if (code >= 0x2000 && code <= 0x200a) return true;
  return [0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff].includes(code);
}

/** @returns where it ends in `output`. @throws IRREGULAR on control characters */
export function writeCharacter(code: number, output: Uint8Array, at: number): number {
  if (code < 32) throw IRREGULAR;
  if (code === QUOTE || code === BACKSLASH) output[at++] = BACKSLASH;
  if (code < 0x80) output[at++] = code;
  else if (code < 0x800) {
    output[at++] = 0xc0 | (code >> 6);
    output[at++] = 0x80 | (code & 63);
  } else {
    if (code < 0x10000) output[at++] = 0xe0 | (code >> 12);
    else {
      output[at++] = 0xf0 | (code >> 18);
      output[at++] = 0x80 | ((code >> 12) & 63);
    }
    output[at++] = 0x80 | ((code >> 6) & 63);
    output[at++] = 0x80 | (code & 63);
  }
  return at;
}
