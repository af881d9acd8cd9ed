/** The events of an OpenDocument text to sections: what is open around the current place decides where words go. */
import type { Section } from "../../../../schemas/index.ts";
import type { Attributes, XmlEvents } from "../xml/reader.ts";
import { rowLine, rowParts, type Row } from "./rows.ts";

const MOST_TEXT = 1_900_000;
const MAX_COLUMNS = 256;
const MAX_ROWS = 20_000;
/** Deleted text, and what the program needs for itself. */
const UNREAD = new Set([
  "tracked-changes",
  "scripts",
  "font-face-decls",
  "automatic-styles",
  "forms",
  "sequence-decls",
  "settings",
  "table-of-content",
  "alphabetical-index",
  "note-citation",
  "page-number",
]);
/** A cell that fills a sheet to its last row is repeated a million times. */
const MAX_REPEAT = 200;

interface Table {
  name: string;
  rows: Row[];
  number: number;
  cells: string[];
  words: string[];
  repeat: number;
  rowRepeat: number;
  isSheet: boolean;
}

export class OpenDocumentWriter {
  readonly #sections: Section[] = [{ label: "", text: "" }];
  readonly #tables: Table[] = [];
  readonly #missing = new Set<string>();
  readonly #footnotes: string[] = [];
  readonly #comments: string[] = [];
  /** What the words go into: the innermost is the last. */
  readonly #lines: string[] = [];
  #unread = 0;
  #lists = 0;
  #isItemNew = false;
  #wasItem = false;
  #headingLevel = 0;
  #place: "note" | "annotation" | undefined;
  #collected: string[] = [];
  #isSpreadsheet = false;
  #pages = 0;
  #inNotes = false;
  #length = 0;

  get isFull(): boolean {
    return this.#length > MOST_TEXT;
  }

  events(): XmlEvents {
    return {
      open: (name, attributes, prefixed) => this.#open(name, attributes, prefixed),
      close: (name) => this.#close(name),
      text: (value) => this.#text(value),
    };
  }

  finish(): { sections: Section[]; missing: string[] } {
    while (this.#tables.length > 0) this.#endTable();
    const more: Section[] = [
      { label: "Footnotes", text: this.#footnotes.map((note, i) => `${i + 1}. ${note}`).join("\n") },
      { label: "Comments", text: this.#comments.join("\n") },
    ].filter(({ text }) => text);
    return {
      sections: [...this.#sections.filter(({ label, text }) => label || text), ...more],
      missing: [...this.#missing],
    };
  }

  #open(name: string, attributes: Attributes, prefixed: string): void {
    if (UNREAD.has(name)) this.#unread += 1;
    if (this.#unread > 0) return;
    const said = (key: string) => Object.entries(attributes).find(([full]) => full.endsWith(`:${key}`))?.[1];
    switch (name) {
      case "spreadsheet":
        this.#isSpreadsheet = true;
        break;
      case "page":
        if (prefixed.startsWith("draw"))
          this.#sections.push({ label: `Slide ${++this.#pages}`, text: "", page: this.#pages });
        break;
      case "notes":
        this.#inNotes = prefixed.startsWith("presentation");
        break;
      case "h":
      case "p":
        this.#lines.push("");
        if (name === "h") this.#headingLevel = Math.min(9, Math.max(1, Number(said("outline-level") ?? 1) || 1));
        break;
      case "s":
        this.#text(" ".repeat(Math.min(80, Math.max(1, Number(said("c") ?? 1) || 1))));
        break;
      case "tab":
        this.#text("\t");
        break;
      case "line-break":
        this.#text("\n");
        break;
      case "list":
        this.#lists += 1;
        break;
      case "list-item":
        this.#isItemNew = true;
        break;
      case "note":
      case "annotation":
        this.#place = name;
        this.#collected = [];
        break;
      case "table":
        this.#openTable(said("name") ?? "");
        break;
      case "table-row":
        this.#openRow(Number(said("number-rows-repeated") ?? 1) || 1);
        break;
      case "table-cell":
      case "covered-table-cell":
        this.#openCell(Number(said("number-columns-repeated") ?? 1) || 1);
    }
  }

  #close(name: string): void {
    if (this.#unread > 0) {
      if (UNREAD.has(name)) this.#unread -= 1;
      return;
    }
    if (name === "h" || name === "p") this.#endParagraph(name === "h");
    else if (name === "list") this.#lists -= 1;
    else if (name === "note" || name === "annotation") this.#endAside(name);
    else if (name === "notes") this.#inNotes = false;
    else if (name === "table-cell" || name === "covered-table-cell") this.#endCell();
    else if (name === "table-row") this.#endRow();
    else if (name === "table") this.#endTable();
  }

  #text(value: string): void {
    // Words stand in paragraphs; blanks between elements are only for the eye of a programmer.
    if (this.#unread === 0 && this.#lines.length > 0) this.#lines[this.#lines.length - 1] += value;
  }

  #endParagraph(isHeading: boolean): void {
    const words = (this.#lines.pop() ?? "").replace(/[^\S\n]+/g, " ").trim();
    if (!words) return;
    this.#length += words.length;
    if (this.#place) this.#collected.push(words);
    else if (this.#tables.length > 0) this.#tables.at(-1)!.words.push(words);
    else if (isHeading)
      this.#sections.push({ label: words.replaceAll("\n", " "), text: "", level: this.#headingLevel });
    else this.#addLine(words);
  }

  #addLine(words: string): void {
    const section = this.#sections.at(-1)!;
    const isItem = this.#lists > 0;
    const marked = isItem ? `${"  ".repeat(this.#lists - 1)}${this.#isItemNew ? "- " : "  "}${words}` : words;
    this.#isItemNew = false;
    // The first words of a slide are its title.
    if (section.page && !section.text && /^Slide \d+$/.test(section.label))
      section.label += `: ${words.replaceAll("\n", " ")}`;
    else if (this.#inNotes && !/(?:^|\n)Notes:\n/.test(section.text))
      section.text += `${section.text ? "\n\n" : ""}Notes:\n${words}`;
    else
      section.text += section.text ? `${(isItem && this.#wasItem) || section.page ? "\n" : "\n\n"}${marked}` : marked;
    this.#wasItem = isItem;
  }

  #endAside(kind: "note" | "annotation"): void {
    const words = this.#collected.join(" ");
    this.#place = undefined;
    if (!words) return;
    if (kind === "annotation") this.#comments.push(words);
    else {
      this.#footnotes.push(words);
      this.#text(`[${this.#footnotes.length}]`);
    }
  }

  #openTable(name: string): void {
    const isSheet = this.#isSpreadsheet && this.#tables.length === 0;
    if (isSheet) this.#pages += 1;
    this.#tables.push({ name, rows: [], number: 0, cells: [], words: [], repeat: 1, rowRepeat: 1, isSheet });
  }

  #openRow(repeat: number): void {
    const table = this.#tables.at(-1);
    if (table) Object.assign(table, { cells: [], rowRepeat: repeat });
  }

  #openCell(repeat: number): void {
    const table = this.#tables.at(-1);
    if (table) Object.assign(table, { words: [], repeat });
  }

  #endCell(): void {
    const table = this.#tables.at(-1);
    if (!table) return;
    const words = table.words.join(" ");
    for (let i = 0; i < Math.min(table.repeat, MAX_COLUMNS); i++) {
      if (table.cells.length < MAX_COLUMNS) table.cells.push(words);
    }
    if (words && table.cells.length >= MAX_COLUMNS)
      this.#missing.add(`columns after the first ${MAX_COLUMNS} are left out`);
  }

  #endRow(): void {
    const table = this.#tables.at(-1);
    if (!table) return;
    if (table.rowRepeat > MAX_REPEAT && rowLine(table.cells))
      this.#missing.add("a row that repeats is not given each time");
    const copies = rowLine(table.cells) ? Math.min(table.rowRepeat, MAX_REPEAT) : 0;
    for (let i = 0; i < copies; i++) {
      if (table.rows.length < MAX_ROWS) table.rows.push({ number: table.number + i + 1, cells: table.cells });
      else this.#missing.add(`only the first ${MAX_ROWS} rows of a sheet are given`);
    }
    table.number += table.rowRepeat;
  }

  #endTable(): void {
    const table = this.#tables.pop();
    if (!table || table.rows.length === 0) return;
    const outer = this.#tables.at(-1);
    const lines = table.rows.map(({ cells }) => rowLine(cells));
    if (outer) outer.words.push(...lines);
    else if (table.isSheet) this.#sections.push(...rowParts(table.name, this.#pages, table.rows));
    else {
      const section = this.#sections.at(-1)!;
      section.text += `${section.text ? "\n\n" : ""}${lines.join("\n")}`;
    }
  }
}
