/** How new pages are to be: a span of days that each provider says in its own words, and that dates are held against. */
import { invalidArguments } from "../../kit/failure.ts";

const DAY_MS = 86_400_000;
const SPANS = { day: 1, week: 7, month: 31, year: 365 } as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Both ends are included; either may be open. */
export interface Span {
  /** The word, where it was asked for by one. */
  name?: keyof typeof SPANS;
  /** ISO 8601 days. */
  from?: string;
  to?: string;
}

/**
 * @param text `day`, `week`, `month`, `year`, or days as `2024-01-01..2024-06-30`, where an end may be left out
 * @param now milliseconds since the epoch
 * @throws ToolError
 */
export function readFreshness(text: string, now = Date.now()): Span {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/^(?:past|last)[ _-]/, "");
  if (Object.hasOwn(SPANS, word)) {
    const name = word as keyof typeof SPANS;
    return { name, from: isoDay(now - SPANS[name] * DAY_MS), to: isoDay(now) };
  }
  const [from = "", to = "", ...more] = word.split(/\s*(?:\.\.|\bto\b)\s*/);
  const isRange = more.length === 0 && (from || to) !== "" && /\.\.|to/.test(word);
  if (!isRange || !isDayOrOpen(from) || !isDayOrOpen(to) || (from && to && from > to)) throw notUnderstood(text);
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}

/** Undefined where the date is not known well enough: `2024` may lie in a span that ends in June, or not. */
export function isWithin({ from, to }: Span, date: string | undefined): boolean | undefined {
  if (!date) return undefined;
  const [first, last] = [date, date].map((d, i) => d + (i === 0 ? "-01-01" : "-12-31").slice(d.length - 4));
  if ((from && last! < from) || (to && first! > to)) return false;
  return (!from || first! >= from) && (!to || last! <= to) ? true : undefined;
}

export function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function isDayOrOpen(text: string): boolean {
  return text === "" || (DAY.test(text) && !Number.isNaN(Date.parse(text)));
}

function notUnderstood(text: string): Error {
  return invalidArguments(
    `freshness ${JSON.stringify(text.slice(0, 60))} is not understood`,
    "give day, week, month, year, or days such as 2024-01-01..2024-06-30",
  );
}
