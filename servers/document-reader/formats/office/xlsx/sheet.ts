/** One sheet, read as it is unpacked: the first rows of it, however many there are. */
import type { XmlEvents } from "../../xml/reader.ts";
import type { OfficePackage } from "../package.ts";
import type { RowTaker } from "../row-taker.ts";
import type { Row } from "../rows.ts";
import { shownValue, type Shown } from "./styles.ts";

const MAX_COLUMNS = 256;
const MAX_MERGED = 10_000;

export interface SheetContext {
  strings: readonly string[];
  styles: readonly Shown[];
  is1904: boolean;
}

export interface Sheet {
  /** What of the sheet is not in the rows, each as part of a sentence. */
  missing: string[];
  /** The last row, as far as it is known. */
  last: number;
}

/** @param taker of its rows @param name of the sheet, by which its other rows are asked for */
export async function readSheet(
  parts: OfficePackage,
  path: string,
  { name, taker }: { name: string; taker: RowTaker },
  context: SheetContext,
): Promise<Sheet> {
  const reader = new SheetReader(context, taker);
  const { problem } = await parts.stream(path, reader.events(), () => taker.isFull);
  const sheet = reader.finish(name);
  if (!problem) return sheet;
  return { ...sheet, missing: [...sheet.missing, `what follows is damaged (${problem})`] };
}

class SheetReader {
  readonly #context: SheetContext;
  readonly #taker: RowTaker;
  readonly #merged: [from: string, to: string][] = [];
  #lastRow = 0;
  #row: Row | undefined;
  #column = 0;
  #attributes: Readonly<Record<string, string>> = {};
  #value = "";
  #formula = "";
  #into: "value" | "formula" | undefined;
  /** The last row, as the sheet says at its beginning. */
  #claimed = 0;
  #uncalculated = 0;
  #lost = 0;
  #isWide = false;

  constructor(context: SheetContext, taker: RowTaker) {
    this.#context = context;
    this.#taker = taker;
  }

  events(): XmlEvents {
    return {
      open: (name, attributes) => this.#open(name, attributes),
      close: (name) => this.#close(name),
      text: (value) => {
        if (this.#into === "value") this.#value += value;
        else if (this.#into === "formula") this.#formula += value;
      },
    };
  }

  finish(name: string): Sheet {
    const { isFull } = this.#taker;
    if (!isFull) this.#repeatMerged();
    const last = Math.max(this.#claimed, this.#lastRow);
    const missing = [
      this.#taker.missing(name, isFull && last <= this.#lastRow ? undefined : last) ?? "",
      this.#isWide ? `columns after the first ${MAX_COLUMNS} are left out` : "",
      this.#uncalculated > 0 ? `${this.#uncalculated} formulas have no stored value and are given as formulas` : "",
      this.#lost > 0 ? `${this.#lost} cells name texts that the workbook does not have` : "",
    ].filter(Boolean);
    return { missing, last };
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case "dimension":
        this.#claimed = placeOf(attributes["ref"]?.split(":").at(-1) ?? "")?.row ?? 0;
        break;
      case "row":
        if (!this.#taker.isFull) this.#lastRow = wholeNumber(attributes["r"]) ?? this.#lastRow + 1;
        this.#row = { number: this.#lastRow, cells: [] };
        this.#column = 0;
        break;
      case "c":
        this.#attributes = attributes;
        this.#column = placeOf(attributes["r"] ?? "")?.column ?? this.#column + 1;
        this.#value = "";
        this.#formula = "";
        break;
      case "v":
      case "t":
        this.#into = "value";
        break;
      case "f":
        this.#into = "formula";
        break;
      case "mergeCell":
        if (this.#merged.length < MAX_MERGED)
          this.#merged.push((attributes["ref"] ?? "").split(":", 2) as [string, string]);
    }
  }

  #close(name: string): void {
    if (name === "v" || name === "t" || name === "f") this.#into = undefined;
    else if (name === "c") this.#addCell();
    else if (name === "row") this.#addRow();
  }

  #addCell(): void {
    const words = this.#shown();
    if (!words || !this.#row) return;
    if (this.#column > MAX_COLUMNS) {
      this.#isWide = true;
      return;
    }
    const { cells } = this.#row;
    while (cells.length < this.#column - 1) cells.push("");
    cells[this.#column - 1] = words;
  }

  #shown(): string {
    const { strings, styles, is1904 } = this.#context;
    const value = this.#value;
    const type = this.#attributes["t"] ?? "n";
    if (!value && this.#formula) {
      this.#uncalculated += 1;
      return `=${this.#formula}`;
    }
    if (type === "s") {
      const text = strings[Number(value)];
      if (text === undefined) this.#lost += 1;
      return text ?? "";
    }
    if (type === "b") return value === "1" ? "TRUE" : "FALSE";
    if (type === "n" && value) return shownValue(value, styles[Number(this.#attributes["s"] ?? 0)] ?? "number", is1904);
    return value;
  }

  #addRow(): void {
    const row = this.#row;
    this.#row = undefined;
    if (row) this.#taker.take(row);
  }

  /** A cell over several rows stands in each of them, so that every line reads alone. */
  #repeatMerged(): void {
    const byNumber = new Map(this.#taker.rows.map((row) => [row.number, row]));
    for (const [from, to] of this.#merged) {
      const [first, last] = [placeOf(from), placeOf(to ?? "")];
      if (!first || !last || first.column > MAX_COLUMNS) continue;
      const text = byNumber.get(first.row)?.cells[first.column - 1];
      if (!text) continue;
      for (let row = first.row + 1; row <= Math.min(last.row, this.#lastRow); row++) {
        const cells = byNumber.get(row)?.cells;
        if (!cells) continue;
        while (cells.length < first.column) cells.push("");
        cells[first.column - 1] ||= text;
      }
    }
  }
}

/** `B12` as column 2, row 12. */
function placeOf(reference: string): { column: number; row: number } | undefined {
  const [, letters, digits] = /^\$?([A-Z]{1,4})\$?(\d{1,8})$/i.exec(reference) ?? [];
  if (!letters) return undefined;
  let column = 0;
  for (const letter of letters.toUpperCase()) column = 26 * column + letter.charCodeAt(0) - 64;
  return { column, row: Number(digits) };
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,8}$/.test(text) ? Number(text) : undefined;
}
