/** Tables as text (CSV, TSV): lines of cells parted by `|`, long ones in parts; what is no table after all, as it stands. */
import { parse } from "csv-parse/sync";
import type { Parsed } from "../index.ts";
import { rowLine, rowParts, type Row } from "../office/rows.ts";
import { parsePlain } from "../plain.ts";

const MAX_ROWS = 20_000;
const MAX_COLUMNS = 256;
/** Characters that are looked at: the first rows of a large file. */
const MOST_TEXT = 8_000_000;
/** A quote that is never closed swallows what follows; no honest cell is this long. */
const MAX_RECORD = 200_000;
const DELIMITERS = [",", "\t", ";", "|"];

export function parseCsv(text: string): Parsed {
  const isCut = text.length > MOST_TEXT;
  const head = isCut ? text.slice(0, text.lastIndexOf("\n", MOST_TEXT) + 1 || MOST_TEXT) : text;
  let rows: Row[];
  try {
    rows = rowsOf(head);
  } catch (error) {
    return {
      ...parsePlain(text),
      incomplete: `it is no well-formed table (${(error as Error).message.slice(0, 200)}) and is given as it stands`,
    };
  }
  const isLong = rows.length > MAX_ROWS;
  const given = isLong ? rows.slice(0, MAX_ROWS) : rows;
  const missing = [
    isLong || isCut ? `the first ${given.length} rows are given, of about ${lineCount(text)}` : "",
    given.some(({ cells }) => cells.length > MAX_COLUMNS) ? `columns after the first ${MAX_COLUMNS} are left out` : "",
  ].filter(Boolean);
  const narrow = given.map(({ number, cells }) => ({ number, cells: cells.slice(0, MAX_COLUMNS) }));
  return {
    sections: rowParts("", undefined, narrow),
    ...(missing.length > 0 ? { incomplete: missing.join("; ") } : {}),
  };
}

/** @throws Error where quotes are not closed */
function rowsOf(text: string): Row[] {
  const records: string[][] = parse(text, {
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    bom: true,
    max_record_size: MAX_RECORD,
    to: MAX_ROWS + 1,
  });
  return records.map((cells, i) => ({ number: i + 1, cells })).filter(({ cells }) => rowLine(cells));
}

/** The mark that parts the first lines into the most even columns. */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 20_000)
    .split(/\r?\n/, 20)
    .filter((line) => line.trim());
  const counts = DELIMITERS.map((mark) => {
    const each = lines.map((line) => line.replace(/"[^"]*"/g, "").split(mark).length - 1);
    return { mark, least: Math.min(...each), most: Math.max(0, ...each) };
  });
  const even = counts.filter(({ least }) => least > 0).toSorted((a, b) => b.least - a.least);
  return (even[0] ?? counts.toSorted((a, b) => b.most - a.most)[0])!.mark;
}

function lineCount(text: string): number {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < text.length - 1; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}
