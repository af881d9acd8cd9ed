/** The CIF syntax: items, loops, and texts in quotes or between semicolons. */

/** Item → value. */
export type Row = Record<string, string>;

const TOKEN = /'((?:[^'\n]|'(?=\S))*)'(?=\s|$)|"((?:[^"\n]|"(?=\S))*)"(?=\s|$)|(\S+)/y;
/** Rows of one category that are kept. */
const MAX_ROWS = 20_000;

/** @returns rows by category, and how many atoms there are: their rows are passed over */
export function cifCategories(text: string): { categories: Map<string, Row[]>; atoms: number } {
  const categories = new Map<string, Row[]>();
  const reader = new CifReader(text);
  let atoms = 0;
  for (let token = reader.next(); token; token = reader.next()) {
    if (!token.isQuoted && token.text.toLowerCase() === "loop_") {
      const items = reader.itemNames();
      const category = categoryOf(items[0] ?? "");
      if (category === "atom_site") atoms += reader.skipRows();
      else if (items.length > 0) addRows(categories, category, loopRows(reader, items));
    } else if (!token.isQuoted && token.text.startsWith("_")) {
      const value = reader.next();
      const category = categoryOf(token.text);
      const rows = categories.get(category) ?? [{}];
      rows[0]![itemOf(token.text)] = value?.text ?? "";
      categories.set(category, rows);
    }
  }
  return { categories, atoms };
}

function addRows(categories: Map<string, Row[]>, category: string, rows: Row[]): void {
  categories.set(category, [...(categories.get(category) ?? []), ...rows]);
}

function loopRows(reader: CifReader, items: string[]): Row[] {
  const rows: Row[] = [];
  for (;;) {
    const row: Row = {};
    for (const item of items) {
      const token = reader.peekValue();
      if (!token) return rows;
      row[itemOf(item)] = token.text;
      reader.next();
    }
    if (rows.length < MAX_ROWS) rows.push(row);
  }
}

function categoryOf(name: string): string {
  return name.slice(1).split(".")[0]!;
}

function itemOf(name: string): string {
  return name.slice(name.indexOf(".") + 1);
}

interface Token {
  text: string;
  isQuoted: boolean;
}

class CifReader {
  readonly #text: string;
  #at = 0;
  #peeked: { token: Token | undefined; end: number } | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  next(): Token | undefined {
    const { token, end } = this.#peek();
    this.#at = end;
    this.#peeked = undefined;
    return token;
  }

  /** The next token where it is a value: not a name, a loop or a new block. */
  peekValue(): Token | undefined {
    const { token } = this.#peek();
    return token && (token.isQuoted || !/^(?:_|loop_$|data_|save_|stop_)/i.test(token.text)) ? token : undefined;
  }

  itemNames(): string[] {
    const names: string[] = [];
    for (;;) {
      const { token } = this.#peek();
      if (!token || token.isQuoted || !token.text.startsWith("_")) return names;
      names.push(token.text);
      this.next();
    }
  }

  /** Passes over a loop that has a line for each row. @returns how many */
  skipRows(): number {
    this.#peeked = undefined;
    let rows = 0;
    while (this.#at < this.#text.length) {
      const end = this.#text.indexOf("\n", this.#at);
      const line = this.#text.slice(this.#at, end < 0 ? undefined : end).trim();
      if (/^(?:#|_|loop_|data_)/.test(line)) return rows;
      if (line) rows += 1;
      this.#at = end < 0 ? this.#text.length : end + 1;
    }
    return rows;
  }

  #peek(): { token: Token | undefined; end: number } {
    return (this.#peeked ??= this.#read());
  }

  #read(): { token: Token | undefined; end: number } {
    let at = this.#at;
    for (;;) {
      while (at < this.#text.length && /\s/.test(this.#text[at]!)) at += 1;
      if (this.#text[at] !== "#") break;
      const end = this.#text.indexOf("\n", at);
      at = end < 0 ? this.#text.length : end;
    }
    if (at >= this.#text.length) return { token: undefined, end: at };
    if (this.#text[at] === ";" && (at === 0 || this.#text[at - 1] === "\n")) {
      const close = this.#text.indexOf("\n;", at);
      const end = close < 0 ? this.#text.length : close;
      return {
        token: { text: this.#text.slice(at + 1, end), isQuoted: true },
        end: Math.min(end + 2, this.#text.length),
      };
    }
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(this.#text)!;
    const quoted = match[1] ?? match[2];
    return { token: { text: quoted ?? match[3]!, isQuoted: quoted !== undefined }, end: TOKEN.lastIndex };
  }
}
