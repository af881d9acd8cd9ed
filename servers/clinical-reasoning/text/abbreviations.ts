/** Abbreviations that a text defines: "ventricular septal defect (VSD) … VSD". */

export interface Span {
  start: number;
  end: number;
  term: number;
}

const DEFINITION = /\s*\(([A-Z][A-Za-z]{0,2}[A-Z\d]{1,4})s?\)/gu;
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
  for (const [symbol, term] of definitions) {
    if (term === undefined) continue;
    for (const { index: start, 0: found } of text.matchAll(new RegExp(`\\b${symbol}s?\\b`, "gu"))) {
      const end = start + found.length;
      if (!kept.some((span) => span.start < end && start < span.end)) kept.push({ start, end, term });
    }
  }
  return kept.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

/** Terms by symbol; undefined where the long form is no finding. */
function definitionsOf(text: string, spans: readonly Span[]): Map<string, number | undefined> {
  const definitions = new Map<string, number | undefined>();
  for (const { index, 0: found, 1: symbol } of text.matchAll(DEFINITION)) {
    const long = spans.find((span) => span.end === index);
    const before = text.slice(Math.max(0, index - LONGEST_FORM), index);
    if (long && standsFor(symbol!, text.slice(long.start, long.end))) definitions.set(symbol!, long.term);
    else if (!definitions.has(symbol!) && found && standsFor(symbol!, lastWords(before, symbol!.length))) {
      definitions.set(symbol!, undefined);
    }
  }
  return definitions;
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
