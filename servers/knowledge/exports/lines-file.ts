/** A text file written piece by piece: never more than a few hundred kilobytes in memory, and no file that looks whole and is not. */
import { closeSync, openSync, renameSync, rmSync, writeSync } from "node:fs";

const PIECE = 1 << 18;

export class LinesFile implements Disposable {
  readonly #path: string;
  readonly #file: number;
  #pending: string[] = [];
  #length = 0;
  #done = false;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(`${path}.part`, "w");
  }

  line(text: string): void {
    this.#pending.push(text);
    this.#length += text.length;
    if (this.#length > PIECE) this.#flush();
  }

  /** The file stands under its name. */
  finish(): void {
    this.#flush();
    closeSync(this.#file);
    renameSync(`${this.#path}.part`, this.#path);
    this.#done = true;
  }

  /** What was not finished goes. */
  [Symbol.dispose](): void {
    if (this.#done) return;
    closeSync(this.#file);
    rmSync(`${this.#path}.part`, { force: true });
  }

  #flush(): void {
    if (this.#pending.length === 0) return;
    const bytes = Buffer.from(`${this.#pending.join("\n")}\n`);
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
    this.#pending = [];
    this.#length = 0;
  }
}
