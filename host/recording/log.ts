/** One session's log, open for writing: append-only, whole batches in one write, locked against a second writer. */
import { appendFileSync, closeSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Blob, SessionEvent } from "../../schemas/index.ts";
import { withBlob, writeBlob } from "./blobs.ts";
import { takeLock } from "./lock.ts";

export const LOG_FILE = "events.jsonl";

export class SessionLog {
  readonly folder: string;
  readonly #file: string;
  readonly #fd: number;
  readonly #unlock: () => void;

  /** Opens (or begins) the log in `folder`, which exists. Throws `SessionBusy` where another process writes it. */
  constructor(folder: string) {
    this.folder = folder;
    this.#file = join(folder, LOG_FILE);
    this.#unlock = takeLock(join(folder, "lock"));
    this.#fd = openSync(this.#file, "a");
  }

  /** Events that belong together go in one write, so that a killed process leaves all of them or none. */
  write(events: readonly SessionEvent[]): void {
    const lines = events.map((event) => JSON.stringify(withBlob(event, (text) => this.keep(text))));
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
    let written = 0;
    while (written < bytes.length) written += writeSync(this.#fd, bytes, written);
  }

  /** Stores a text under its content's name and gives its reference. */
  keep(text: string): Blob {
    return writeBlob(this.folder, text);
  }

  /** Returns when the disk has it: before effects, and at the end. */
  sync(): void {
    fsyncSync(this.#fd);
  }

  /** Moves everything after `bytes` to `events.jsonl.torn`: nothing is lost, and the log is whole again. */
  setAside(bytes: number): void {
    const tail = readFileSync(this.#file).subarray(bytes);
    if (tail.length === 0) return;
    appendFileSync(`${this.#file}.torn`, tail.at(-1) === 10 ? tail : Buffer.concat([tail, Buffer.from("\n")]));
    truncateSync(this.#file, bytes);
  }

  close(): void {
    fsyncSync(this.#fd);
    closeSync(this.#fd);
    this.#unlock();
  }
}
