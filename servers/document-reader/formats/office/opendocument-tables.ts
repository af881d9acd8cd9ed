/** The tables of an OpenDocument file, one within the other as they open and close; in a spreadsheet the outermost are its sheets. */
import { windowOf, WHOLE_TABLE } from "../table-part.ts";
import { MOST_TABLE_TEXT, RowTaker } from "./row-taker.ts";
import { rowLine, type Row } from "./rows.ts";

const MAX_COLUMNS = 256;
/** A cell that fills a sheet to its last row is repeated a million times. */
const MAX_REPEAT = 200;
/** Characters of one cell. */
const MOST_CELL = 200_000;

interface Table {
  name: string;
  isSheet: boolean;
  /** Undefined where nothing of it was asked for. */
  taker: RowTaker | undefined;
  /** Rows so far, with the empty ones; the last one that holds something. */
  number: number;
  last: number;
  cells: string[];
  words: string[];
  wordsLength: number;
  repeat: number;
  rowRepeat: number;
}

export interface EndedTable {
  name: string;
  isSheet: boolean;
  rows: readonly Row[];
  header: Row | undefined;
}

export class OpenDocumentTables {
  /** What of the tables is not given. */
  readonly missing = new Set<string>();
  readonly sheets: string[] = [];
  /** Of the sheet of which a part was asked for; undefined where there is none. */
  part: { taken: number; last: number } | undefined;
  /** Nothing that was asked for will follow. */
  isDone = false;
  readonly #part: string | undefined;
  readonly #open: Table[] = [];
  /** Characters of the sheets so far. */
  #length = 0;

  /** @param part of a spreadsheet what alone is wanted: a sheet, or rows of one */
  constructor(part?: string) {
    this.#part = part;
  }

  get isInside(): boolean {
    return this.#open.length > 0;
  }

  get isFull(): boolean {
    return this.isDone || this.#length >= MOST_TABLE_TEXT;
  }

  /** Words of the cell that is open. */
  addWords(words: string): void {
    const table = this.#open.at(-1)!;
    if (!table.taker || table.wordsLength > MOST_CELL) return;
    table.words.push(words);
    table.wordsLength += words.length;
  }

  open(name: string, isSpreadsheet: boolean): void {
    const isSheet = isSpreadsheet && this.#open.length === 0;
    if (isSheet) this.sheets.push(name);
    const isPart = isSheet && this.#part !== undefined;
    const window = isPart ? windowOf(this.#part, name, this.sheets.length === 1) : WHOLE_TABLE;
    const taker = window && new RowTaker(window, MOST_TABLE_TEXT - this.#length);
    const table: Table = {
      name,
      isSheet,
      taker,
      number: 0,
      last: 0,
      cells: [],
      words: [],
      wordsLength: 0,
      repeat: 1,
      rowRepeat: 1,
    };
    this.#open.push(table);
  }

  openRow(repeat: number): void {
    const table = this.#open.at(-1);
    if (table) Object.assign(table, { cells: [], rowRepeat: repeat });
  }

  openCell(repeat: number): void {
    const table = this.#open.at(-1);
    if (table) Object.assign(table, { words: [], wordsLength: 0, repeat });
  }

  endCell(): void {
    const table = this.#open.at(-1);
    if (!table) return;
    const words = table.words.join(" ");
    for (let i = 0; i < Math.min(table.repeat, MAX_COLUMNS); i++) {
      if (table.cells.length < MAX_COLUMNS) table.cells.push(words);
    }
    if (words && table.cells.length >= MAX_COLUMNS)
      this.missing.add(`columns after the first ${MAX_COLUMNS} are left out`);
  }

  endRow(): void {
    const table = this.#open.at(-1);
    if (!table) return;
    const { taker, number, cells, rowRepeat } = table;
    table.number += rowRepeat;
    if (!taker || !rowLine(cells)) return;
    table.last = table.number;
    if (rowRepeat > MAX_REPEAT) this.missing.add("a row that repeats is not given each time");
    // Of rows that repeat, those that were asked for may be the last.
    const first = Math.max(number + 1, Math.min(taker.window.from, number + rowRepeat));
    const until = Math.min(number + rowRepeat, first + MAX_REPEAT - 1);
    if (first > number + 1) taker.take({ number: number + 1, cells });
    for (let row = first; row <= until; row++) taker.take({ number: row, cells });
    if (table.isSheet && this.#part !== undefined && taker.isFull) this.isDone = true;
  }

  /** @param isWhole it was read to its end @returns what stands outside of all others; the lines of an inner one go into its cell */
  end(isWhole: boolean): EndedTable | undefined {
    const { name, isSheet, taker, last } = this.#open.pop() ?? {};
    if (name === undefined || !taker) return undefined;
    const { rows, header } = taker;
    if (isSheet) {
      this.#length += taker.length;
      const missing = taker.missing(name, isWhole ? last : undefined);
      if (missing) this.missing.add(`sheet ${JSON.stringify(name)}: ${missing}`);
      if (this.#part !== undefined) {
        this.part = { taken: rows.length, last: last! };
        this.isDone = true;
      }
    }
    if (this.#open.length === 0) return { name, isSheet: isSheet!, rows, header };
    for (const { cells } of rows) this.addWords(rowLine(cells));
    return undefined;
  }
}
