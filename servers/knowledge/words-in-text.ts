/** Where the words of a text are, for search: by hand, since this is what indexing spends its time on. */

/** What a UTF-16 unit is in a word. */
const OTHER = 1;
const WORD = 2;
const DIGIT = 3;
/** Joins two runs of letters or digits to one word: hyphens, slash, apostrophes. */
const JOINER = 4;
/** Of a pair: what it is, the pair says. */
const SURROGATE = 5;

/** Filled as characters are met; 0 where one was not met yet. */
const classes = new Uint8Array(0x10000);
const JOINERS = "-‐‑‒–/'’";

/**
 * Calls `onWord` with the place of each word in the text, which is given in compatible composition (NFKC): numbers with their points and commas
 * (`1.5`, `2,000`), and runs of letters and digits with single joiners between them (`TNF-α`, `BRCA1/2`, `Crohn's`).
 */
export function scanWords(source: string, onWord: (text: string, start: number, end: number) => void): void {
  // oxlint-disable-next-line no-control-regex -- plain ASCII is in that form already
  const text = /^[\x00-\x7f]*$/.test(source) ? source : source.normalize("NFKC");
  const { length } = text;
  for (let at = 0; at < length;) {
    const first = classAt(text, at);
    if (first !== WORD && first !== DIGIT) {
      at += 1;
      continue;
    }
    const number = first === DIGIT ? endOfNumber(text, at) : at;
    const end = number > at ? number : endOfWord(text, at);
    onWord(text, at, end);
    at = end;
  }
}

/** Where a number with points or commas ends; `at` where there is none. */
function endOfNumber(text: string, at: number): number {
  let end = endOfDigits(text, at);
  let found = at;
  for (;;) {
    const separator = text.charCodeAt(end);
    if (separator !== 0x2e && separator !== 0x2c) return found;
    const next = endOfDigits(text, end + 1);
    if (next === end + 1) return found;
    found = end = next;
  }
}

function endOfDigits(text: string, at: number): number {
  let end = at;
  // Beyond the end, the code is NaN.
  while (text.charCodeAt(end) >= 0x30 && text.charCodeAt(end) <= 0x39) end += 1;
  return end;
}

function endOfWord(text: string, at: number): number {
  let end = at;
  for (;;) {
    const kind = classAt(text, end);
    if (kind === WORD || kind === DIGIT) {
      end += 1;
    } else if (kind === JOINER) {
      const next = classAt(text, end + 1);
      if (next !== WORD && next !== DIGIT) return end;
      end += 2;
    } else return end;
  }
}

function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (Number.isNaN(code)) return OTHER;
  const known = classes[code] || (classes[code] = classify(text.charAt(at)));
  return known === SURROGATE ? classOfPair(text, at) : known;
}

function classify(character: string): number {
  if (/[\uD800-\uDFFF]/.test(character)) return SURROGATE;
  if (/[0-9]/.test(character)) return DIGIT;
  if (/[\p{L}\p{N}]/u.test(character)) return WORD;
  return JOINERS.includes(character) ? JOINER : OTHER;
}

/** Both halves are what the character is; half a pair is nothing. */
function classOfPair(text: string, at: number): number {
  const isHigh = text.charCodeAt(at) < 0xdc00;
  const pair = isHigh ? text.slice(at, at + 2) : text.slice(Math.max(0, at - 1), at + 1);
  return /^[\p{L}\p{N}]$/u.test(pair) ? WORD : OTHER;
}
