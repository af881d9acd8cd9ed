/**
 * Abbreviations that texts explain, `double balloon enteroscopy (DBE)`, after Schwartz & Hearst ("A simple algorithm for
 * identifying abbreviation definitions in biomedical text", 2003): the letters of the short form are looked for in the
 * words before it, from behind.
 */
import { tokenize } from "../../knowledge/tokenize.ts";
import type { Concept } from "./concepts.ts";

export interface Abbreviation {
  short: string;
  long: string;
}

const MOST_LETTERS = 10;
const WORDS_BEFORE = 120;

/** Those that the text explains, in order. */
export function abbreviationsIn(text: string): Abbreviation[] {
  const found: Abbreviation[] = [];
  for (let open = text.indexOf("("); open >= 0; open = text.indexOf("(", open + 1)) {
    const short = /^\(([\p{L}][\p{L}\p{N}-]{1,9})[),;]/u.exec(text.slice(open, open + MOST_LETTERS + 2))?.[1];
    if (!short || !/\p{Lu}/u.test(short)) continue;
    const before = text.slice(Math.max(0, open - WORDS_BEFORE), open).trimEnd();
    const long = longForm(short, before.slice(before.search(/[^.;:()]*$/)));
    if (long) found.push({ short, long });
  }
  return found;
}

/** The shortest end of `before` that spells the short form; undefined where none does. */
function longForm(short: string, before: string): string | undefined {
  const letters = Array.from(short.toLowerCase()).filter((letter) => /[\p{L}\p{N}]/u.test(letter));
  const lower = before.toLowerCase();
  let at = lower.length;
  for (let i = letters.length - 1; i > 0 && at > 0; i--) at = lower.lastIndexOf(letters[i]!, at - 1);
  // The first letter begins a word.
  if (at > 0) at = lastStart(lower, letters[0]!, at - 1);
  else return undefined;
  if (at < 0) return undefined;
  const long = before.slice(at);
  const words = long.split(/[\s-]+/).length;
  const most = Math.min(short.length + 5, short.length * 2);
  return words >= 2 && words <= most && long.length > short.length ? long : undefined;
}

/** The last place, from `at` back, where a word begins with the letter; -1 where none does. */
function lastStart(text: string, letter: string, at: number): number {
  for (let place = text.lastIndexOf(letter, at); place > 0; place = text.lastIndexOf(letter, place - 1)) {
    if (!/[\p{L}\p{N}]/u.test(text[place - 1]!)) return place;
  }
  return text.startsWith(letter) ? 0 : -1;
}

/** An abbreviation counts a bit less than the words that it stands for, and they a bit less than it. */
const WEIGHT = 0.8;

/**
 * What the abbreviations say of the concepts: another way to say a phrase of the question, or what an abbreviation in it
 * means. Of several meanings the most frequent one is taken.
 */
export function sayingsOf(
  question: string,
  concepts: readonly Concept[],
  abbreviations: readonly Abbreviation[],
): Concept[] {
  const asked = new Set(concepts.flatMap(({ own }) => own));
  const phrase = ` ${tokenize(question).join(" ")} `;
  const counts = new Map<string, { own: string[]; other: string[]; count: number }>();
  for (const { short, long } of abbreviations) {
    const [form] = tokenize(short);
    const words = tokenize(long);
    if (!form || words.length < 2) continue;
    const hasLong = phrase.includes(` ${words.join(" ")} `);
    if (asked.has(form) === hasLong) continue;
    const [own, other] = hasLong ? [words, [form]] : [[form], words];
    const key = `${own.join(" ")} = ${other.join(" ")}`;
    const entry = counts.get(key) ?? { own, other, count: 0 };
    entry.count += 1;
    counts.set(key, entry);
  }
  const best = new Map<string, { own: string[]; other: string[]; count: number }>();
  for (const entry of counts.values()) {
    const key = entry.own.join(" ");
    if (entry.count > (best.get(key)?.count ?? 0)) best.set(key, entry);
  }
  return [...best.values()]
    .toSorted((a, b) => b.own.length - a.own.length || b.count - a.count)
    .map(({ own, other }) => ({ own, others: [{ terms: other, weight: WEIGHT }] }));
}
