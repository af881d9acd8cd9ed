/**
 * The tags of one record, one after the other, over its bytes: no tree, no strings, nothing decoded. Whatever is not as
 * regular as NLM's own files is refused, for the reader of trees to look at.
 */
import { IRREGULAR } from "./irregular.ts";
import { ARTICLE, nameIn, standsAt, type Name } from "./names.ts";

const [SPACE, QUOTE, AMPERSAND, APOSTROPHE, SLASH, LESS, EQUALS, GREATER] = [32, 34, 38, 39, 47, 60, 61, 62];

export class Tags {
  #bytes: Uint8Array = new Uint8Array();
  #limit = 0;
  #at = 0;
  #name: Name | undefined;
  #isEmpty = false;
  /** Where the attributes of the tag stand. */
  #attributesAt = 0;
  #attributesEnd = 0;
  /** Where the words stand that were asked for last. */
  from = 0;
  to = 0;

  /** @param limit where an article begins that is not to be read */
  begin(bytes: Uint8Array, from: number, limit: number): void {
    this.#bytes = bytes;
    this.#at = from;
    this.#limit = limit;
  }

  /** Opens the record itself. @returns its name */
  first(): string {
    return this.#open(this.#at);
  }

  /** The element that was opened last: `next` goes through what it holds. */
  get opened(): Name {
    return this.#name!;
  }

  /**
   * Opens what comes next, or closes `parent`; an element that was opened has to be gone through, skipped or asked for its
   * words before.
   * @returns its name, or undefined where the parent ends here. @throws IRREGULAR
   */
  next(parent: Name): string | undefined {
    if (this.#isEmpty) {
      this.#isEmpty = false;
      return undefined;
    }
    const bytes = this.#bytes;
    let at = this.#at;
    while (bytes[at] !== LESS) at++;
    if (bytes[at + 1] !== SLASH) return this.#open(at);
    const { close } = parent;
    for (let i = 2; i < close.length; i++) if (bytes[at + i] !== close[i]) throw IRREGULAR;
    this.#at = at + close.length;
    return undefined;
  }

  /** Opens the tag that begins here. */
  #open(at: number): string {
    if (at >= this.#limit) throw IRREGULAR;
    const bytes = this.#bytes;
    let end = at + 1;
    let code = bytes[end]!;
    while (code > SLASH && code !== GREATER) code = bytes[++end]!;
    const name = nameIn(bytes, at + 1, end);
    if (!name) throw IRREGULAR;
    this.#name = name;
    this.#attributesAt = end;
    if (code === GREATER) {
      this.#isEmpty = false;
      this.#attributesEnd = end;
      this.#at = end + 1;
    } else this.#attributes(end);
    return name.name;
  }

  /** Past the attributes: any, but for values with `>` or in other quotes. */
  #attributes(start: number): void {
    const bytes = this.#bytes;
    let end = start;
    let code = bytes[end]!;
    let isQuoted = false;
    while (code !== GREATER) {
      if (code === QUOTE) isQuoted = !isQuoted;
      else if (code === APOSTROPHE && !isQuoted) throw IRREGULAR;
      code = bytes[++end]!;
    }
    this.#isEmpty = bytes[end - 1] === SLASH;
    this.#attributesEnd = this.#isEmpty ? end - 1 : end;
    this.#at = end + 1;
    if (isQuoted || (this.#attributesEnd > start && bytes[this.#attributesEnd - 1] !== QUOTE)) throw IRREGULAR;
  }

  /** Past the element that was opened last, in which nothing is looked for. */
  skip(): void {
    if (this.#isEmpty) this.#isEmpty = false;
    else this.#at = this.#close(this.#name!) + this.#name!.close.length;
  }

  /** Past the element that was opened last and all like it, nested or not, up to the end of `parent`. */
  skipLast(parent: Name): void {
    this.#isEmpty = false;
    const { close } = this.#name!;
    const end = this.#close(parent);
    let at = end;
    while (isBlank(this.#bytes[at - 1]!)) at--;
    const isClosed = at - close.length >= this.#at && standsAt(this.#bytes, at - close.length, close);
    if (!isClosed) throw IRREGULAR;
    this.#at = end;
  }

  /** Sets `from` and `to` to the words of the element that was opened last, and goes past it. */
  words(): void {
    this.from = this.to = this.#at;
    if (this.#isEmpty) this.#isEmpty = false;
    else {
      const name = this.#name!;
      this.to = this.#close(name);
      this.#at = this.to + name.close.length;
    }
  }

  /** Sets `from` and `to` to the value of an attribute of the tag that was opened last. @returns whether there is one */
  findAttribute(name: string): boolean {
    const bytes = this.#bytes;
    const end = this.#attributesEnd;
    let isThere = false;
    for (let at = this.#attributesAt; at < end; at++) {
      if (bytes[at] !== SPACE) throw IRREGULAR;
      const from = ++at;
      while (bytes[at] !== EQUALS) if (at >= end || bytes[at++]! <= SPACE) throw IRREGULAR;
      const isThis = at - from === name.length && this.#reads(from, name);
      if (bytes[++at] !== QUOTE) throw IRREGULAR;
      const value = ++at;
      while (bytes[at] !== QUOTE) if (at >= end || bytes[at++] === LESS) throw IRREGULAR;
      if (isThis) [this.from, this.to, isThere] = [value, at, true];
    }
    return isThere;
  }

  /** Which one of these an attribute of the tag that was opened last is; undefined where it is another or not there. */
  attribute(name: string, values: readonly string[]): string | undefined {
    if (!this.findAttribute(name)) return undefined;
    const { from, to } = this;
    for (const value of values) if (value.length === to - from && this.#reads(from, value)) return value;
    // Written in entities it may be one of them all the same.
    for (let at = from; at < to; at++) if (this.#bytes[at] === AMPERSAND) throw IRREGULAR;
    return undefined;
  }

  #reads(at: number, text: string): boolean {
    const bytes = this.#bytes;
    for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  /** Where the next article begins, with nothing but blanks before it. @throws IRREGULAR */
  end(): number {
    let at = this.#at;
    while (isBlank(this.#bytes[at]!)) at++;
    if (!standsAt(this.#bytes, at, ARTICLE)) throw IRREGULAR;
    return at;
  }

  /** Where the next end of such an element is, with no other article before it. */
  #close({ close, shift }: Name): number {
    const bytes = this.#bytes;
    const limit = this.#limit;
    const last = close.length - 1;
    for (let i = this.#at + Math.min(last, ARTICLE.length - 1); i < limit;) {
      const byte = bytes[i]!;
      if (byte === GREATER) {
        if (standsAt(bytes, i - last, close)) return i - last;
        if (standsAt(bytes, i + 1 - ARTICLE.length, ARTICLE)) throw IRREGULAR;
      }
      i += shift[byte]!;
    }
    throw IRREGULAR;
  }
}

function isBlank(byte: number): boolean {
  return byte === SPACE || (byte >= 9 && byte <= 13);
}
