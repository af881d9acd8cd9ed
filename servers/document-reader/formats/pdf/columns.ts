/**
 * The reading order of a page: where prose stands in columns, each column is read to its end before the next; what
 * runs across the gutter (a title, an abstract, a wide table) parts what is above it from what is below.
 */
import type { Chunk } from "./chunks.ts";
import { linesOf } from "./lines.ts";

/** Share of a column's width that its lines fill in prose; cells of tables fill less. */
const PROSE_FILL = 0.55;
/** A line that fills its column, and how many of them tell prose, whatever the others do. */
const FULL = 0.9;
const FULL_SHARE = 0.4;
const LEAST_LINES = 3;
/** Points between a column and the left edge of the next. */
const GUTTER = 4;
const MAX_DEPTH = 3;
const LEAST_SHARE = 0.2;

/** Regions in reading order, each to be read line by line. */
export function regionsOf(chunks: Chunk[], depth = 0): Chunk[][] {
  if (depth >= MAX_DEPTH || chunks.length < 2 * LEAST_LINES) return chunks.length > 0 ? [chunks] : [];
  const splits = leftEdges(chunks).map((x) => splitAt(chunks, x - 1));
  const best = splits.reduce<Split | undefined>((a, b) => (b.letters > (a?.letters ?? 0) ? b : a), undefined);
  if (!best || best.letters < LEAST_SHARE * lettersOf(chunks)) return [chunks];
  return best.bands.flatMap((band) =>
    "across" in band ? [band.across] : [...regionsOf(band.left, depth + 1), ...regionsOf(band.right, depth + 1)],
  );
}

/** Where several lines begin: what may be the left edge of a second column. */
function leftEdges(chunks: readonly Chunk[]): number[] {
  const [from, to] = [Math.min(...chunks.map((c) => c.x0)), Math.max(...chunks.map((c) => c.x1))];
  const edges: { x: number; n: number }[] = [];
  for (const x of chunks.map((c) => c.x0).toSorted((a, b) => a - b)) {
    const last = edges.at(-1);
    if (last && x - last.x <= 2) last.n += 1;
    else edges.push({ x, n: 1 });
  }
  return edges
    .filter(({ x, n }) => n >= LEAST_LINES && x > from + 0.15 * (to - from) && x < from + 0.85 * (to - from))
    .toSorted((a, b) => b.n - a.n)
    .slice(0, 6)
    .map(({ x }) => x);
}

type Band = { across: Chunk[] } | { left: Chunk[]; right: Chunk[] };

interface Split {
  bands: Band[];
  /** In columns of prose. */
  letters: number;
}

function splitAt(chunks: readonly Chunk[], x: number): Split {
  const bands: Band[] = [];
  let letters = 0;
  let open: Chunk[] = [];
  const across = (more: Chunk[]) => {
    const last = bands.at(-1);
    if (more.length === 0) return;
    if (last && "across" in last) last.across.push(...more);
    else bands.push({ across: more });
  };
  const flush = () => {
    const { before, prose, after } = proseOf(open, x);
    across(before);
    if (prose.length > 0) {
      letters += lettersOf(prose);
      const [left = [], right = []] = sidesOf(prose, x);
      bands.push({ left, right });
    }
    across(after);
    open = [];
  };
  for (const chunk of chunks.toSorted((a, b) => a.y - b.y || a.x0 - b.x0)) {
    const crosses = chunk.x0 < x && chunk.x1 > x - GUTTER;
    if (!crosses) {
      open.push(chunk);
      continue;
    }
    flush();
    across([chunk]);
  }
  flush();
  return { bands, letters };
}

/** Letter sizes of blank across both columns, above which what follows may be something else. */
const BLANK = 1.8;

/**
 * From the first to the last layer that holds prose in a column; what is before and after (a wide table, say) runs
 * across. Columns are where prose stands on both sides at once, or in all.
 */
function proseOf(chunks: Chunk[], x: number): { before: Chunk[]; prose: Chunk[]; after: Chunk[] } {
  const layers: Chunk[][] = [];
  for (const chunk of chunks) {
    const above = layers.at(-1)?.at(-1);
    if (above && chunk.y - above.y <= BLANK * Math.max(chunk.size, above.size)) layers.at(-1)!.push(chunk);
    else layers.push([chunk]);
  }
  const sides = layers.map((layer) => sidesOf(layer, x).map(isProse));
  const isSplit = sides.some((side) => side.every(Boolean)) || sidesOf(chunks, x).every(isProse);
  if (!isSplit) return { before: chunks, prose: [], after: [] };
  const holds = sides.map((side) => side.some(Boolean));
  const [from, to] = holds.includes(true) ? [holds.indexOf(true), holds.lastIndexOf(true) + 1] : [0, layers.length];
  const part = (start: number, end?: number) => layers.slice(start, end).flat();
  return { before: part(0, from), prose: part(from, to), after: part(to) };
}

function sidesOf(chunks: Chunk[], x: number): Chunk[][] {
  return [chunks.filter((c) => c.x1 <= x), chunks.filter((c) => c.x0 >= x)];
}

function isProse(chunks: Chunk[]): boolean {
  const lines = linesOf(chunks);
  if (lines.length < LEAST_LINES) return false;
  const width = Math.max(...lines.map((l) => l.x1)) - Math.min(...lines.map((l) => l.x0));
  const fills = lines.map((l) => l.chunks.reduce((sum, c) => sum + c.x1 - c.x0, 0) / width).toSorted((a, b) => a - b);
  const words = chunks.reduce((sum, { text }) => sum + text.split(" ").length, 0);
  const full = fills.filter((fill) => fill >= FULL).length;
  // Of short paragraphs every second line is a last one.
  if (full >= FULL_SHARE * lines.length && words >= 5 * lines.length) return true;
  return fills[Math.floor(fills.length / 2)]! >= PROSE_FILL && words >= 3 * lines.length;
}

function lettersOf(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { text }) => sum + text.length, 0);
}
