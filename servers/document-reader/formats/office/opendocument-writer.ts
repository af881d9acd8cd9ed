/** The events of an OpenDocument text to sections: what is open around the current place decides where words go. */
import type { Section } from "../../../../schemas/index.ts";
import type { Attributes, XmlEvents } from "../xml/reader.ts";
import { OpenDocumentTables } from "./opendocument-tables.ts";
import { rowLine, rowParts } from "./rows.ts";

const MOST_TEXT = 1_900_000;
/** Sheets end at about a million rows. */
const MOST_TIMES = 10_000_000;
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

export class OpenDocumentWriter {
  readonly #sections: Section[] = [{ label: "", text: "" }];
  readonly #tables: OpenDocumentTables;
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

  /** @param part of a spreadsheet what alone is wanted: a sheet, or rows of one */
  constructor(part?: string) {
    this.#tables = new OpenDocumentTables(part);
  }

  get isFull(): boolean {
    return this.#length > MOST_TEXT || this.#tables.isFull;
  }

  events(): XmlEvents {
    return {
      open: (name, attributes, prefixed) => this.#open(name, attributes, prefixed),
      close: (name) => this.#close(name),
      text: (value) => this.#text(value),
    };
  }

  finish(): { sections: Section[]; tables: OpenDocumentTables } {
    while (this.#tables.isInside) this.#endTable(false);
    const more: Section[] = [
      { label: "Footnotes", text: this.#footnotes.map((note, i) => `${i + 1}. ${note}`).join("\n") },
      { label: "Comments", text: this.#comments.join("\n") },
    ].filter(({ text }) => text);
    return {
      sections: [...this.#sections.filter(({ label, text }) => label || text), ...more],
      tables: this.#tables,
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
        this.#tables.open(said("name") ?? "", this.#isSpreadsheet);
        break;
      case "table-row":
        this.#tables.openRow(times(said("number-rows-repeated")));
        break;
      case "table-cell":
      case "covered-table-cell":
        this.#tables.openCell(times(said("number-columns-repeated")));
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
    else if (name === "table-cell" || name === "covered-table-cell") this.#tables.endCell();
    else if (name === "table-row") this.#tables.endRow();
    else if (name === "table") this.#endTable(true);
  }

  #text(value: string): void {
    // Words stand in paragraphs; blanks between elements are only for the eye of a programmer.
    if (this.#unread === 0 && this.#lines.length > 0) this.#lines[this.#lines.length - 1] += value;
  }

  #endParagraph(isHeading: boolean): void {
    const words = (this.#lines.pop() ?? "").replace(/[^\S\n]+/g, " ").trim();
    if (!words) return;
    if (this.#tables.isInside && !this.#place) {
      this.#tables.addWords(words);
      return;
    }
    this.#length += words.length;
    if (this.#place) this.#collected.push(words);
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

  #endTable(isWhole: boolean): void {
    const table = this.#tables.end(isWhole);
    if (!table || table.rows.length === 0) return;
    const { name, rows, header } = table;
    if (table.isSheet) {
      this.#sections.push(...rowParts(name, this.#tables.sheets.length, rows, header));
      return;
    }
    const lines = rows.map(({ cells }) => rowLine(cells)).join("\n");
    const section = this.#sections.at(-1)!;
    section.text += `${section.text ? "\n\n" : ""}${lines}`;
    this.#length += lines.length;
  }
}

/** How often a row or cell is repeated. */
function times(text: string | undefined): number {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Math.min(MOST_TIMES, Math.max(1, Number(text))) : 1;
}
