/** Abbreviations that a text defines: "ventricular septal defect (VSD) … VSD". */

export interface Span {
  start: number;
  end: number;
  term: number;
  /** Other findings that have this name. */
  others?: readonly number[] | undefined;
  /** Whether it is as likely one of the others. */
  ambiguous?: boolean | undefined;
  /** Whether the words name a finding only as a part of a more specific one's name. */
  general?: boolean | undefined;
  /** First word, and the one after the last; unset where the words are read in another way. */
  from?: number;
  to?: number;
}

const DEFINITION = /\(([A-Z][A-Za-z]{0,2}[A-Z\d]{1,4})s?\)/gu;
/** Words that the long form of an abbreviation may have. */
const LONGEST_FORM = 60;

/**
 * The spans with the abbreviations that the text defines by one of them; without those that it defines as something
 * else. Spans come and go in order of the text.
 */
export function withAbbreviations(text: string, spans: readonly Span[]): Span[] {
  const definitions = definitionsOf(text, spans);
  if (definitions.size === 0) return [...spans];
  const kept = spans.filter(({ start, end }) => !definitions.has(symbolOf(text.slice(start, end))));
  const taken = coverage(text, kept);
  for (const [symbol, term] of definitions) {
    if (term === undefined) continue;
    for (const { start, end } of usesOf(text, symbol)) if (!taken[start]) kept.push({ start, end, term });
  }
  return kept.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

/** 1 for each character of the text that one of the spans holds. */
export function coverage(text: string, spans: readonly Span[]): Uint8Array {
  const taken = new Uint8Array(text.length);
  for (const { start, end } of spans) taken.fill(1, start, end);
  return taken;
}

/** Terms by symbol; undefined where the long form is no finding. */
function definitionsOf(text: string, spans: readonly Span[]): Map<string, number | undefined> {
  const definitions = new Map<string, number | undefined>();
  if (!text.includes("(")) return definitions;
  let byEnd: Map<number, Span> | undefined;
  for (const { index, 1: symbol } of text.matchAll(DEFINITION)) {
    byEnd ??= new Map(spans.filter((span) => !span.general).map((span) => [span.end, span]));
    const before = text.slice(Math.max(0, index - LONGEST_FORM), index);
    const long = byEnd.get(index - before.length + before.trimEnd().length);
    if (long && standsFor(symbol!, text.slice(long.start, long.end))) definitions.set(symbol!, long.term);
    else if (!definitions.has(symbol!) && standsFor(symbol!, lastWords(before, symbol!.length))) {
      definitions.set(symbol!, undefined);
    }
  }
  return definitions;
}

/** Where a symbol stands as a word of its own, in the plural or not. */
function usesOf(text: string, symbol: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (let start = text.indexOf(symbol); start >= 0; start = text.indexOf(symbol, start + 1)) {
    let end = start + symbol.length;
    if (text[end] === "s") end++;
    if (!/\w/u.test(text[start - 1] ?? " ") && !/\w/u.test(text[end] ?? " ")) found.push({ start, end });
  }
  return found;
}

function lastWords(text: string, count: number): string {
  return text
    .trim()
    .split(/[\s-]+/u)
    .slice(-count)
    .join(" ");
}

/** Whether the letters of a symbol stand in this order in the words, the first at the beginning. */
function standsFor(symbol: string, words: string): boolean {
  const letters = symbol.toLowerCase();
  const folded = words.toLowerCase();
  if (folded[0] !== letters[0]) return false;
  let at = 0;
  for (const letter of letters) {
    at = folded.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function symbolOf(text: string): string {
  return /^[A-Z\d]+s$/u.test(text) ? text.slice(0, -1) : text;
}
