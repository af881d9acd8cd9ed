/** The entities that a text mentions: the longest names first, exactly; then misspelt and shortened names in what is left. */
import type { NameRow } from "./graph.ts";
import {
  best,
  candidateOf,
  categoryFilter,
  identified,
  namesFrom,
  type Candidate,
  type LinkOptions,
} from "./matching.ts";
import type { NameSource } from "./name-source.ts";
import { words, type Word } from "./names.ts";
import { isFunctionWord, isGenericWord } from "./plain-words.ts";
import { misspeltSpans, shortenedSpans } from "./unnamed-spans.ts";

/** A text is read no further: questions are shorter, documents are for the retriever. */
const MAX_TEXT_LENGTH = 8000;
/** Bearers of one name that are kept for one mention. */
const MAX_BEARERS = 8;

/** A span of words and the entities it may mean. `from` and `to` (exclusive) count words. */
export interface Span {
  from: number;
  to: number;
  candidates: Candidate[];
}

/** A text cut into words, with what the rules of capitals need. */
export interface Words {
  text: string;
  list: readonly Word[];
  norms: readonly string[];
  /** True where a sentence ends between word i and the next: no name reaches over it. */
  breakAfter(i: number): boolean;
  /** The words `from..to` as they stand in the text. */
  written(from: number, to: number): string;
  /** Capitals tell symbols apart only in a text that has both cases. */
  mixedCase: boolean;
}

/** What `linkText` says, from the names alone: the entities by their rows. */
export function mentionsIn(graph: NameSource, text: string, options: LinkOptions = {}): Candidate[] {
  const { category, limit = 50 } = options;
  const read = readWords(text.slice(0, MAX_TEXT_LENGTH));
  const fits = categoryFilter(graph, category);
  const exact = [...identifierSpans(graph, read), ...namedSpans(graph, read, fits)];
  // A misspelt long name beats a short exact one inside it: "breast cancr" is not a breast.
  const inexact = misspeltSpans(graph, read, fits);
  const taken = withoutOverlap([...exact, ...inexact]);
  const strong = taken.filter((s) => !isGeneric(read, s));
  const shortened = shortenedSpans(graph, read, strong, fits);
  const spans = strong.length + shortened.length > 0 ? [...strong, ...shortened] : taken;
  return best(
    spans.flatMap((span) => mentioned(read, span)),
    limit,
  );
}

function readWords(text: string): Words {
  const list = words(text);
  return {
    text,
    list,
    norms: list.map((w) => w.norm),
    breakAfter: (i) => /[.?!;]\s|\n/.test(text.slice(list[i]!.end, list[i + 1]?.start)),
    written: (from, to) => text.slice(list[from]!.start, list[to - 1]!.end),
    mixedCase: /\p{Ll}/u.test(text),
  };
}

function identifierSpans(graph: NameSource, read: Words): Span[] {
  const spans: Span[] = [];
  for (const match of read.text.matchAll(/[A-Za-z][\w.-]*:[\w.-]*\w/g)) {
    const candidates = identified(graph, match[0]);
    const end = match.index + match[0].length;
    const from = read.list.findIndex((w) => w.start >= match.index);
    const to = read.list.findLastIndex((w) => w.end <= end) + 1;
    if (candidates.length > 0 && from >= 0 && to > from) spans.push({ from, to, candidates });
  }
  return spans;
}

function namedSpans(graph: NameSource, read: Words, fits: (c: Candidate) => boolean): Span[] {
  const spans: Span[] = [];
  for (let from = 0; from < read.list.length; from++) {
    const byEnd = new Map<number, Candidate[]>();
    const lastWord = endOfSentence(read, from);
    for (const { end, row, candidate } of namesFrom(graph, read.norms, from)) {
      if (end > lastWord || !isWrittenAs(read, from, end, row) || !fits(candidate)) continue;
      const known = byEnd.get(end);
      if (known) known.push(candidate);
      else byEnd.set(end, [candidate]);
    }
    if (byEnd.size === 0)
      joinedSymbol(graph, read, from)
        .filter(fits)
        .forEach((c) => byEnd.set(from + 2, [c]));
    for (const [to, candidates] of byEnd) spans.push({ from, to, candidates });
  }
  return spans;
}

/** "FBN-1" for FBN1. */
function joinedSymbol(graph: NameSource, read: Words, from: number): Candidate[] {
  const [first, second] = [read.list[from], read.list[from + 1]];
  if (
    !first ||
    !second ||
    !/^\d+\p{L}?$/u.test(second.norm) ||
    !/^[-‐‑]$/.test(read.text.slice(first.end, second.start))
  )
    return [];
  return graph.named(first.norm + second.norm).map((row) => candidateOf(row, 0.95, "exact"));
}

function endOfSentence(read: Words, from: number): number {
  let i = from;
  while (i < read.list.length - 1 && i < from + 12 && !read.breakAfter(i)) i++;
  return i + 1;
}

/**
 * Short symbols in capitals (ACE, CAN, REST) are words of other languages in small letters: they need their capitals.
 * Function words are names only as such symbols, and numbers alone never are.
 */
function isWrittenAs(read: Words, from: number, to: number, row: NameRow): boolean {
  if (to - from > 1) return true;
  const norm = read.norms[from]!;
  if (/^\d+$/.test(norm)) return false;
  const symbol = /^\p{Lu}{1,4}$/u.test(row.name);
  const same = read.written(from, to) === row.name;
  if (isFunctionWord(norm)) return symbol && same && read.mixedCase;
  return symbol || norm.length < 3 ? same : true;
}

function isGeneric(read: Words, span: Span): boolean {
  if (span.to - span.from > 1) return false;
  const written = read.written(span.from, span.to);
  const symbol = read.mixedCase && written === written.toUpperCase();
  return !symbol && isGenericWord(read.norms[span.from]!);
}

/** Longest spans first, none over another; equal spans are one mention of several entities. */
function withoutOverlap(spans: readonly Span[]): Span[] {
  const taken: Span[] = [];
  const bestScore = (s: Span) => Math.max(...s.candidates.map((c) => c.score));
  const order = spans.toSorted(
    (a, b) => b.to - b.from - (a.to - a.from) || bestScore(b) - bestScore(a) || a.from - b.from,
  );
  for (const span of order) {
    if (!taken.some((t) => span.from < t.to && t.from < span.to)) taken.push(span);
  }
  return taken;
}

function mentioned(read: Words, span: Span): Candidate[] {
  const [start, end] = [read.list[span.from]!.start, read.list[span.to - 1]!.end];
  const mention = { start, end, text: read.text.slice(start, end) };
  return span.candidates
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MAX_BEARERS)
    .map((candidate) => ({ ...candidate, mention }));
}
