/** Chunks of a region as lines from top to bottom. */
import type { Chunk } from "./chunks.ts";

export interface Line {
  chunks: Chunk[];
  text: string;
  x0: number;
  x1: number;
  y: number;
  /** Of most of its letters. */
  size: number;
  font: string;
}

/** Letter sizes by which baselines of one line may differ. */
const BASELINE = 0.4;

export function linesOf(chunks: readonly Chunk[]): Line[] {
  const rows: Chunk[][] = [];
  for (const chunk of chunks.toSorted((a, b) => a.y - b.y || a.x0 - b.x0)) {
    const row = rows.at(-1);
    if (row && Math.abs(chunk.y - row[0]!.y) <= BASELINE * Math.min(chunk.size, row[0]!.size)) row.push(chunk);
    else rows.push([chunk]);
  }
  return rows.map(lineOf);
}

function lineOf(row: Chunk[]): Line {
  const chunks = row.toSorted((a, b) => a.x0 - b.x0);
  const main = chunks.reduce((a, b) => (b.text.length > a.text.length ? b : a));
  return {
    chunks,
    text: chunks
      .map(({ text }) => text)
      .join(" ")
      .replace(/ {2,}/g, " ")
      .trim(),
    x0: chunks[0]!.x0,
    x1: Math.max(...chunks.map(({ x1 }) => x1)),
    y: row[0]!.y,
    size: main.size,
    font: main.font,
  };
}
