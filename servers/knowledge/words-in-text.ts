/** Where the words of a text are, for search: by hand, since this is what indexing spends its time on. */

/** What a UTF-16 unit is in a word. */
const OTHER = 1;
/** Joins two runs of letters or digits to one word: hyphens, slash, apostrophes. */
const JOINER = 2;
/** Of a pair: what it is, the pair says. */
const SURROGATE = 3;
/** From here on what words are made of. */
const WORD = 4;
const DIGIT = 5;

/** Filled as characters are met; 0 where one was not met yet. */
const classes = new Uint8Array(0x10000);
const JOINERS = "-‐‑‒–/'’";

/** FNV-1a over UTF-16 units. */
const HASH_START = 0x811c9dc5 | 0;
const HASH_FACTOR = 0x01000193;

/** Room for most texts, in UTF-16 units; longer ones get their own. */
const ROOM = 1 << 16;
const room = new Uint16Array(ROOM);

/** Words are told of so many at once. */
export const MOST_TOGETHER = 512;

/** Where words of a text are. All of it is written over later: what is to be kept must be copied. */
export interface WordPlaces {
  /** The text in UTF-16. */
  readonly units: Uint16Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Of the words' units. */
  readonly hashes: Int32Array;
  readonly count: number;
}

const starts = new Int32Array(MOST_TOGETHER);
const ends = new Int32Array(MOST_TOGETHER);
const hashes = new Int32Array(MOST_TOGETHER);

/**
 * Calls `onWords` with the places of the words in the text, which is given in compatible composition (NFKC): numbers with their points and commas
 * (`1.5`, `2,000`), and runs of letters and digits with single joiners between them (`TNF-α`, `BRCA1/2`, `Crohn's`).
 */
export function scanWords(source: string, onWords: (words: WordPlaces) => void): void {
  // Plain ASCII, a byte a character, is in that form already.
  const text = Buffer.byteLength(source) === source.length ? source : source.normalize("NFKC");
  const { length } = text;
  // Numbers in an array are read faster than the characters of a string.
  const units = length < ROOM ? room : new Uint16Array(length + 1);
  Buffer.from(units.buffer).write(text, "utf16le");
  // Ends the last word.
  units[length] = 0;
  let count = 0;
  for (let at = 0; at < length;) {
    const first = classAt(units, at);
    if (first < WORD) {
      at += 1;
      continue;
    }
    starts[count] = at;
    at = first === DIGIT ? endOfNumber(units, at) : at;
    let hash = HASH_START;
    if (at > starts[count]!) {
      for (let i = starts[count]!; i < at; i++) hash = Math.imul(hash ^ units[i]!, HASH_FACTOR);
    } else {
      while (goesOn(units, at)) hash = Math.imul(hash ^ units[at++]!, HASH_FACTOR);
    }
    ends[count] = at;
    hashes[count++] = hash ^ (hash >>> 15);
    if (count === MOST_TOGETHER) {
      onWords({ units, starts, ends, hashes, count });
      count = 0;
    }
  }
  if (count > 0) onWords({ units, starts, ends, hashes, count });
}

/** Where a number with points or commas ends; `at` where there is none. */
function endOfNumber(units: Uint16Array, at: number): number {
  let end = endOfDigits(units, at);
  let found = at;
  for (;;) {
    const separator = units[end]!;
    if (separator !== 0x2e && separator !== 0x2c) return found;
    const next = endOfDigits(units, end + 1);
    if (next === end + 1) return found;
    found = end = next;
  }
}

function endOfDigits(units: Uint16Array, at: number): number {
  let end = at;
  while (units[end]! >= 0x30 && units[end]! <= 0x39) end += 1;
  return end;
}

/** Whether a word that began before has this unit, too: a joiner where letters or digits follow. */
function goesOn(units: Uint16Array, at: number): boolean {
  const kind = classAt(units, at);
  return kind >= WORD || (kind === JOINER && classAt(units, at + 1) >= WORD);
}

function classAt(units: Uint16Array, at: number): number {
  const known = classes[units[at]!]!;
  return known >= WORD || known === OTHER ? known : classOfOther(units, at);
}

/** Of a joiner, half a pair, or what was not met yet. */
function classOfOther(units: Uint16Array, at: number): number {
  const unit = units[at]!;
  const known = classes[unit] || (classes[unit] = classify(String.fromCharCode(unit)));
  return known === SURROGATE ? classOfPair(units, at) : known;
}

function classify(character: string): number {
  if (/[\uD800-\uDFFF]/.test(character)) return SURROGATE;
  if (/[0-9]/.test(character)) return DIGIT;
  if (/[\p{L}\p{N}]/u.test(character)) return WORD;
  return JOINERS.includes(character) ? JOINER : OTHER;
}

/** Both halves are what the character is; half a pair is nothing. */
function classOfPair(units: Uint16Array, at: number): number {
  const high = units[at]! < 0xdc00 ? at : at - 1;
  const pair = String.fromCharCode(units[high] ?? 0, units[high + 1]!);
  return /^[\p{L}\p{N}]$/u.test(pair) ? WORD : OTHER;
}
