/**
 * Medical text as search terms: one function for documents and queries, so that both sides agree. `IL-2` and `IL2`,
 * `TNF-α` and `TNF-alpha`, `tumour` and `tumors`, `metastasis` and `metastases` meet in one form.
 */
import { stemmer } from "stemmer";
import { spell } from "./spelling.ts";

const WORD = /\d+(?:[.,]\d+)+|[\p{L}\p{N}]+(?:[-‐‑‒–/'’][\p{L}\p{N}]+)*/gu;
const JOINT = /[-‐‑‒–/]/u;

const STOP = new Set(
  (
    "a an the and or nor but if then than that this these those there here of in on at by for to from into onto with without within " +
    "is are was were be been being am do does did done doing has have had having can could may might must shall should will would " +
    "as it its he him his she her hers they them their theirs we us our ours you your yours i me my who whom whose which what when where why how " +
    "not no so such some any each both also only very just about between during while because until against among per via etc cannot cant dont doesnt"
  ).split(" "),
);

/** The search terms of a text in order, with repetition. A compound gives its parts and, where it may be written as one word, the whole. */
export function tokenize(text: string): string[] {
  const terms: string[] = [];
  for (const [word] of text.normalize("NFKC").matchAll(WORD)) {
    if (JOINT.test(word)) addCompound(word, terms);
    else addWord(word, terms);
  }
  return terms;
}

function addWord(word: string, terms: string[]): void {
  const term = termOf(word);
  if (term) terms.push(term);
}

/** `BRCA1/2` → brca1 brca2; `IL-2` → il2 il; `TNF-α` → tnfalpha tnf alpha; `placebo-controlled` → placebo control. */
function addCompound(word: string, terms: string[]): void {
  for (const side of expandSlashes(word)) {
    const parts = side.split(JOINT);
    if (parts.length > 1 && writtenAsOne(parts)) addWord(parts.join(""), terms);
    for (const part of parts)
      if (parts.length === 1 || /\p{L}{2}|[\u0370-\u03ff]|\d{2}/u.test(part)) addWord(part, terms);
  }
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

const cache = new Map<string, string>();
const CACHE_SIZE = 200_000;

function termOf(word: string): string {
  let term = cache.get(word);
  if (term === undefined) {
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(word, (term = makeTerm(word)));
  }
  return term;
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
  return stemmer(spelled)
    .replace(/si$/, "s")
    .replace(/lyze?$/, "lys");
}
