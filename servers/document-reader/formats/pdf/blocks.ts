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
/** Letter sizes from one line of a heading to its next. */
const HEADING_LEADING = 1.45;
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
  const writer = new BodyWriter(lines, page, print);
  for (let i = 0; i < lines.length;) {
    const marked = bookmarkAt(lines, i, marks);
    const table = marked ? undefined : tableAt(lines, i);
    if (marked) i += writer.heading(i, marked.lines, marked.level);
    else if (table) i += writer.table(table.rows, table.next - i);
    else i += writer.line(i);
  }
  return writer.finish();
}

class BodyWriter {
  readonly #blocks: Block[] = [];
  readonly #lines: Line[];
  readonly #page: number;
  readonly #print: Print;
  readonly #left: number;
  readonly #right: number;
  readonly #leading: number;
  /** The paragraph that the next line may go on. */
  #open: Block | undefined;

  constructor(lines: Line[], page: number, print: Print) {
    this.#lines = lines;
    this.#page = page;
    this.#print = print;
    this.#left = Math.min(...lines.map((l) => l.x0));
    this.#right = Math.max(...lines.map((l) => l.x1));
    this.#leading = leadingOf(lines, print);
  }

  /** Each of these takes lines. @returns how many */
  heading(at: number, count: number, level: number): number {
    const lines = this.#lines.slice(at, at + count);
    this.#blocks.push({
      kind: "heading",
      page: this.#page,
      lines: lines.map((l) => l.text),
      level,
      size: lines[0]!.size,
    });
    this.#open = undefined;
    return count;
  }

  table(rows: string[], count: number): number {
    this.#blocks.push({ kind: "table", page: this.#page, lines: rows });
    this.#open = undefined;
    return count;
  }

  line(at: number): number {
    const line = this.#lines[at]!;
    const before = this.#lines[at - 1];
    const isFar = !before || line.y - before.y > PARAGRAPH_GAP * this.#leading;
    const level = headingLevel(line, this.#print, isFar || before.font !== line.font);
    if (level !== undefined) return this.#headingLine(at, level);
    const open = isFar || isIndented(line, before, this.#left, this.#lines[at + 1]) ? undefined : this.#open;
    if (!open) this.#begin(line);
    else if (LIST_ITEM.test(line.text) || endsEarly(before!, line, this.#left, this.#right)) open.lines.push(line.text);
    else open.lines.push(joined(open.lines.pop()!, line.text));
    return 1;
  }

  finish(): Block[] {
    const end = this.#blocks.at(-1);
    if (end?.kind === "text" && !/[.!?:;”"’)\]]\s*$/.test(end.lines.at(-1)!)) end.open = true;
    return this.#blocks;
  }

  #begin(line: Line): void {
    this.#open = { kind: "text", page: this.#page, lines: [line.text], goesOn: this.#blocks.length === 0 };
    this.#blocks.push(this.#open);
  }

  /** A heading may have several lines; large print that goes on and on is text. */
  #headingLine(at: number, level: number): number {
    const [line, before, last] = [this.#lines[at]!, this.#lines[at - 1], this.#blocks.at(-1)];
    const isNext = before && round(before.size) === round(line.size) && line.y - before.y < HEADING_LEADING * line.size;
    if (last?.kind !== "heading" || !isNext) return this.heading(at, 1, level);
    last.lines.push(line.text);
    if (last.lines.length > MAX_HEADING_LINES) last.kind = "text";
    return 1;
  }
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
