/** A JSONL file that survives kill -9 and a full disk: whole lines only, each on disk before it counts; a torn end is set aside. */
import fs, {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  truncateSync,
} from "node:fs";
import { z } from "zod";

export class LineFile<T> {
  readonly #file: string;
  readonly #schema: z.ZodType<T>;
  #fd: number | undefined;
  #bytes = 0;

  constructor(file: string, schema: z.ZodType<T>) {
    this.#file = file;
    this.#schema = schema;
  }

  /** All whole lines. What cannot be read is told to `warn` and does not count. */
  read(warn: (message: string) => void = () => undefined): T[] {
    if (!existsSync(this.#file)) return [];
    const bytes = readFileSync(this.#file);
    const whole = bytes.subarray(0, bytes.lastIndexOf(10) + 1).toString("utf8");
    return whole.split("\n").flatMap((line, i) => {
      if (line === "") return [];
      const read = this.#schema.safeParse(parsed(line));
      if (read.success) return [read.data];
      warn(`${this.#file}, line ${i + 1}: damaged, does not count`);
      return [];
    });
  }

  /** Opens for writing; a last line without an end goes to `<file>.torn`. */
  open(): void {
    const bytes = existsSync(this.#file) ? readFileSync(this.#file) : Buffer.alloc(0);
    const whole = bytes.lastIndexOf(10) + 1;
    if (whole < bytes.length) {
      appendFileSync(`${this.#file}.torn`, Buffer.concat([bytes.subarray(whole), Buffer.from("\n")]));
      truncateSync(this.#file, whole);
    }
    this.#fd = openSync(this.#file, "a");
    this.#bytes = whole;
  }

  /** Returns when the disk has the line. @throws where it cannot be written; then nothing of it stays. */
  append(value: T): void {
    const fd = this.#fd!;
    const line = Buffer.from(`${JSON.stringify(value)}\n`);
    try {
      let written = 0;
      while (written < line.length) written += fs.writeSync(fd, line, written);
      fsyncSync(fd);
    } catch (error) {
      try {
        ftruncateSync(fd, this.#bytes);
      } catch {
        // What is left of the line is set aside when the file is next opened.
      }
      throw error;
    }
    this.#bytes += line.length;
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
