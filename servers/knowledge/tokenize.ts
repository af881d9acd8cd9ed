/**
 * Medical text as search terms: one function for documents and queries, so that both sides agree. `IL-2` and `IL2`,
 * `TNF-α` and `TNF-alpha`, `tumour` and `tumors`, `metastasis` and `metastases` meet in one form.
 */
import { stemmer } from "stemmer";
import { spell } from "./spelling.ts";
import { WordTable } from "./word-table.ts";
import { scanWords, type WordPlaces } from "./words-in-text.ts";

const JOINT = /[-‐‑‒–/]/u;

const STOP = new Set(
  (
    "a an the and or nor but if then than that this these those there here of in on at by for to from into onto with without within " +
    "is are was were be been being am do does did done doing has have had having can could may might must shall should will would " +
    "as it its he him his she her hers they them their theirs we us our ours you your yours i me my who whom whose which what when where why how " +
    "not no so such some any each both also only very just about between during while because until against among per via etc cannot cant dont doesnt"
  ).split(" "),
);

/** A longer word of plain letters is one term, and that begins as the word does, but for `ae` and `oe`. */
export const LONGEST_FUNCTION_WORD = Math.max(...Array.from(STOP, ({ length }) => length));

/** A word as search terms. */
export interface TermedWord {
  /** One each for its parts: `beta blocker` of β-blocker. */
  parts: readonly string[];
  /** Where it may be written as one word: `il2` of IL-2. */
  whole?: string;
  /** Its parts as they stand apart, where some are too short to say anything by themselves: `il 2`. */
  apart?: readonly string[];
}

/**
 * A search term. There is one object for each as a rule, so that who counts terms keeps the counts where the term is, and
 * looks nothing up. Texts have so many that waiting for memory is what takes the time: what is counted comes first.
 */
export class Term {
  /** Of compounds alone. */
  readonly terms = undefined;
  /** For the caller's use: how often it was met in a title and a text, its number, and who gave it. */
  inTitle = 0;
  inBody = 0;
  number = 0;
  numberedBy = 0;
  /** The term in UTF-8, among others: reading that is quicker than reading a string. */
  readonly utf8: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly text: string;

  constructor(text: string) {
    const bytes = Buffer.from(text);
    if (used + bytes.length > chunk.length) {
      chunk = new Uint8Array(Math.max(CHUNK_BYTES, bytes.length));
      used = 0;
    }
    chunk.set(bytes, used);
    this.utf8 = chunk;
    this.from = used;
    this.to = used += bytes.length;
    this.text = text;
  }
}

/** Where the bytes of new terms go, one behind the other. */
const CHUNK_BYTES = 1 << 20;
let chunk = new Uint8Array(CHUNK_BYTES);
let used = 0;

/** The search terms of a text in order, with repetition. A compound gives its parts and, where it may be written as one word, the whole. */
export function tokenize(text: string): string[] {
  const terms: string[] = [];
  scanTerms(text, ({ text: term }) => terms.push(term));
  return terms;
}

/** The same, one after the other. @param onTerm does not scan another text */
export function scanTerms(text: string, onTerm: (term: Term) => void): void {
  scanWords(text, (words) => onTerms(words, onTerm));
}

/** The terms of words of a text, one after the other. */
export function onTerms(words: WordPlaces, onTerm: (term: Term) => void): void {
  for (const known of table.of(words)) {
    if (known === undefined) continue;
    if (known.terms === undefined) onTerm(known);
    else for (const term of known.terms) onTerm(term);
  }
}

/** The words of a text as `tokenize` takes them, in order: which of its terms are one word, and which of them say the same. */
export function termedWords(text: string): TermedWord[] {
  const found: TermedWord[] = [];
  scanWords(text, (words) => {
    for (const known of table.of(words)) {
      if (known === undefined) continue;
      if (known.terms === undefined) found.push({ parts: [known.text] });
      else found.push(...known.words);
    }
  });
  return found;
}

interface Compound {
  words: readonly TermedWord[];
  terms: readonly Term[];
}

/** Terms by their text; begun anew when there are so many. */
const terms = new Map<string, Term>();
const MOST_TERMS = 400_000;

function termOf(text: string): Term {
  let term = terms.get(text);
  if (!term) {
    if (terms.size === MOST_TERMS) terms.clear();
    terms.set(text, (term = new Term(text)));
  }
  return term;
}

/** What words of texts come to: the term, nothing for a function word, or more of a compound. */
const table = new WordTable<Term | Compound | undefined>((word) => {
  if (JOINT.test(word)) return readCompound(word);
  const term = makeTerm(word);
  return term === "" ? undefined : termOf(term);
});

/** `BRCA1/2` → brca1 brca2; `IL-2` → il2 il; `TNF-α` → tnfalpha tnf alpha; `placebo-controlled` → placebo control. */
function readCompound(word: string): Compound {
  const words: TermedWord[] = [];
  for (const side of expandSlashes(word)) {
    const pieces = side.split(JOINT);
    const whole = pieces.length > 1 && writtenAsOne(pieces) ? makeTerm(pieces.join("")) : "";
    const telling = pieces.filter((piece) => pieces.length === 1 || /\p{L}{2}|[\u0370-\u03ff]|\d{2}/u.test(piece));
    const parts = termsOf(telling);
    if (!whole && parts.length === 0) continue;
    const apart = whole && telling.length < pieces.length ? { apart: termsOf(pieces) } : {};
    words.push({ parts, ...(whole ? { whole } : {}), ...apart });
  }
  return { words, terms: words.flatMap(({ parts, whole }) => (whole ? [whole, ...parts] : parts)).map(termOf) };
}

function termsOf(pieces: readonly string[]): string[] {
  return pieces.map(makeTerm).filter((term) => term !== "");
}

/** `BRCA1/2` names BRCA1 and BRCA2; other slashes separate words. */
function expandSlashes(word: string): string[] {
  const [first = "", ...rest] = word.split("/");
  const stem = /^(.*\p{L}-?)\d+$/u.exec(first)?.[1];
  return [first, ...rest.map((part) => (stem && /^\d+$/.test(part) ? stem + part : part))];
}

/** Short or numbered parts are written with and without the hyphen; long words are not. */
function writtenAsOne(parts: string[]): boolean {
  return parts.length <= 3 && parts.some((part) => part.length <= 4 || /\d/.test(part));
}

function makeTerm(word: string): string {
  const plain = word
    .replace(/['’]s?$/u, "")
    .replace(/['’]/gu, "")
    .toLowerCase();
  if (STOP.has(plain)) return "";
  const spelled = spell(plain);
  if (/\d/.test(spelled) || spelled.length < 3) return spelled;
  // Porter leaves `metastasi` and `metastas`, `analysi` and `analyz`: one form for the noun, its plural and the verb.
  const stem = stemmer(spelled)
    .replace(/si$/, "s")
    .replace(/lyze?$/, "lys");
  // And `laparoscopi` (laparoscopy) beside `laparoscop` (laparoscopic), `hypertrophi` beside `hypertroph`.
  return stem.length > 5 ? stem.replace(/i$/, "") : stem;
}
