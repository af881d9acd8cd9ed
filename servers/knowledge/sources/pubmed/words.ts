/**
 * The words of an element, copied out of a file's bytes into a JSON string: the same as `textOf` gives for its tree, with
 * entities decoded, inline markup dissolved, raised numbers raised, and single blanks.
 */
import { power, raised } from "../../../kit/raised.ts";
import { entityAt, isBlank, wideBlankAt, writeCharacter } from "./characters.ts";
import { IRREGULAR } from "./irregular.ts";
import { standsAt } from "./names.ts";

const [TAB, RETURN, SPACE, QUOTE, SLASH, BACKSLASH] = [9, 13, 32, 34, 47, 92];

/** What has to be done about a byte. */
const [COPY, BLANK, PERHAPS_BLANK, LESS, AMPERSAND, ESCAPE, REFUSE] = [0, 1, 2, 3, 4, 5, 6];
const KINDS = new Uint8Array(256).fill(REFUSE, 0, SPACE).fill(BLANK, TAB, RETURN + 1);
KINDS["<".charCodeAt(0)] = LESS;
KINDS["&".charCodeAt(0)] = AMPERSAND;
KINDS[QUOTE] = KINDS[BACKSLASH] = ESCAPE;
// The first bytes of blanks beyond ASCII.
for (const first of [0xc2, 0xe1, 0xe2, 0xe3, 0xef]) KINDS[first] = PERHAPS_BLANK;

/** U+2044. */
const FRACTION_SLASH = new Uint8Array([0xe2, 0x81, 0x84]);
const INLINE = ["i>", "b>", "u>", "sub>", "sup>"];
const RAISED = INLINE.indexOf("sup>");

/** Numbers, raised. */
const POWERS = new Map(Array.from({ length: 100 }, (_, i) => [String(i), raised(String(i))]));

export class WordWriter {
  #input: Buffer = Buffer.alloc(0);
  #output: Buffer = Buffer.alloc(0);
  #at = 0;
  #start = 0;
  #out = 0;
  /** Inline elements that are open: which, and where in the output each begins. */
  readonly #open: number[] = [];

  /** @param input sound UTF-8. @param output with room for three times what is written into it */
  begin(input: Buffer, output: Buffer): void {
    this.#input = input;
    this.#output = output;
  }

  /**
   * @param from where the words begin. @param to where they end, and a tag begins. @param start where to put them
   * @returns where they end in the output. @throws IRREGULAR on entities that are not known, other markup, bad nesting
   */
  words(from: number, to: number, start: number): number {
    this.#at = from;
    this.#start = this.#out = start;
    if (this.#open.length > 0) this.#open.length = 0;
    for (let kind = this.#run(); kind !== LESS || this.#at < to; kind = this.#run()) {
      if (kind === LESS) this.#tag();
      else this.#odd(kind);
    }
    if (this.#open.length > 0) throw IRREGULAR;
    return this.#isBlankBefore() ? this.#out - 1 : this.#out;
  }

  /** The value of an attribute, whose blanks stay as they are; parameters as for `words`. */
  value(from: number, to: number, start: number): number {
    let out = start;
    for (let at = from; at < to;) {
      const byte = this.#input[at]!;
      const kind = KINDS[byte]!;
      if (kind === AMPERSAND) {
        const entity = entityAt(this.#input, at);
        out = writeCharacter(entity >> 4, this.#output, out);
        at += entity & 15;
      } else if (kind === COPY || kind === PERHAPS_BLANK) this.#output[out++] = this.#input[at++]!;
      else throw IRREGULAR;
    }
    return out;
  }

  /** Copies what needs nothing. @returns the kind of what comes then */
  #run(): number {
    const input = this.#input;
    const output = this.#output;
    let at = this.#at;
    let out = this.#out;
    // Of two neighbours, whether both are blanks: added up, since asking of each whether it is one takes longer.
    let before = out > this.#start ? output[out - 1]! : SPACE;
    let both = 0;
    let byte = input[at]!;
    while (KINDS[byte] === COPY) {
      output[out++] = byte;
      both |= ((byte ^ SPACE) | (before ^ SPACE)) - 1;
      before = byte;
      byte = input[++at]!;
    }
    this.#out = both < 0 ? this.#joined(out) : out;
    this.#at = at;
    return KINDS[byte]!;
  }

  /** Takes out blanks behind others, and at the beginning, of what was written last. @param end where it ends. @returns where it ends then */
  #joined(end: number): number {
    const output = this.#output;
    let out = this.#out;
    for (let i = out; i < end; i++) {
      const isBlankBefore = out === this.#start || output[out - 1] === SPACE;
      if (output[i] !== SPACE || !isBlankBefore) output[out++] = output[i]!;
    }
    return out;
  }

  #odd(kind: number): void {
    const [input, output] = [this.#input, this.#output];
    if (kind === AMPERSAND) {
      const entity = entityAt(input, this.#at);
      this.#at += entity & 15;
      if (isBlank(entity >> 4)) this.#blank();
      else this.#out = writeCharacter(entity >> 4, output, this.#out);
    } else if (kind === PERHAPS_BLANK) {
      const length = wideBlankAt(input, this.#at);
      if (length > 0) this.#blank();
      else output[this.#out++] = input[this.#at]!;
      this.#at += length || 1;
    } else if (kind === ESCAPE) {
      output[this.#out++] = BACKSLASH;
      output[this.#out++] = input[this.#at++]!;
    } else if (kind === BLANK) {
      this.#at++;
      this.#blank();
    } else throw IRREGULAR;
  }

  #blank(): void {
    if (this.#out > this.#start && !this.#isBlankBefore()) this.#output[this.#out++] = SPACE;
  }

  #isBlankBefore(): boolean {
    return this.#out > this.#start && this.#output[this.#out - 1] === SPACE;
  }

  /** Of italics, bold, raised or lowered letters. */
  #tag(): void {
    const isEnd = this.#input[this.#at + 1] === SLASH;
    const begin = this.#at + (isEnd ? 2 : 1);
    const which = INLINE.findIndex((name) => this.#reads(name, begin));
    if (which < 0) throw IRREGULAR;
    this.#at = begin + INLINE[which]!.length;
    if (!isEnd) {
      this.#open.push(which, this.#out);
      return;
    }
    const from = this.#open.pop()!;
    if (this.#open.pop() !== which) throw IRREGULAR;
    if (which !== RAISED) return;
    this.#raise(from);
    if (this.#isOverOther()) throw IRREGULAR;
  }

  #reads(text: string, at: number): boolean {
    for (let i = 0; i < text.length; i++) if (this.#input[at + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  #raise(from: number): void {
    const low = this.#output.toString("latin1", from, this.#out);
    // Most are one number.
    const high = POWERS.get(low) ?? this.#power(from);
    this.#out = from + this.#output.write(high, from);
  }

  /** Whether a lowered number follows behind a line: a fraction. */
  #isOverOther(): boolean {
    let at = this.#afterBlanks(this.#at);
    if (this.#input[at] === SLASH) at++;
    else if (this.#input[at] === FRACTION_SLASH[0] && standsAt(this.#input, at, FRACTION_SLASH)) at += 3;
    else return false;
    return this.#reads("<sub>", this.#afterBlanks(at));
  }

  #afterBlanks(from: number): number {
    let at = from;
    while (this.#input[at]! <= SPACE) at++;
    return at;
  }

  #power(from: number): string {
    const before = from > this.#start ? String.fromCharCode(this.#output[from - 1]!) : "";
    return power(before, this.#output.toString("utf8", from, this.#out));
  }
}
