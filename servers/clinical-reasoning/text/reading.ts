/** A text as numbers: its words with their places, meanings and cues, and what stands between them. One pass over the letters. */
import { CUE } from "./cues.ts";
import { NOTHING, UNSEEN, type Vocabulary } from "./vocabulary.ts";

/** What stands between a word and the next, one bit each; 0 for spaces and apostrophes alone. */
export const GAP = { hyphen: 1, slash: 2, comma: 4, open: 8, other: 16 } as const;
/** Gaps that no name reaches over. */
const APART = GAP.comma | GAP.open | GAP.other;

const OTHER = 0;
const WORD = 1;
const SPACE = 2;
const HYPHEN = 3;
const SLASH = 4;
const COMMA = 5;
const OPEN = 6;
const UNDECIDED = 7;
const KIND = new Uint8Array(1 << 16).fill(UNDECIDED);
/** Apostrophes and quotation marks: what stands in a name does so with and without them. */
const QUOTES = /['’‘"“”]/u;
for (let code = 0; code < 128; code++) KIND[code] = kindOf(code);

const SEED_A = 0x811c9dc5;
const PRIME_A = 0x01000193;
const SEED_B = 0x1b873593;
const PRIME_B = 0x5bd1e995;

/** Arrays that are used again for every text; only the first `count` of each are the text's. */
export class Reading {
  text = "";
  count = 0;
  /** All cues of the text's words together. */
  cues = 0;
  start = new Int32Array(512);
  end = new Int32Array(512);
  /** Numbers of the folded words, UNKNOWN where no name has them. */
  word = new Int32Array(512);
  /** FILLER, UNKNOWN or a concept of names. */
  concept = new Int32Array(512);
  cue = new Int32Array(512);
  /** What follows each word; `other` after the last. */
  gap = new Uint8Array(512);

  /** Whether a word and the next may stand in one name. */
  joined(i: number): boolean {
    return (this.gap[i]! & APART) === 0;
  }

  slice(from: number, to: number): string {
    return this.text.slice(this.start[from], this.end[to - 1]);
  }

  grow(): void {
    const size = 2 * this.start.length;
    this.start = wider(this.start, new Int32Array(size));
    this.end = wider(this.end, new Int32Array(size));
    this.word = wider(this.word, new Int32Array(size));
    this.concept = wider(this.concept, new Int32Array(size));
    this.cue = wider(this.cue, new Int32Array(size));
    this.gap = wider(this.gap, new Uint8Array(size));
  }
}

function wider<T extends Int32Array | Uint8Array>(old: T, made: T): T {
  made.set(old);
  return made;
}

/** Reads a text into `reading`, whose former content is lost. */
export function readText(vocabulary: Vocabulary, text: string, reading: Reading): Reading {
  reading.text = text;
  reading.cues = 0;
  let count = 0;
  let gap: number = GAP.other;
  const hash = { a: 0, b: 0 };
  const before = { a: 0, b: 0 };
  for (let at = 0; at < text.length;) {
    const kind = kindAt(text, at);
    if (kind !== WORD) {
      if (kind !== SPACE) gap |= gapOf(kind);
      at++;
      continue;
    }
    const start = at;
    hash.a = SEED_A;
    hash.b = SEED_B;
    at = hashWord(text, at, hash);
    const end = at;
    at = afterPossessive(text, at);
    let form = vocabulary.find(hash.a, hash.b);
    if (form === UNSEEN) form = vocabulary.add(text.slice(start, end), hash);
    if (form === NOTHING) continue;
    if (count > 0) reading.gap[count - 1] = gap;
    const last = count - 1;
    if (gap === GAP.hyphen && start === reading.end[last]! + 1 && reading.cue[last]! & CUE.prefix) {
      hashWord(text, start, before);
      if (vocabulary.isWord(before)) {
        setForm(reading, last, vocabulary, vocabulary.find(before.a, before.b));
        reading.end[last] = at;
        gap = 0;
        continue;
      }
    }
    if (count === reading.start.length) reading.grow();
    reading.start[count] = start;
    reading.end[count] = at;
    setForm(reading, count, vocabulary, form);
    if (reading.word[count] === vocabulary.of && count > 0 && isAbsence(reading.word[last]!, vocabulary))
      reading.concept[last] = vocabulary.absent;
    if (reading.cue[count]! & CUE.prefix) {
      before.a = hash.a;
      before.b = hash.b;
    }
    count++;
    gap = 0;
  }
  if (count > 0) reading.gap[count - 1] = GAP.other;
  reading.count = count;
  return reading;
}

function setForm(reading: Reading, i: number, vocabulary: Vocabulary, form: number): void {
  reading.word[i] = vocabulary.wordOf(form);
  reading.concept[i] = vocabulary.conceptOf(form);
  const cues = vocabulary.cuesOf(form);
  reading.cue[i] = cues;
  reading.cues |= cues;
}

function isAbsence(word: number, { absences: [absence, lack] }: Vocabulary): boolean {
  return word === absence || word === lack;
}

/** Goes on with a hash over the letters of the word that begins at `from`; where the word ends. */
function hashWord(text: string, from: number, hash: { a: number; b: number }): number {
  let { a, b } = hash;
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const kind = KIND[code]!;
    if (kind !== WORD && (kind !== UNDECIDED || kindAt(text, at) !== WORD)) break;
    const letter = code < 128 ? code | 32 : code;
    a = Math.imul(a ^ letter, PRIME_A);
    b = Math.imul(b ^ letter, PRIME_B) ^ (b >>> 13);
  }
  hash.a = a;
  hash.b = b;
  return at;
}

function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  const kind = KIND[code]!;
  return kind === UNDECIDED ? (KIND[code] = kindOf(code)) : kind;
}

function kindOf(code: number): number {
  const letter = String.fromCharCode(code);
  if (/[\p{L}\p{N}]/u.test(letter)) return WORD;
  if (/\s/u.test(letter) || QUOTES.test(letter)) return SPACE;
  if (/[-‐‑–]/u.test(letter)) return HYPHEN;
  return letter === "/" ? SLASH : letter === "," ? COMMA : letter === "(" ? OPEN : OTHER;
}

function gapOf(kind: number): number {
  switch (kind) {
    case HYPHEN:
      return GAP.hyphen;
    case SLASH:
      return GAP.slash;
    case COMMA:
      return GAP.comma;
    case OPEN:
      return GAP.open;
    default:
      return GAP.other;
  }
}

/** Where a word ends that has "'s" at its end. */
function afterPossessive(text: string, end: number): number {
  const code = text.charCodeAt(end);
  if ((code !== 39 && code !== 0x2019) || text[end + 1] !== "s") return end;
  const next = text.charCodeAt(end + 2);
  return next < 128 && (KIND[next] === WORD || next === 95) ? end : end + 2;
}
