/** JSON that is written straight from the bytes of a file, object after object, in pieces of memory that are used once. */
import { WordWriter } from "./words.ts";

/** A piece of memory. */
const PIECE = 1 << 20;
/** Of each byte of a file. */
const WIDEST = 3;
const [SPACE, QUOTE, BACKSLASH, LAST_ASCII] = [32, 34, 92, 126];
/** Names of fields and the like. */
const AROUND = 1 << 12;

export class JsonWriter {
  readonly #words = new WordWriter();
  #input: Buffer = Buffer.alloc(0);
  /** Where it is written. */
  bytes: Buffer = Buffer.alloc(0);
  /** Where the next byte goes: set it back to take away what was written behind. */
  at = 0;

  /** @param input sound UTF-8 */
  begin(input: Buffer): void {
    this.#input = input;
    this.makeRoom(0);
    this.#words.begin(input, this.bytes);
  }

  /** @param length of what is going to be written, in bytes as they stand in the input */
  makeRoom(length: number): void {
    const room = length * WIDEST + AROUND;
    if (this.bytes.length - this.at >= room) return;
    this.bytes = Buffer.allocUnsafeSlow(Math.max(room, PIECE));
    this.at = 0;
    this.#words.begin(this.#input, this.bytes);
  }

  /** @param text JSON as it stands, ASCII */
  put(text: Uint8Array): void {
    const bytes = this.bytes;
    let at = this.at;
    for (let i = 0; i < text.length; i++) bytes[at++] = text[i]!;
    this.at = at;
  }

  /** Any JSON. */
  text(text: string): void {
    this.at += this.bytes.write(text, this.at);
  }

  /** Something short. @param text ASCII that needs no escape */
  ascii(text: string): void {
    for (let i = 0; i < text.length; i++) this.bytes[this.at++] = text.charCodeAt(i);
  }

  /** Any text, without quotes. */
  string(text: string): void {
    const bytes = this.bytes;
    let at = this.at;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code < SPACE || code === QUOTE || code === BACKSLASH || code > LAST_ASCII) {
        this.text(JSON.stringify(text).slice(1, -1));
        return;
      }
      bytes[at++] = code;
    }
    this.at = at;
  }

  /** The words of an element, without quotes. @returns whether there are any. @throws IRREGULAR */
  words(from: number, to: number): boolean {
    const start = this.at;
    if (from < to) this.at = this.#words.words(from, to, start);
    return this.at > start;
  }

  /** The value of an attribute. @throws IRREGULAR */
  value(from: number, to: number): void {
    this.at = this.#words.value(from, to, this.at);
  }

  /** The words of an element as a string; nothing stays written. @throws IRREGULAR */
  take(from: number, to: number): string {
    this.makeRoom(to - from);
    const start = this.at;
    this.words(from, to);
    return this.#taken(start);
  }

  /** The value of an attribute as a string; nothing stays written. @throws IRREGULAR */
  takeValue(from: number, to: number): string {
    this.makeRoom(to - from);
    const start = this.at;
    this.value(from, to);
    return this.#taken(start);
  }

  /** Whether this, and nothing more, is written from `start` on. @param text ASCII */
  reads(start: number, text: string): boolean {
    if (this.at - start !== text.length) return false;
    for (let i = 0; i < text.length; i++) if (this.bytes[start + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  #taken(start: number): string {
    const text = this.bytes.toString("utf8", start, this.at);
    this.at = start;
    return text.includes("\\") ? (JSON.parse(`"${text}"`) as string) : text;
  }
}

/** As bytes, once for all. */
export function ascii(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "latin1"));
}
