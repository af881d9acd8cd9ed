/** The rows of one table that are given: all from a place on that fit, or those that were asked for; whatever else it holds is passed over. */
import { cleanLine } from "../../../kit/unseen.ts";
import { rowLine, type Row } from "./rows.ts";
import { WHOLE_TABLE, type RowWindow } from "../table-part.ts";

/** Rows of one table in one reading. */
const MOST_ROWS = 20_000;
/** Characters of all tables of a file in one reading; a document's text has room for a little more. */
export const MOST_TABLE_TEXT = 1_900_000;

/** Of a sheet's name in a sentence. */
const MAX_NAME = 80;

export class RowTaker {
  readonly rows: Row[] = [];
  /** The table's first row where the others begin later: it says what the columns are. */
  header: Row | undefined;
  /** Characters of the rows. */
  length = 0;
  readonly window: RowWindow;
  readonly #mostText: number;
  /** Number of the last row that was seen. */
  #last = 0;

  constructor(window: RowWindow = WHOLE_TABLE, mostText = MOST_TABLE_TEXT) {
    this.window = window;
    this.#mostText = mostText;
  }

  /** Nothing that follows will be taken. */
  get isFull(): boolean {
    return this.#isAtBound() || this.#last >= this.window.to;
  }

  /** Rows come in their order. One that is empty is left out. */
  take(row: Row): void {
    const { from, to } = this.window;
    const line = this.isFull || row.number > to ? "" : rowLine(row.cells);
    this.#last = Math.max(this.#last, row.number);
    if (!line) return;
    if (row.number < from) {
      this.header ??= row;
      return;
    }
    this.rows.push(row);
    this.length += line.length + 1;
  }

  /**
   * Which rows are given, and how to go on, as part of a sentence; undefined where nothing follows them.
   * @param sheet its name, where the table is one of several
   * @param total the last row of the table, as far as is known
   */
  missing(sheet: string | undefined, total = Infinity, about = ""): string | undefined {
    const given = this.rows.at(-1)?.number;
    if (!this.isFull || given === undefined) return undefined;
    const last = this.#isAtBound() ? given : Math.max(given, Math.min(this.window.to, total));
    if (last >= total) return undefined;
    const next = `rows ${last + 1}-${Math.min(last + MOST_ROWS, total)}`;
    const of = total === Infinity ? "" : ` of ${about}${total}`;
    return `rows ${this.window.from}–${last}${of} are given; for those that follow put !/${sheet ? `${cleanLine(sheet, MAX_NAME)}, ` : ""}${next} after its address or path`;
  }

  #isAtBound(): boolean {
    return this.rows.length >= MOST_ROWS || this.length >= this.#mostText;
  }
}
