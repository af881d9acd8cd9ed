/** What a PDF page prints, as runs of letters with their places: everything above (lines, columns, tables) is read out of these. */
import type { getDocumentProxy } from "unpdf";
import { raised } from "../../../kit/raised.ts";
import { filledFields } from "./fields.ts";

export type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** Letters of one line that stand close together. Points; `y` is the baseline, growing downwards. */
export interface Chunk {
  text: string;
  x0: number;
  x1: number;
  y: number;
  size: number;
  font: string;
  /** Where the file shows it in pieces: what may be cells of a narrow table. */
  pieces?: Piece[];
}

export interface Piece {
  text: string;
  x0: number;
  x1: number;
}

export interface PrintedPage {
  page: number;
  width: number;
  height: number;
  chunks: Chunk[];
}

/** In letter sizes: a wider gap parts chunks, a narrower one words. */
const CHUNK_GAP = 0.8;
const WORD_GAP = 0.15;
/** A word gap of most fonts is a quarter; from this on it may part cells. */
const PIECE_GAP = 0.3;

type Matrix = readonly [number, number, number, number, number, number];

/** The page as it is shown, turned if it is. Text that runs up, down or backwards on a page that reads across comes last. */
export async function printedPage(pdf: Pdf, n: number): Promise<PrintedPage> {
  const page = await pdf.getPage(n);
  try {
    const view = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    const across = new ChunkWriter();
    const upwards = new ChunkWriter();
    const upsideDown = new ChunkWriter();
    for (const item of items) {
      if (!("str" in item)) continue;
      const m = multiply(view.transform as unknown as Matrix, item.transform as unknown as Matrix);
      const size = Math.hypot(m[2], m[3]) || item.height;
      const turned = Math.abs(m[1]) > Math.abs(m[0]);
      // Turned text is read as if the page were turned.
      const [x, y] = turned
        ? [m[1] < 0 ? view.height - m[5] : m[5], m[1] < 0 ? m[4] : view.width - m[4]]
        : [m[4], m[5]];
      if (!turned && m[0] < 0) {
        upsideDown.add(item.str, view.width - x, view.height - y, item.width, size, item.fontName);
      } else (turned ? upwards : across).add(item.str, x, y, item.width, size, item.fontName);
    }
    for (const field of filledFields(await page.getAnnotations())) {
      const [x, y] = view.convertToViewportPoint(field.x, field.y) as [number, number];
      across.add(field.text, x, y, field.width, field.size, "field");
    }
    return {
      page: n,
      width: view.width,
      height: view.height,
      chunks: [across, upwards, upsideDown].reduce<Chunk[]>((all, { chunks }) => {
        const below = all.length > 0 ? Math.max(0, ...all.map(({ y }) => y)) + 1000 : 0;
        return [...all, ...chunks.map((c) => ({ ...c, y: c.y + below }))];
      }, []),
    };
  } finally {
    page.cleanup();
  }
}

class ChunkWriter {
  readonly chunks: Chunk[] = [];
  #blank = false;
  /** By how many letters the font of the last chunk outweighs others in it. */
  #lead = 0;

  add(str: string, x: number, y: number, width: number, size: number, font: string): void {
    if (!str.trim()) {
      this.#blank ||= str.length > 0;
      return;
    }
    const text = plainLetters(str);
    const last = this.chunks.at(-1);
    const gap = last ? x - last.x1 : Infinity;
    if (last && gap < CHUNK_GAP * size && gap > -0.5 * size && isOneLine(last, y, size)) {
      const isRaised = size <= 0.87 * last.size && y < last.y - 0.15 * last.size;
      const spaced = (this.#blank || gap > WORD_GAP * size) && !isRaised;
      const added = (spaced && !/\s$/.test(last.text) ? " " : "") + (isRaised ? marks(text) : text);
      this.#addPiece(last, added, x, x + width, spaced && gap > PIECE_GAP * size);
      last.text += added;
      last.x1 = Math.max(last.x1, x + width);
      this.#lead += font === last.font ? text.length : -text.length;
      if (this.#lead < 0 && !isRaised) [last.font, last.size, this.#lead] = [font, size, -this.#lead];
    } else {
      this.#lead = text.length;
      this.chunks.push({ text, x0: x, x1: x + width, y, size, font });
    }
    this.#blank = /\s$/.test(str);
  }

  #addPiece(chunk: Chunk, text: string, x0: number, x1: number, isApart: boolean): void {
    if (!isApart && !chunk.pieces) return;
    chunk.pieces ??= [{ text: chunk.text, x0: chunk.x0, x1: chunk.x1 }];
    const last = chunk.pieces.at(-1)!;
    if (isApart) chunk.pieces.push({ text: text.trim(), x0, x1 });
    else [last.text, last.x1] = [last.text + text, x1];
  }
}

/** "12,13" after a word are references, not part of its number. */
function marks(text: string): string {
  return text.trim().split(",").map(raised).join(",");
}

function isOneLine(last: Chunk, y: number, size: number): boolean {
  return Math.abs(y - last.y) < (size < 0.85 * last.size ? 0.6 : 0.25) * last.size;
}

/** Ligatures as their letters, all blanks alike, no control characters. */
function plainLetters(text: string): string {
  return (
    text
      .replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize("NFKC"))
      // Bullets of Word's symbol font.
      .replace(/[\uf0b7\uf0a7\uf0d8\uf076]/g, "•")
      .replace(/[\s\u00a0\u2000-\u200a\u202f]+/g, " ")
      .replace(/\p{Cc}|[\u200b-\u200d\ufeff]/gu, "")
  );
}

function multiply(a: Matrix, b: Matrix): Matrix {
  return [
    a[0] * b[0] + a[2] * b[1],
    a[1] * b[0] + a[3] * b[1],
    a[0] * b[2] + a[2] * b[3],
    a[1] * b[2] + a[3] * b[3],
    a[0] * b[4] + a[2] * b[5] + a[4],
    a[1] * b[4] + a[3] * b[5] + a[5],
  ];
}
