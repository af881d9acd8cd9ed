/** Tables without rules to go by: neighbouring lines whose cells leave the same upright strips of the page blank. */
import type { Piece } from "./chunks.ts";
import type { Line } from "./lines.ts";

interface Cell extends Piece {
  /** Of one chunk, as the file shows it. */
  pieces?: Piece[] | undefined;
}

interface Row {
  cells: Cell[];
  y: number;
  size: number;
}

const MARKER = /^(?:[•▪◦‣●○■–—*·o§-]|\d+(?:\.\d+)*\.?|[([]?[\p{L}\d]{1,4}[.)\]])$/u;

type Strip = [from: number, to: number];

/** Letter sizes between the cells of a row. */
const CELL_GAP = 1;
/** Two rows of two cells are a table only if they stand this far apart. */
const CLEAR_GAP = 2;
/** Letter sizes from one line of a cell to its next. */
const LEADING = 1.4;
/** Lines of one row that are looked at together. */
const MOST_NEAR = 4;

/** The table that begins at `lines[at]`: its rows as text, and the index after it. */
export function tableAt(lines: readonly Line[], at: number): { rows: string[]; next: number } | undefined {
  const first = rowOf(lines[at]!);
  let strips = gapsOf(first);
  if (strips.length === 0) return undefined;
  const rows = [first];
  let next = at + 1;
  for (; next < lines.length; next++) {
    const row = parted(rowOf(lines[next]!), strips);
    const above = lines[next - 1]!;
    if (row.y - above.y > 4 * Math.max(row.size, above.size)) break;
    const common = row.cells.length > 1 ? shared(strips, gapsOf(row), 0.5 * row.size) : strips;
    if (common.length === 0 || !fitsBetween(row, strips)) break;
    if (row.cells.length === 1) {
      // A line of one cell goes on with the row above or begins the next, which only the line after it can tell.
      const inFirst = row.cells[0]!.x0 < strips[0]![0];
      const close = row.y - above.y <= LEADING * row.size;
      if (!(close && !inFirst) && !continues(lines, next, strips)) break;
    }
    strips = common;
    rows.push(row);
  }
  const full = rows.filter((r) => r.cells.length > 1);
  const clear = strips.some(([from, to]) => to - from >= CLEAR_GAP * first.size);
  if (full.length < (strips.length > 1 || clear ? 2 : 3) || isJustified(full) || isList(full)) return undefined;
  // Prose in two columns looks alike: cells of a table are short.
  const words = full.flatMap((r) => r.cells).map(({ text }) => text.split(" ").length);
  if (words.reduce((a, b) => a + b, 0) / words.length > 8) return undefined;
  return { rows: written(rows, strips), next };
}

/** True where this line and those close below it stand on both sides of a strip: together they are a row. */
function continues(lines: readonly Line[], at: number, strips: Strip[]): boolean {
  const near = [parted(rowOf(lines[at]!), strips)];
  for (let i = at + 1; i < lines.length && near.length < MOST_NEAR; i++) {
    const row = parted(rowOf(lines[i]!), strips);
    const { y, size } = near.at(-1)!;
    // Before a row of its own there may be room.
    if (row.y - y > (row.cells.length > 1 ? 4 : LEADING) * size || !fitsBetween(row, strips)) break;
    near.push(row);
  }
  const cells = near.flatMap((row) => row.cells);
  return strips.some(([from, to]) => cells.some(({ x1 }) => x1 <= to) && cells.some(({ x0 }) => x0 >= from));
}

function rowOf(line: Line): Row {
  const cells: Cell[] = [];
  for (const { text, x0, x1, pieces } of line.chunks) {
    const last = cells.at(-1);
    if (last && x0 - last.x1 < CELL_GAP * line.size) {
      last.pieces = [...(last.pieces ?? [{ ...last }]), ...(pieces ?? [{ text, x0, x1 }])];
      last.text += ` ${text}`;
      last.x1 = x1;
    } else cells.push({ text, x0, x1, pieces });
  }
  return { cells, y: line.y, size: line.size };
}

/** A cell that lies across a strip which other rows leave blank is two, where the file shows it in pieces that part there. */
function parted(row: Row, strips: Strip[]): Row {
  const cells = strips.reduce<Cell[]>((all, strip) => all.flatMap((cell) => splitAt(cell, strip)), row.cells);
  return { ...row, cells };
}

function splitAt(cell: Cell, [from, to]: Strip): Cell[] {
  const { pieces, x0, x1 } = cell;
  if (!pieces || x0 >= from || x1 <= to) return [cell];
  const middle = (from + to) / 2;
  const [left, right] = [
    pieces.filter((p) => (p.x0 + p.x1) / 2 < middle),
    pieces.filter((p) => (p.x0 + p.x1) / 2 >= middle),
  ];
  const isClear = left.every((p) => p.x1 <= to) && right.every((p) => p.x0 >= from);
  return left.length > 0 && right.length > 0 && isClear ? [cellOf(left), cellOf(right)] : [cell];
}

function cellOf(pieces: Piece[]): Cell {
  return { text: pieces.map(({ text }) => text.trim()).join(" "), x0: pieces[0]!.x0, x1: pieces.at(-1)!.x1, pieces };
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

/** Prose that is stretched to both edges of its column leaves wide gaps as well: its lines begin within sentences. */
function isJustified(rows: Row[]): boolean {
  const left = Math.min(...rows.map(({ cells }) => cells[0]!.x0));
  const right = Math.max(...rows.map(({ cells }) => cells.at(-1)!.x1));
  const filled = rows.filter(({ cells }) => cells[0]!.x0 - left < 2 && right - cells.at(-1)!.x1 < 2);
  const within = rows.filter(({ cells }) => /^\p{Ll}/u.test(cells[0]!.text));
  return filled.length > 0.6 * rows.length && within.length >= 0.5 * rows.length;
}

/** Bullets and numbers before items or headings, set off by a tabulator. */
function isList(rows: Row[]): boolean {
  return rows.every(({ cells }) => cells.length === 2 && MARKER.test(cells[0]!.text.trim()));
}

/** Rows as text: lines that stand closer than rows do are lines of one row. */
function written(rows: Row[], strips: Strip[]): string[] {
  const columns = columnsOf(rows, strips);
  const apart = rowDistance(rows);
  const out: string[][] = [];
  let last = -Infinity;
  for (const row of rows) {
    if (row.y - last > apart) out.push(Array.from({ length: columns.length }, () => ""));
    last = row.y;
    const line = out.at(-1)!;
    for (const { text, x0, x1 } of row.cells) {
      const at = columns.reduce(
        (best, column, i) => (overlap(column, [x0, x1]) > overlap(columns[best]!, [x0, x1]) ? i : best),
        0,
      );
      line[at] = [line[at], text.trim()].filter(Boolean).join(" ");
    }
  }
  return out.map((cells) =>
    cells
      .map((cell) => cell.replaceAll("|", "¦"))
      .join(" | ")
      .trim(),
  );
}

/** Where cells of all rows stand above one another; a heading over several columns joins none. */
function columnsOf(rows: Row[], strips: Strip[]): Strip[] {
  const cells = rows.flatMap((row) => row.cells).toSorted((a, b) => a.x1 - a.x0 - (b.x1 - b.x0));
  const columns: Strip[] = [];
  for (const { x0, x1 } of cells) {
    const met = columns.filter(([from, to]) => from < x1 && x0 < to);
    // Two that no line shows beside each other are one.
    const isBeside = ({ cells: own }: Row) =>
      own.filter((cell) => met.some((c) => overlap(c, [cell.x0, cell.x1]) > 0)).length > 1;
    if (met.length > 1 && rows.some(isBeside)) continue;
    for (const column of met) columns.splice(columns.indexOf(column), 1);
    columns.push([Math.min(x0, ...met.map(([from]) => from)), Math.max(x1, ...met.map(([, to]) => to))]);
  }
  const found = columns.toSorted((a, b) => a[0] - b[0]);
  const disjoint = found.every(([from], i) => i === 0 || from >= found[i - 1]![1]);
  if (found.length > 1 && disjoint) return found;
  const edges = [-Infinity, ...strips.map(([from, to]) => (from + to) / 2), Infinity];
  return edges.slice(1).map((to, i): Strip => [edges[i]!, to]);
}

function overlap([a, b]: Strip, [c, d]: Strip): number {
  return Math.min(b, d) - Math.max(a, c);
}

/** Baselines further apart than this are of two rows: half way between the steps within rows and those between them. */
function rowDistance(rows: Row[]): number {
  const steps = rows.slice(1).map(({ y }, i) => y - rows[i]!.y);
  const { size } = rows[0]!;
  const within = steps.filter((step) => step <= LEADING * size);
  const between = steps.filter((step) => step > LEADING * size);
  // All lines alike: each is a row, unless its first cell is empty.
  if (within.length === 0 || between.length === 0) return 0;
  return (Math.max(...within) + Math.min(...between)) / 2;
}
