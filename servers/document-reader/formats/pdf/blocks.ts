/** Lines of a region as headings, paragraphs, table rows and footnotes. */
import type { PrintedPage } from "./chunks.ts";
import { regionsOf } from "./columns.ts";
import { linesOf, type Line } from "./lines.ts";
import { bookmarkAt, type Bookmark } from "./bookmarks.ts";
import { headingLevel, round, type Print } from "./print.ts";
import { tableAt } from "./tables.ts";

export interface Block {
  kind: "heading" | "text" | "table" | "note";
  page: number;
  /** Lines of print; of a table its rows. */
  lines: string[];
  /** Of a heading: its depth, and the size of its letters. */
  level?: number;
  size?: number;
  /** It ends within a sentence, at the end of its column or page. */
  open?: boolean;
  /** It may go on a paragraph of the column or page before. */
  goesOn?: boolean;
}

/** In distances of lines: more than this parts paragraphs. */
const PARAGRAPH_GAP = 1.35;
const MAX_HEADING_LINES = 4;
const LIST_ITEM = /^(?:[•▪◦‣●○■–—*·-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s/;
const NOTE = /^(?:\d{1,2}|[*†‡§¶⁰¹²³⁴-⁹]+|[a-z](?=\s))\s?\S/;

/** @param marks headings of this page by the document's own table of contents */
export function blocksOf(page: PrintedPage, print: Print, marks: readonly Bookmark[] = []): Block[] {
  return regionsOf(page.chunks).flatMap((region) => {
    const lines = linesOf(region);
    const notes = notesFrom(lines, page, print);
    return [...bodyOf(lines.slice(0, notes), page.page, print, marks), ...notesOf(lines.slice(notes), page.page)];
  });
}

function bodyOf(lines: Line[], page: number, print: Print, marks: readonly Bookmark[]): Block[] {
  const blocks: Block[] = [];
  const [left, right] = [Math.min(...lines.map((l) => l.x0)), Math.max(...lines.map((l) => l.x1))];
  const leading = leadingOf(lines, print);
  let open: Block | undefined;
  for (let i = 0; i < lines.length;) {
    const line = lines[i]!;
    const before = lines[i - 1];
    const apart = !before || line.y - before.y > PARAGRAPH_GAP * leading || before.font !== line.font;
    const last = blocks.at(-1);
    const marked = bookmarkAt(lines, i, marks);
    if (marked) {
      blocks.push({
        kind: "heading",
        page,
        lines: lines.slice(i, i + marked.lines).map((l) => l.text),
        level: marked.level,
        size: line.size,
      });
      open = undefined;
      i += marked.lines;
      continue;
    }
    const table = tableAt(lines, i);
    if (table) {
      blocks.push({ kind: "table", page, lines: table.rows });
      open = undefined;
      i = table.next;
      continue;
    }
    const level = headingLevel(line, print, apart);
    if (level !== undefined) {
      const goesOn =
        last?.kind === "heading" &&
        before &&
        round(before.size) === round(line.size) &&
        line.y - before.y < 1.45 * line.size;
      if (goesOn) last.lines.push(line.text);
      else blocks.push({ kind: "heading", page, lines: [line.text], level, size: line.size });
      // Large print that goes on and on is text.
      const heading = blocks.at(-1)!;
      if (heading.lines.length > MAX_HEADING_LINES) heading.kind = "text";
      open = undefined;
      i += 1;
      continue;
    }
    const breaks =
      !open || !before || line.y - before.y > PARAGRAPH_GAP * leading || isIndented(line, before, left, lines[i + 1]);
    if (open && !breaks && !LIST_ITEM.test(line.text)) {
      const forced = endsEarly(before, line, left, right);
      if (forced) open.lines.push(line.text);
      else open.lines[open.lines.length - 1] = joined(open.lines.at(-1)!, line.text);
    } else if (open && !breaks) open.lines.push(line.text);
    else blocks.push((open = { kind: "text", page, lines: [line.text], goesOn: !open && blocks.length === 0 }));
    i += 1;
  }
  const end = blocks.at(-1);
  if (end?.kind === "text" && !/[.!?:;”"’)\]]\s*$/.test(end.lines.at(-1)!)) end.open = true;
  return blocks;
}

/** The usual distance of neighbouring lines. */
function leadingOf(lines: Line[], print: Print): number {
  const steps = lines.slice(1).map((line, i) => line.y - lines[i]!.y);
  const close = steps.filter((step) => step > 0.8 * print.size && step < 2.2 * print.size).toSorted((a, b) => a - b);
  return close[Math.floor(close.length / 3)] ?? 1.2 * print.size;
}

/** A first line that is set in, after a line at the left edge. */
function isIndented(line: Line, before: Line, left: number, after: Line | undefined): boolean {
  const indent = line.x0 - left;
  const isFirst = indent > 0.7 * line.size && indent < 5 * line.size && Math.abs(before.x0 - left) < 0.5 * line.size;
  return isFirst && (!after || Math.abs(after.x0 - left) < 0.5 * line.size) && /[.!?:”")]\s*$/.test(before.text);
}

/** The next line's first word would have fitted: the line ends there by intention. Within a sentence much room must be left. */
function endsEarly(line: Line, next: Line, left: number, right: number): boolean {
  const word = next.text.split(" ", 1)[0]!;
  const width = ((next.x1 - next.x0) / Math.max(1, next.text.length)) * (word.length + 1);
  const inSentence = /[\p{Ll},]$/u.test(line.text) && /^\p{Ll}/u.test(next.text);
  const room = right - line.x1;
  return (
    room > (inSentence ? Math.max(1.15 * width, 0.35 * (right - left)) : 1.15 * width) && !/[\u00ad-]$/.test(line.text)
  );
}

/** A word that the end of the line has broken keeps its hyphen here, with a mark: the whole document tells whether it is a compound. */
export const BROKEN = "\u2060";

export function joined(text: string, next: string): string {
  if (text.endsWith("\u00ad")) return text.slice(0, -1) + next;
  if (/\p{L}[-‐]$/u.test(text) && /^\p{Ll}/u.test(next)) return `${text}${BROKEN}${next}`;
  return /[/–—]$/.test(text) && !/\s[/–—]$/.test(text) ? text + next : `${text} ${next}`;
}

/** Index of the first line of the footnotes of a region: small letters at the foot of the page, with a mark. */
function notesFrom(lines: Line[], page: PrintedPage, print: Print): number {
  let from = lines.length;
  while (from > 0 && lines[from - 1]!.size <= 0.92 * print.size && lines[from - 1]!.y > 0.5 * page.height) from -= 1;
  while (from < lines.length && !NOTE.test(lines[from]!.text)) from += 1;
  return from > 0 ? from : lines.length;
}

function notesOf(lines: Line[], page: number): Block[] {
  const notes: string[] = [];
  for (const { text } of lines) {
    if (notes.length > 0 && !NOTE.test(text)) notes[notes.length - 1] = joined(notes.at(-1)!, text);
    else notes.push(text);
  }
  return notes.length > 0 ? [{ kind: "note", page, lines: notes }] : [];
}
