/** Sets text as a PDF of any length, as a printer would: columns, running headers, broken words, tables, footnotes, bookmarks. */
import { deflateSync } from "node:zlib";

export type Piece =
  | { kind: "heading"; level: 1 | 2; text: string }
  | { kind: "paragraph"; text: string }
  | { kind: "table"; rows: string[][] }
  | { kind: "note"; text: string };

export interface Layout {
  title: string;
  columns: 1 | 2;
  /** Printed at the head of every page, the page's number at its foot. */
  running?: string;
  /** Words may be broken at the ends of lines. */
  hyphens?: boolean;
  bookmarks?: boolean;
}

/** Advance widths of Helvetica, in thousandths, from the blank to the tilde. */
const WIDTHS =
  "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584"
    .split(" ")
    .map(Number);
const [WIDTH, HEIGHT, MARGIN, GUTTER] = [595, 842, 60, 20];
const BODY = 10;

interface Mark {
  title: string;
  level: number;
  page: number;
}

interface Printed {
  x: number;
  /** From the top. */
  y: number;
  size: number;
  text: string;
}

export function typeset(pieces: readonly Piece[], layout: Layout): { bytes: Uint8Array; pages: number } {
  const press = new Press(layout);
  for (const piece of pieces) press.set(piece);
  return { bytes: press.file(), pages: press.pages.length };
}

class Press {
  readonly pages: Printed[][] = [];
  readonly #marks: Mark[] = [];
  readonly #layout: Layout;
  #column = 0;
  #y = 0;
  #notes: string[] = [];

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#turn();
    this.#lines(layout.title, 20, WIDTH - 2 * MARGIN, 10);
  }

  set(piece: Piece): void {
    if (piece.kind === "note") {
      this.#notes.push(piece.text);
    } else if (piece.kind === "table") {
      for (const row of piece.rows) {
        this.#room(16);
        for (const [i, cell] of row.entries()) this.#print(this.#left + (i * this.#width) / row.length, BODY, cell);
        this.#y += 16;
      }
      this.#y += 8;
    } else if (piece.kind === "heading") {
      this.#y += 12;
      this.#room(60);
      this.#marks.push({ title: piece.text, level: piece.level, page: this.pages.length - 1 });
      this.#lines(piece.text, piece.level === 1 ? 16 : 13, this.#width, 6);
    } else this.#lines(piece.text, BODY, this.#width, 6);
  }

  get #width(): number {
    return this.#layout.columns === 1 ? WIDTH - 2 * MARGIN : (WIDTH - 2 * MARGIN - GUTTER) / 2;
  }

  get #left(): number {
    return MARGIN + this.#column * (this.#width + GUTTER);
  }

  #lines(text: string, size: number, width: number, after: number): void {
    for (const line of broken(text, size, width, this.#layout.hyphens === true)) {
      this.#room(1.25 * size);
      this.#print(this.#left, size, line);
      this.#y += 1.25 * size;
    }
    this.#y += after;
  }

  #room(height: number): void {
    const foot = HEIGHT - MARGIN - 20 - this.#notes.length * 10;
    if (this.#y + height <= foot) return;
    if (this.#column + 1 < this.#layout.columns) {
      this.#column += 1;
      this.#y = this.pages.length === 1 ? MARGIN + 60 : MARGIN + 20;
    } else this.#turn();
  }

  #turn(): void {
    for (const [i, note] of this.#notes.entries()) {
      this.pages
        .at(-1)!
        .push({ x: MARGIN, y: HEIGHT - MARGIN - 10 * (this.#notes.length - 1 - i), size: 7, text: note });
    }
    this.#notes = [];
    this.pages.push([]);
    this.#column = 0;
    this.#y = MARGIN + 20;
    const { running } = this.#layout;
    if (!running) return;
    this.#at(MARGIN, 36, 8, running);
    this.#at(WIDTH / 2, HEIGHT - 30, 8, `${this.pages.length}`);
  }

  #print(x: number, size: number, text: string): void {
    this.#at(x, this.#y + size, size, text);
  }

  #at(x: number, y: number, size: number, text: string): void {
    this.pages.at(-1)!.push({ x, y, size, text });
  }

  file(): Uint8Array {
    if (this.#notes.length > 0) this.#turn();
    const first = 4;
    const marks = this.#layout.bookmarks ? this.#marks : [];
    const outline = first + 2 * this.pages.length;
    const objects: Buffer[] = [
      `<< /Type /Catalog /Pages 2 0 R ${marks.length > 0 ? `/Outlines ${outline} 0 R` : ""} >>`,
      `<< /Type /Pages /Count ${this.pages.length} /Kids [${this.pages.map((_, i) => `${first + 2 * i} 0 R`).join(" ")}] >>`,
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ].map((body) => Buffer.from(body));
    for (const [i, page] of this.pages.entries()) {
      objects.push(
        Buffer.from(
          `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${WIDTH} ${HEIGHT}] /Resources << /Font << /F 3 0 R >> >> /Contents ${first + 2 * i + 1} 0 R >>`,
        ),
        streamOf(page),
      );
    }
    if (marks.length > 0) objects.push(...bookmarkObjects(marks, outline, (page) => first + 2 * page));
    return assembled(objects);
  }
}

/** Bookmarks of level 2 lie under the last of level 1. */
function bookmarkObjects(marks: Mark[], root: number, pageObject: (page: number) => number): Buffer[] {
  const parents = marks.map(({ level }, i) =>
    level === 1 ? -1 : marks.findLastIndex((m, j) => j < i && m.level === 1),
  );
  const links = (of: number) => {
    const children = parents.flatMap((parent, i) => (parent === of ? [i] : []));
    return children.length > 0
      ? `/First ${root + 1 + children[0]!} 0 R /Last ${root + 1 + children.at(-1)!} 0 R /Count ${children.length}`
      : "";
  };
  return [
    Buffer.from(`<< /Type /Outlines ${links(-1)} >>`),
    ...marks.map(({ title, page }, i) => {
      const next = parents.findIndex((parent, j) => j > i && parent === parents[i]);
      const after = next < 0 ? "" : `/Next ${root + 1 + next} 0 R`;
      const dest = `/Dest [${pageObject(page)} 0 R /Fit]`;
      return Buffer.from(
        `<< /Title (${escaped(title)}) /Parent ${root + 1 + parents[i]!} 0 R ${after} ${links(i)} ${dest} >>`,
        "latin1",
      );
    }),
  ];
}

function streamOf(page: Printed[]): Buffer {
  const text = page.map(
    ({ x, y, size, text }) =>
      `BT /F ${size} Tf 1 0 0 1 ${x.toFixed(2)} ${(HEIGHT - y).toFixed(2)} Tm (${escaped(text)}) Tj ET`,
  );
  const packed = deflateSync(Buffer.from(text.join("\n"), "latin1"));
  return Buffer.concat([
    Buffer.from(`<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`),
    packed,
    Buffer.from("\nendstream"),
  ]);
}

function assembled(objects: Buffer[]): Uint8Array {
  const parts = [Buffer.from("%PDF-1.5\n")];
  const offsets: number[] = [];
  let at = parts[0]!.length;
  for (const [i, body] of objects.entries()) {
    const part = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), body, Buffer.from("\nendobj\n")]);
    offsets.push(at);
    at += part.length;
    parts.push(part);
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return new Uint8Array(Buffer.concat(parts));
}

/** Lines that fit; a long word may be broken after its fourth letter or later. */
function broken(text: string, size: number, width: number, hyphens: boolean): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (widthOf(longer, size) <= width) {
      line = longer;
      continue;
    }
    const at = hyphens && /^\p{L}{9,}[.,]?$/u.test(word) ? 4 + (word.length % 3) : 0;
    if (at > 0 && widthOf(`${line} ${word.slice(0, at)}-`, size) <= width) {
      lines.push(`${line} ${word.slice(0, at)}-`);
      line = word.slice(at);
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].filter(Boolean);
}

function widthOf(text: string, size: number): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum += WIDTHS[text.charCodeAt(i) - 32] ?? 556;
  return (sum * size) / 1000;
}

function escaped(text: string): string {
  return text.replace(/[\\()]/g, "\\$&");
}
