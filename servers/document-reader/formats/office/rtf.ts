/** Rich Text Format: its words with paragraphs, headings and table rows; pictures, fonts and objects are passed over. */
import type { Section } from "../../../../schemas/index.ts";
import type { Parsed } from "../index.ts";

/** Groups that hold no text of the document. */
const UNREAD = new Set(
  "fonttbl colortbl stylesheet listtable listoverridetable pict object objdata info generator themedata datastore latentstyles xmlnstbl rsidtbl header headerl headerr headerf footer footerl footerr footerf fldinst filetbl revtbl panose bkmkstart bkmkend".split(
    " ",
  ),
);
const CHARACTERS: Readonly<Record<string, string>> = {
  par: "\n",
  line: "\n",
  sect: "\n",
  page: "\n",
  tab: "\t",
  emdash: "—",
  endash: "–",
  bullet: "•",
  lquote: "‘",
  rquote: "’",
  ldblquote: "“",
  rdblquote: "”",
  emspace: " ",
  enspace: " ",
  cell: " | ",
  row: "\n",
  nestcell: " | ",
  nestrow: "\n",
};
const MAX_DEPTH = 2000;
/** Code pages that `\ansicpg` names, as decoders know them. */
const CODE_PAGES: Readonly<Record<string, string>> = {
  932: "shift_jis",
  936: "gbk",
  949: "euc-kr",
  950: "big5",
  10000: "macintosh",
  65001: "utf-8",
};
const TOKEN = /\\([a-z]+)(-?\d+)? ?|\\'([0-9a-f]{2})|\\(\*)|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gi;

interface Group {
  isUnread: boolean;
  /** Characters after `\u` that older readers show instead. */
  fallback: number;
  isTitle: boolean;
  isNote: boolean;
}

export function parseRtf(bytes: Uint8Array): Parsed {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  const writer = new RtfWriter();
  for (const [, word, number, hex, star, sign, brace, plain] of text.matchAll(TOKEN)) {
    if (brace === "{") writer.open();
    else if (brace) writer.close();
    else if (star) writer.passOver();
    else if (word) writer.control(word.toLowerCase(), number === undefined ? undefined : Number(number));
    else if (hex) writer.byte(Number.parseInt(hex, 16));
    else if (sign) writer.sign(sign);
    else if (plain) for (const byte of Buffer.from(plain, "latin1")) writer.byte(byte);
  }
  return writer.finish();
}

class RtfWriter {
  readonly #sections: Section[] = [{ label: "", text: "" }];
  readonly #groups: Group[] = [{ isUnread: false, fallback: 1, isTitle: false, isNote: false }];
  #decoder = new TextDecoder("windows-1252");
  #bytes: number[] = [];
  #line = "";
  #skip = 0;
  #level = 0;
  #title = "";
  #tooDeep = 0;
  /** Depth of the headings among the styles. */
  readonly #styles = new Map<number, number>();
  #style = 0;
  readonly #notes: string[] = [];
  #note = "";
  #isRow = false;
  #inStyles = 0;
  #styleName = "";

  open(): void {
    this.#flush();
    if (this.#groups.length >= MAX_DEPTH) this.#tooDeep += 1;
    else this.#groups.push({ ...this.#group });
  }

  close(): void {
    this.#flush();
    if (this.#tooDeep > 0) this.#tooDeep -= 1;
    else if (this.#groups.length > 1) {
      const { isNote } = this.#groups.pop()!;
      if (isNote && !this.#group.isNote) this.#endNote();
    }
    if (this.#groups.length < this.#inStyles) this.#inStyles = 0;
  }

  /** The group is of a kind that readers may not know. */
  passOver(): void {
    this.#group.isUnread = true;
  }

  control(word: string, number: number | undefined): void {
    this.#flush();
    if (word === "title") Object.assign(this.#group, { isTitle: true, isUnread: false });
    else if (word === "footnote") Object.assign(this.#group, { isNote: true, isUnread: false });
    else if (word === "chftn") this.#write(this.#group.isNote ? "" : `[${this.#notes.length + 1}]`);
    else if (word === "trowd") this.#isRow = true;
    else if (word === "par" && this.#isRow) this.#write(" ");
    else if (UNREAD.has(word)) {
      this.#group.isUnread = true;
      if (word === "stylesheet") this.#inStyles = this.#groups.length;
    } else if (word === "s" && number !== undefined) {
      this.#style = number;
      if (this.#inStyles === 0) this.#level = this.#styles.get(number) ?? 0;
    } else if (word === "ansicpg") this.#setPage(String(number));
    else if (word === "uc") this.#group.fallback = Math.max(0, Math.min(8, number ?? 1));
    else if (word === "u" && number !== undefined) {
      this.#write(String.fromCharCode(number & 0xffff));
      this.#skip = this.#group.fallback;
    } else if (word === "pard") this.#level = 0;
    else if (word === "outlinelevel") {
      const level = Math.max(1, Math.min(9, (number ?? 0) + 1));
      if (this.#inStyles > 0) this.#styles.set(this.#style, level);
      else this.#level = level;
    } else if (Object.hasOwn(CHARACTERS, word)) {
      if (word === "row") this.#isRow = false;
      if (word === "row" || word === "nestrow") this.#line = this.#line.replace(/[\s|]+$/, "");
      this.#write(CHARACTERS[word]!);
    }
  }

  sign(sign: string): void {
    if (sign === "~") this.#write(" ");
    else if (sign === "_") this.#write("-");
    else if (sign === "\n" || sign === "\r") this.#write("\n");
    else if ("\\{}".includes(sign)) this.byte(sign.charCodeAt(0));
  }

  byte(byte: number): void {
    if (this.#skip > 0) this.#skip -= 1;
    else this.#bytes.push(byte);
  }

  finish(): Parsed {
    this.#flush();
    this.#endLine();
    const notes = this.#notes.map((note, i) => `${i + 1}. ${note}`).join("\n");
    if (notes) this.#sections.push({ label: "Footnotes", text: notes });
    const sections = this.#sections
      .filter(({ label, text }) => label || text.trim())
      .map((section) => ({ ...section, text: section.text.trim() }));
    const title = this.#title.trim();
    return { ...(title ? { title } : {}), sections };
  }

  get #group(): Group {
    return this.#groups.at(-1)!;
  }

  #setPage(page: string): void {
    try {
      this.#decoder = new TextDecoder(CODE_PAGES[page] ?? `windows-${page}`);
    } catch {
      // A page that no decoder knows: the usual one is the best guess.
    }
  }

  #flush(): void {
    if (this.#bytes.length === 0) return;
    const text = this.#decoder.decode(Uint8Array.from(this.#bytes));
    this.#bytes = [];
    this.#write(text);
  }

  #write(text: string): void {
    if (this.#inStyles > 0) this.#nameStyle(text);
    else if (this.#group.isTitle) this.#title += text;
    else if (this.#group.isUnread) return;
    else if (this.#group.isNote) this.#note += text;
    else {
      this.#line += text;
      if (text === "\n") this.#endLine();
    }
  }

  #endNote(): void {
    this.#notes.push(this.#note.replace(/\s+/g, " ").trim());
    this.#note = "";
  }

  /** Styles end with a semicolon; headings are known by their names where their depth is not said. */
  #nameStyle(text: string): void {
    this.#styleName += text;
    if (!text.endsWith(";")) return;
    const depth = /^\s*heading ([1-9])\s*;$/i.exec(this.#styleName)?.[1];
    if (depth) this.#styles.set(this.#style, Number(depth));
    this.#styleName = "";
  }

  #endLine(): void {
    const line = this.#line.replace(/[^\S\n]+/g, " ").trim();
    this.#line = "";
    if (!line) return;
    if (this.#level > 0 && line.length <= 300) this.#sections.push({ label: line, text: "", level: this.#level });
    else {
      const section = this.#sections.at(-1)!;
      section.text += section.text ? `\n${line}` : line;
    }
  }
}
