/**
 * Words that nearly stand in a text: with typing or reading errors, other hyphens, blanks and quotes. Found by short
 * pieces that must be intact somewhere (of k + 1 pieces, k errors leave one), then aligned letter by letter.
 */
import type { InSlices } from "../../knowledge/passages.ts";
import { align, distanceOf } from "./alignment.ts";
import { fold } from "./fold.ts";
import { unquoted, type Span } from "./phrases.ts";

export interface FuzzySpan extends Span {
  /** Edits between the words asked for and those of the text, both folded. */
  distance: number;
}

/** Of the letters asked for, how many may differ. */
const MOST_ERRORS = 0.18;
/** Shorter phrases are too easily like something else. */
const LEAST_LETTERS = 5;
const LONGEST_PIECE = 12;
const LEAST_PIECE = 3;
/** Places that are aligned: those in which most pieces are intact. */
const MOST_PLACES = 64;
const SLICE_HITS = 5_000;

/** Best first; none that overlap. Empty where nothing is near enough. */
export function* findNearly(text: string, phrase: string, most: number): InSlices<FuzzySpan[]> {
  const needle = yield* bare(yield* fold(unquoted(phrase)));
  const size = needle.letters.length;
  if (size < LEAST_LETTERS) return [];
  const errors = Math.max(1, Math.floor(MOST_ERRORS * size));
  const whole = yield* fold(text);
  const hay = yield* bare(whole);
  const found: FuzzySpan[] = [];
  for (const from of yield* placesOf(needle.letters, hay.letters, errors)) {
    const window = hay.letters.slice(from, from + size + 4 * errors);
    const aligned = align(needle.letters, window, errors);
    yield;
    if (!aligned) continue;
    const span = wholeWords(text, {
      start: hay.origin[from + aligned.start]!,
      end: endOf(text, hay.origin[from + aligned.end - 1]!),
    });
    const wanted = (yield* fold(unquoted(phrase))).folded.trim();
    const distance = distanceOf(wanted, (yield* fold(text.slice(span.start, span.end))).folded.trim());
    found.push({ ...span, distance });
  }
  return withoutOverlap(found).slice(0, most);
}

interface Bare {
  letters: string;
  origin: Uint32Array;
}

/** Runs of letters that are gathered in one slice. */
const SLICE_RUNS = 4_000;

/** Letters and digits alone: where blanks and hyphens stand is the printer's doing. */
function* bare({ folded, origin }: { folded: string; origin: Uint32Array }): InSlices<Bare> {
  const kept = new Uint32Array(folded.length);
  const slices: string[] = [];
  let parts: string[] = [];
  let n = 0;
  for (const { 0: run, index } of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
    parts.push(run);
    for (let i = 0; i < run.length; i++) kept[n++] = origin[index + i]!;
    if (parts.length < SLICE_RUNS) continue;
    slices.push(parts.join(""));
    parts = [];
    yield;
  }
  return { letters: [...slices, parts.join("")].join(""), origin: kept.subarray(0, n) };
}

/** Where the phrase may begin, by how many of its pieces stand in their place there. */
function* placesOf(needle: string, hay: string, errors: number): InSlices<number[]> {
  const piece = Math.max(LEAST_PIECE, Math.min(LONGEST_PIECE, Math.floor(needle.length / (errors + 1))));
  const votes = new Map<number, number>();
  const width = 2 * errors + 1;
  let hits = 0;
  for (let at = 0; at + piece <= needle.length; at += piece) {
    const part = needle.slice(at, at + piece);
    for (let i = hay.indexOf(part); i >= 0; i = hay.indexOf(part, i + 1)) {
      const bucket = Math.floor((i - at + 2 * errors) / width);
      votes.set(bucket, (votes.get(bucket) ?? 0) + 1);
      if (++hits % SLICE_HITS === 0) yield;
    }
    yield;
  }
  return [...votes]
    .toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, MOST_PLACES)
    .map(([bucket]) => Math.max(0, bucket * width - 3 * errors));
}

/** A word that is cut at either end by a letter or two is taken whole. */
function wholeWords(text: string, { start, end }: Span): Span {
  const before = /[\p{L}\p{N}]{1,3}$/u.exec(text.slice(Math.max(0, start - 8), start))?.[0] ?? "";
  const after = /^[\p{L}\p{N}]{1,3}(?![\p{L}\p{N}])/u.exec(text.slice(end, end + 8))?.[0] ?? "";
  const isWordStart = start - before.length === 0 || !/[\p{L}\p{N}]/u.test(text[start - before.length - 1]!);
  const inWord = /[\p{L}\p{N}]/u.test(text[end - 1] ?? "");
  return { start: isWordStart ? start - before.length : start, end: inWord ? end + after.length : end };
}

function endOf(text: string, at: number): number {
  let end = at + (text.codePointAt(at)! > 0xffff ? 2 : 1);
  while (end < text.length && /\p{M}/u.test(text[end]!)) end += 1;
  return end;
}

function withoutOverlap(spans: FuzzySpan[]): FuzzySpan[] {
  const kept: FuzzySpan[] = [];
  for (const span of spans.toSorted((a, b) => a.distance - b.distance || a.start - b.start)) {
    if (!kept.some((other) => span.start < other.end && other.start < span.end)) kept.push(span);
  }
  return kept;
}
