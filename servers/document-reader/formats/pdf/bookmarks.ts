/** A PDF's own table of contents, and which lines of a page it names. */
import type { Pdf } from "./chunks.ts";
import type { Line } from "./lines.ts";

export interface Bookmark {
  /** Letters and digits of the heading alone. */
  key: string;
  level: number;
}

const MAX_BOOKMARKS = 2000;
const MAX_LEVELS = 6;
const MAX_LINES = 4;

type Entry = Pick<NonNullable<Awaited<ReturnType<Pdf["getOutline"]>>>[number], "title" | "dest" | "items">;

/** By page, counted from 1. What leads nowhere is left out. */
export async function bookmarksOf(pdf: Pdf): Promise<Map<number, Bookmark[]>> {
  const marks = new Map<number, Bookmark[]>();
  const waiting = ((await pdf.getOutline().catch(() => undefined)) ?? []).map((entry: Entry) => ({ entry, level: 1 }));
  // Entries may lead round in a circle: they are counted, not trusted.
  for (let n = 0; waiting.length > 0 && n < MAX_BOOKMARKS; n++) {
    const { entry, level } = waiting.shift()!;
    const page = await pageOf(pdf, entry.dest).catch(() => undefined);
    const key = keyOf(entry.title);
    if (page !== undefined && key) marks.set(page, [...(marks.get(page) ?? []), { key, level }]);
    if (level < MAX_LEVELS) waiting.unshift(...(entry.items as Entry[]).map((e) => ({ entry: e, level: level + 1 })));
  }
  return marks;
}

async function pageOf(pdf: Pdf, dest: Entry["dest"]): Promise<number | undefined> {
  const place: unknown[] | null = typeof dest === "string" ? await pdf.getDestination(dest) : dest;
  const ref = place?.[0];
  if (typeof ref === "number") return ref + 1;
  return ref ? (await pdf.getPageIndex(ref as Parameters<Pdf["getPageIndex"]>[0])) + 1 : undefined;
}

/** The bookmark that the lines from `at` on spell out, and how many of them. */
export function bookmarkAt(
  lines: readonly Line[],
  at: number,
  marks: readonly Bookmark[],
): { level: number; lines: number } | undefined {
  if (marks.length === 0) return undefined;
  let key = "";
  for (let n = 1; n <= MAX_LINES && at + n <= lines.length; n++) {
    key += keyOf(lines[at + n - 1]!.text);
    const found = marks.find((mark) => mark.key === key);
    if (found) return { level: found.level, lines: n };
    if (!key || !marks.some((mark) => mark.key.startsWith(key))) return undefined;
  }
  return undefined;
}

function keyOf(title: string): string {
  return title
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]+/gu, "")
    .toLowerCase();
}
