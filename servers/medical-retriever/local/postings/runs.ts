/** Runs on their way into a part of the index: appended to one file as they come, so that a build which was killed goes on behind the last one. */
import { closeSync, fstatSync, ftruncateSync, openSync } from "node:fs";
import { readAll, writeAll } from "../file-bytes.ts";
import type { Run } from "./inverter.ts";

/** Window, terms, bytes of terms, postings: 32 bits each. */
const HEAD_BYTES = 16;

export class RunFile {
  readonly #file: number;
  #end: number;
  #isOpen = true;

  /** @param end what lies behind it is of a build that was killed, and is cut off. @throws Error where the file is shorter */
  constructor(path: string, end = 0) {
    this.#file = openSync(path, end > 0 ? "r+" : "w+");
    this.#end = end;
    if (fstatSync(this.#file).size < end) throw new Error("the postings of an interrupted build are cut off");
    ftruncateSync(this.#file, end);
  }

  /** Bytes that are written. */
  get end(): number {
    return this.#end;
  }

  append({ window, terms, frequencies, tops, places, impacts }: Run): void {
    const head = Uint32Array.of(window, frequencies.length, terms.length, places.length);
    for (const array of [head, frequencies, tops, terms, places, impacts]) {
      writeAll(this.#file, array, this.#end);
      this.#end += array.byteLength;
    }
  }

  *runs(): Generator<StoredRun> {
    for (let at = 0; at < this.#end;) {
      const run = new StoredRun(this.#file, at);
      yield run;
      at = run.end;
    }
  }

  close(): void {
    if (this.#isOpen) closeSync(this.#file);
    this.#isOpen = false;
  }
}

/** A run in the file, of which only what is asked for is read. */
export class StoredRun {
  readonly window: number;
  readonly end: number;
  readonly #file: number;
  readonly #at: number;
  readonly #terms: number;
  readonly #termBytes: number;
  readonly #postings: number;

  constructor(file: number, at: number) {
    this.#file = file;
    const head = new Uint32Array(read(file, at, HEAD_BYTES).buffer);
    [this.window, this.#terms, this.#termBytes, this.#postings] = head as unknown as [number, number, number, number];
    this.#at = at + HEAD_BYTES;
    this.end = this.#places + 3 * this.#postings;
  }

  frequencies(): Uint32Array {
    return new Uint32Array(read(this.#file, this.#at, 4 * this.#terms).buffer);
  }

  tops(): Uint8Array {
    return read(this.#file, this.#at + 4 * this.#terms, this.#terms);
  }

  terms(): string[] {
    const text = new TextDecoder().decode(read(this.#file, this.#at + 5 * this.#terms, this.#termBytes));
    return text === "" ? [] : text.split("\n");
  }

  places(from: number, to: number): Uint16Array {
    return new Uint16Array(read(this.#file, this.#places + 2 * from, 2 * (to - from)).buffer);
  }

  impacts(from: number, to: number): Uint8Array {
    return read(this.#file, this.#places + 2 * this.#postings + from, to - from);
  }

  get #places(): number {
    return this.#at + 5 * this.#terms + this.#termBytes;
  }
}

/** Into a buffer of its own, which begins at 0. @throws Error where the file ends before */
export function read(file: number, at: number, bytes: number): Uint8Array<ArrayBuffer> {
  const buffer = new Uint8Array(bytes);
  readAll(file, buffer, at, "postings");
  return buffer;
}
