/**
 * The tags of one record, one after the other, over bytes as a Latin-1 string: no tree, nothing decoded that is not asked
 * for. Whatever is not as regular as NLM's own files is refused, for the reader of trees to look at.
 */
import { attributesOf } from "../xml-record.ts";
import { plainText, wordsWithin, fromBytes } from "./words.ts";

/** The record is not regular: another reader has to say whether it is sound. */
class Irregular extends Error {}

const [QUOTE, SLASH, EQUALS, GREATER] = [34, 47, 61, 62];

/** A name that a record may hold; each is made once, so that names are compared by what they are. */
interface Name {
  name: string;
  close: string;
}

export class Tags {
  readonly #text: string;
  readonly #end: number;
  #at: number;
  #name: Name = nameOf("");
  #empty = false;
  /** Where the attributes of the tag stand. */
  #attributesAt = 0;
  #attributesEnd = 0;

  /** @param text of a record, or many, a character a byte; the record lies between `from` and `end`, with nothing but blanks behind it */
  constructor(text: string, from: number, end: number) {
    this.#text = text;
    this.#at = from;
    this.#end = end;
  }

  /** Opens the record itself. */
  first(): string {
    return this.#open(this.#at);
  }

  /**
   * Opens what comes next, or closes `parent`.
   * @returns its name, or undefined where the parent ends here. @throws Irregular
   */
  next(parent: string): string | undefined {
    const text = this.#text;
    const at = text.indexOf("<", this.#at);
    if (at < 0) throw new Irregular();
    if (text.charCodeAt(at + 1) === SLASH) {
      if (!text.startsWith(parent, at + 2) || text.charCodeAt(at + 2 + parent.length) !== GREATER)
        throw new Irregular();
      this.#at = at + 3 + parent.length;
      return undefined;
    }
    return this.#open(at);
  }

  /** Opens the tag that begins here. */
  #open(at: number): string {
    const text = this.#text;
    let end = at + 1;
    let code = text.charCodeAt(end);
    let hash = 0;
    while (code > SLASH && code !== GREATER) {
      hash = (Math.imul(hash, 31) + code) | 0;
      code = text.charCodeAt(++end);
    }
    this.#empty = false;
    this.#attributesAt = end;
    if (code === GREATER) {
      this.#at = end + 1;
      this.#attributesEnd = end;
    } else {
      const close = text.indexOf(">", end);
      if (close < 0) throw new Irregular();
      this.#at = close + 1;
      this.#empty = text.charCodeAt(close - 1) === SLASH;
      this.#attributesEnd = this.#empty ? close - 1 : close;
      if (this.#attributesEnd > end) this.#checkEnd();
    }
    const known = names.get(hash);
    const isKnown = known !== undefined && known.name.length === end - at - 1 && text.startsWith(known.name, at + 1);
    this.#name = isKnown ? known : nameOf(text.slice(at + 1, end), hash);
    return this.#name.name;
  }

  /** A value may hold `>`, and then this is only its beginning: the last thing before the end of a tag is a closing quote. */
  #checkEnd(): void {
    const text = this.#text;
    const last = this.#attributesEnd - 1;
    if (text.charCodeAt(last) !== QUOTE || text.charCodeAt(last - 1) === EQUALS) throw new Irregular();
    // Values in other quotes could hold anything.
    if (text.charCodeAt(text.indexOf("=", this.#attributesAt) + 1) !== QUOTE) throw new Irregular();
  }

  /** Past the element that was opened last, in which nothing is looked for. */
  skip(): void {
    if (this.#empty) return;
    const { name, close } = this.#name;
    const text = this.#text;
    // Lists of references hold others, and stand at the end.
    const end = name === "ReferenceList" ? text.lastIndexOf(close, this.#end) : text.indexOf(close, this.#at);
    if (end < this.#at) throw new Irregular();
    this.#at = end + close.length;
  }

  get empty(): boolean {
    return this.#empty;
  }

  /** An attribute of the tag that was opened last. */
  attribute(name: string): string | undefined {
    if (this.#attributesAt === this.#attributesEnd) return undefined;
    return attributesIn(this.#text.slice(this.#attributesAt, this.#attributesEnd))[name];
  }

  /** The words of the element that was opened last, inline markup dissolved, as `textOf` gives them. */
  words(): string {
    if (this.#empty) return "";
    const text = this.#text;
    const { close } = this.#name;
    const from = this.#at;
    let end = text.indexOf("<", from);
    const isPlain = text.startsWith(close, end);
    if (!isPlain) end = text.indexOf(close, end);
    if (end < 0) throw new Irregular();
    this.#at = end + close.length;
    const inner = text.slice(from, end);
    if (isPlain) return plainText(inner);
    const words = wordsWithin(inner);
    if (words === undefined) throw new Irregular();
    return words;
  }

  /** Nothing but blanks is left; as reading only goes forward, nothing behind the record was read either. */
  get ended(): boolean {
    return this.#at <= this.#end && this.#text.slice(this.#at, this.#end).trim() === "";
  }
}

const MOST_KEPT = 20_000;
const names = new Map<number, Name>();

function nameOf(name: string, hash?: number): Name {
  // As a key, so that it is the one string of this content that literals are too, and comparing means looking at an address.
  const [own] = Object.keys({ [apart(name)]: 0 });
  const made = { name: own!, close: `</${name}>` };
  if (hash !== undefined && names.size < MOST_KEPT) names.set(hash, made);
  return made;
}

const parsed = new Map<string, Record<string, string>>();

function attributesIn(attributes: string): Record<string, string> {
  let found = parsed.get(attributes);
  if (found === undefined) {
    found = attributesOf(fromBytes(attributes), 0);
    if (parsed.size < MOST_KEPT) parsed.set(apart(attributes), found);
  }
  return found;
}

/** A copy: a piece of a record that is kept would keep the whole record. */
function apart(text: string): string {
  return Buffer.from(text, "latin1").toString("latin1");
}
