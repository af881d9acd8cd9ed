/** Tables without rules to go by: neighbouring lines whose cells leave the same upright strips of the page blank. */
import type { Line } from "./lines.ts";

interface Cell {
  text: string;
  x0: number;
  x1: number;
}

interface Row {
  cells: Cell[];
  y: number;
  size: number;
}

type Strip = [from: number, to: number];

/** Letter sizes between the cells of a row. */
const CELL_GAP = 1;
/** Two rows of two cells are a table only if they stand this far apart. */
const CLEAR_GAP = 2;
/** Letter sizes from one line of a cell to its next. */
const LEADING = 1.4;

/** The table that begins at `lines[at]`: its rows as text, and the index after it. */
export function tableAt(lines: readonly Line[], at: number): { rows: string[]; next: number } | undefined {
  const first = rowOf(lines[at]!);
  let strips = gapsOf(first);
  if (strips.length === 0) return undefined;
  const rows = [first];
  const loose: Row[] = [];
  let next = at + 1;
  for (; next < lines.length; next++) {
    const row = rowOf(lines[next]!);
    const above = lines[next - 1]!;
    if (row.y - above.y > 4 * Math.max(row.size, above.size)) break;
    const common = row.cells.length > 1 ? shared(strips, gapsOf(row), 0.5 * row.size) : strips;
    if (common.length === 0 || !fitsBetween(row, strips)) break;
    if (row.cells.length === 1) {
      // A line of one cell goes on with the cell above it; at the left edge only the next row can tell.
      const inFirst = row.cells[0]!.x0 < strips[0]![0];
      const close = row.y - above.y <= LEADING * row.size;
      if (!close || (inFirst && !continues(lines, next, strips))) break;
      loose.push(row);
    }
    strips = common;
    rows.push(row);
  }
  const full = rows.filter((r) => r.cells.length > 1);
  const clear = strips.some(([from, to]) => to - from >= CLEAR_GAP * first.size);
  if (full.length < (strips.length > 1 || clear ? 2 : 3)) return undefined;
  // Prose in two columns looks alike: cells of a table are short.
  const words = full.flatMap((r) => r.cells).map(({ text }) => text.split(" ").length);
  if (words.reduce((a, b) => a + b, 0) / words.length > 8) return undefined;
  return { rows: written(rows, strips), next };
}

function continues(lines: readonly Line[], at: number, strips: Strip[]): boolean {
  const after = lines[at + 1];
  if (!after) return false;
  const row = rowOf(after);
  return row.cells.length > 1 && shared(strips, gapsOf(row), 0.5 * row.size).length > 0;
}

function rowOf(line: Line): Row {
  const cells: Cell[] = [];
  for (const { text, x0, x1 } of line.chunks) {
    const last = cells.at(-1);
    if (last && x0 - last.x1 < CELL_GAP * line.size) {
      last.text += ` ${text}`;
      last.x1 = x1;
    } else cells.push({ text, x0, x1 });
  }
  return { cells, y: line.y, size: line.size };
}

function gapsOf({ cells }: Row): Strip[] {
  return cells.slice(1).map(({ x0 }, i) => [cells[i]!.x1, x0]);
}

function shared(a: Strip[], b: Strip[], least: number): Strip[] {
  return a.flatMap(([from, to]) =>
    b
      .map(([f, t]): Strip => [Math.max(from, f), Math.min(to, t)])
      .filter(([f, t]) => t - f >= least)
      .slice(0, 1),
  );
}

/** No cell lies across all the strips. */
function fitsBetween({ cells }: Row, strips: Strip[]): boolean {
  return cells.length > 1 || strips.every(([from, to]) => cells[0]!.x1 <= to || cells[0]!.x0 >= from);
}

function written(rows: Row[], strips: Strip[]): string[] {
  const out: { cells: string[]; y: number }[] = [];
  const columns = strips.length + 1;
  const pitch = median(rows.slice(1).map((r, i) => r.y - rows[i]!.y));
  for (const row of rows) {
    const cells = Array.from({ length: columns }, () => "");
    for (const { text, x0, x1 } of row.cells) {
      const column = strips.filter(([from, to]) => (x0 + x1) / 2 > (from + to) / 2).length;
      cells[column] = [cells[column], text.trim()].filter(Boolean).join(" ");
    }
    const last = out.at(-1);
    const near = last !== undefined && row.y - last.y <= LEADING * row.size;
    const part = near && (!cells[0] || (row.cells.length === 1 && pitch > LEADING * row.size));
    if (last && part) {
      for (const [i, text] of cells.entries()) last.cells[i] = [last.cells[i], text].filter(Boolean).join(" ");
      last.y = row.y;
    } else out.push({ cells, y: row.y });
  }
  return out.map(({ cells }) =>
    cells
      .map((cell) => cell.replaceAll("|", "¦"))
      .join(" | ")
      .trim(),
  );
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
