/** The list of a term in one part, read piece by piece; short lists are read at once. */
import { readAll } from "../file-bytes.ts";
import { ENTRY_BYTES, pieceBytes, type Place } from "./part-files.ts";
import { read } from "./runs.ts";
import { WINDOW_ROWS } from "./window.ts";

/** Longer lists are read piece by piece: most windows are passed over. */
const WHOLE = 1 << 16;

/** What a term has in one window; the next piece of its list may overwrite it. */
export interface Piece {
  /** In the window, ascending. */
  places: Uint16Array;
  impacts: Uint8Array;
}

export class List {
  readonly #file: number;
  readonly #at: number;
  readonly #pieces: number;
  readonly #windows: Uint32Array;
  /** Postings in the low 16 bits, then the largest impact. */
  readonly #sizes: Uint32Array;
  readonly #whole: Uint8Array<ArrayBuffer> | undefined;
  /** For one piece of a long list. */
  readonly #room: Uint8Array<ArrayBuffer>;
  #next = 0;
  /** Where the next piece begins in the list. */
  #offset: number;

  /** @param file of the part's postings. @throws Error where it is cut off */
  constructor(file: number, { at, bytes, pieces }: Place) {
    this.#file = file;
    this.#at = at;
    this.#pieces = pieces;
    this.#offset = ENTRY_BYTES * pieces;
    const begin = read(file, at, bytes <= WHOLE ? bytes : this.#offset);
    this.#whole = bytes <= WHOLE ? begin : undefined;
    this.#room = new Uint8Array(this.#whole ? 0 : pieceBytes(WINDOW_ROWS));
    const directory = new Uint32Array(begin.buffer, 0, 2 * pieces);
    this.#windows = directory.filter((_, i) => i % 2 === 0);
    this.#sizes = directory.filter((_, i) => i % 2 === 1);
  }

  /** The window of the next piece; Infinity at the end. */
  get window(): number {
    return this.#next < this.#pieces ? this.#windows[this.#next]! : Infinity;
  }

  /** The largest impact of the next piece. */
  get top(): number {
    return this.#sizes[this.#next]! >>> 16;
  }

  piece(): Piece {
    const count = this.#count;
    if (!this.#whole) readAll(this.#file, this.#room, this.#at + this.#offset, "postings", pieceBytes(count));
    const { buffer } = this.#whole ?? this.#room;
    const at = this.#whole ? this.#offset : 0;
    return { places: new Uint16Array(buffer, at, count), impacts: new Uint8Array(buffer, at + 2 * count, count) };
  }

  pass(): void {
    this.#offset += pieceBytes(this.#count);
    this.#next += 1;
  }

  get #count(): number {
    return this.#sizes[this.#next]! & 0xffff;
  }
}
