/** Tables as text (CSV, TSV): lines of cells parted by `|`, long ones in parts; what is no table after all, as it stands. */
import { parse } from "csv-parse/sync";
import { damaged } from "../failures.ts";
import type { Parsed } from "../index.ts";
import { RowTaker } from "../office/row-taker.ts";
import { rowParts } from "../office/rows.ts";
import { parsePlain } from "../plain.ts";
import { noSuchTable, refuseEmpty, WHOLE_TABLE, windowOf } from "../table-part.ts";

const MAX_COLUMNS = 256;
/** A quote that is never closed swallows what follows; no honest cell is this long. */
const MAX_RECORD = 200_000;
/** Ends the reading: nothing that follows is wanted. */
const ENOUGH = new Error("enough");
const DELIMITERS = [",", "\t", ";", "|"];

/** @param part which rows: `rows 20001-40000` @throws ToolError where there are none */
export function parseCsv(text: string, part?: string): Parsed {
  const window = part === undefined ? WHOLE_TABLE : windowOf(part, undefined, true);
  if (!window) throw noSuchTable(part!, []);
  const taker = new RowTaker(window);
  const state = { isWide: false };
  try {
    readRows(text, taker, state);
  } catch (error) {
    if (error !== ENOUGH) return unread(error, text, part);
  }
  if (part !== undefined) refuseEmpty(part, taker.rows.length, lineCount(text));
  const missing = [
    taker.missing(undefined, lineCount(text), "about "),
    state.isWide ? `columns after the first ${MAX_COLUMNS} are left out` : undefined,
  ].filter((what) => what !== undefined);
  return {
    sections: rowParts("", undefined, taker.rows, taker.header),
    ...(missing.length > 0 ? { incomplete: missing.join("; ") } : {}),
  };
}

/** Not as a table, then. @throws ToolError where rows of it were asked for */
function unread(error: unknown, text: string, part: string | undefined): Parsed {
  if (part !== undefined) throw damaged("table", error);
  const why = (error as Error).message.slice(0, 200);
  return { ...parsePlain(text), incomplete: `it is no well-formed table (${why}) and is given as it stands` };
}

/** @throws ENOUGH, or Error where quotes are not closed */
function readRows(text: string, taker: RowTaker, state: { isWide: boolean }): void {
  let number = 0;
  parse(text, {
    delimiter: delimiterOf(text),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    bom: true,
    max_record_size: MAX_RECORD,
    // Taken one by one and not kept: most of a long table is passed over.
    on_record(cells: string[]) {
      if (taker.isFull) throw ENOUGH;
      state.isWide ||= cells.length > MAX_COLUMNS;
      taker.take({ number: ++number, cells: cells.slice(0, MAX_COLUMNS) });
      return null;
    },
  });
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
