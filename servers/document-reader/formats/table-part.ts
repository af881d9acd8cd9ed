/** A part of a long table, named as the outline names it: `rows 20001–40000`, `Doses, rows 20001–40000`, or a sheet alone. */
import { invalidArguments, notFound } from "../../kit/failure.ts";
import { cleanLine } from "../../kit/unseen.ts";

/** Numbers of rows as the table counts them, from 1; both ends are in it. */
export interface RowWindow {
  from: number;
  to: number;
}

export const WHOLE_TABLE: RowWindow = { from: 1, to: Infinity };
const ROWS = /^(?:(?<sheet>.+?)[,:]?\s+)?rows?\s+(?<from>\d{1,9})(?<end>\s*[-–—]\s*(?<to>\d{1,9})?)?$/isu;
const HIDDEN = / \(hidden\)$/;
const SHOWN = 20;
/** Excel's sheets have names of 31 letters. */
const MAX_PART = 300;
const MAX_NAME = 80;

/**
 * The rows of one table that a part names; undefined where it names another table.
 * @param sheet its name; undefined where it is the only one @param isFirst rows of no named sheet are those of the first
 * @throws ToolError where the rows end before they begin
 */
export function windowOf(part: string, sheet: string | undefined, isFirst: boolean): RowWindow | undefined {
  if (part.length > MAX_PART) return undefined;
  const text = part.trim();
  if (sheet !== undefined && isSame(sheet, text)) return WHOLE_TABLE;
  const { sheet: named, from, end, to } = ROWS.exec(text)?.groups ?? {};
  if (from === undefined || (named === undefined ? !isFirst : sheet === undefined || !isSame(sheet, named)))
    return undefined;
  const window = { from: Math.max(1, Number(from)), to: to ? Number(to) : end ? Infinity : Number(from) };
  if (window.to < window.from) throw invalidArguments(`“${text}” ends before it begins`, "give rows as 20001-40000");
  return window;
}

/** The failure for a part that names none of the tables that there are. */
export function noSuchTable(part: string, sheets: readonly string[]) {
  const names = sheets
    .slice(0, SHOWN)
    .map((sheet) => cleanLine(sheet, MAX_NAME))
    .join(" · ");
  const more = sheets.length > SHOWN ? " …" : "";
  const recovery =
    sheets.length > 0
      ? `its sheets: ${names}${more}; for rows of one put !/${cleanLine(sheets[0]!, MAX_NAME)}, rows 1-500 after the address or path`
      : "for rows of it put !/rows 20001-40000 after the address or path";
  return notFound(`${cleanLine(part, MAX_PART)} in the table`, recovery);
}

/** @param last the table's last row, as far as is known @throws ToolError where no row was taken */
export function refuseEmpty(part: string, taken: number, last: number): void {
  if (taken === 0) throw notFound(part, last > 0 ? `the table ends with row ${last}` : "the table is empty");
}

function isSame(sheet: string, name: string): boolean {
  return sheet.toLowerCase() === name.replace(HIDDEN, "").trim().toLowerCase();
}
