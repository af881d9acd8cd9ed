/**
 * The results of a batch, a line per case, as a file that a stopped run leaves usable: lines are appended whole, a torn
 * last line is dropped, and a later run keeps the lines that it would write again.
 */
import { randomUUID } from "node:crypto";
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { isObject } from "../phenopackets/phenopacket.ts";

interface Line {
  id: string;
  text: string;
}

export class ResultFile {
  readonly #path: string;
  /** In the order of the file. */
  readonly #lines: Line[];
  /** Ids that have a line. */
  readonly ids: Set<string>;
  readonly kept: number;
  readonly dropped: number;
  #fd: number;

  /** @param keeps whether a line that is there is one that this run would write */
  constructor(path: string, keeps: (line: Record<string, unknown>) => boolean) {
    this.#path = path;
    const text = existsSync(path) ? readFileSync(path, "utf8") : "";
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    const found = whole.split("\n").filter(Boolean);
    this.#lines = found.flatMap((line) => read(line, keeps));
    this.ids = new Set(this.#lines.map(({ id }) => id));
    this.kept = this.#lines.length;
    this.dropped = found.length - this.kept + (whole.length < text.length ? 1 : 0);
    if (this.dropped > 0) this.#rewrite();
    this.#fd = openSync(path, "a");
  }

  append(lines: readonly Line[]): void {
    if (lines.length === 0) return;
    const bytes = Buffer.from(lines.map(({ text }) => `${text}\n`).join(""));
    for (let at = 0; at < bytes.length;) at += writeSync(this.#fd, bytes, at);
    this.#lines.push(...lines);
    for (const { id } of lines) this.ids.add(id);
  }

  /**
   * Puts the lines into this order, where they are not in it; lines of other cases come first.
   * @returns how many lines belong to none of these ids
   */
  finish(order: readonly string[]): number {
    closeSync(this.#fd);
    const place = new Map(order.map((id, i) => [id, i]));
    const before = [...this.#lines];
    this.#lines.sort((a, b) => (place.get(a.id) ?? -1) - (place.get(b.id) ?? -1));
    if (before.some((line, i) => line !== this.#lines[i])) this.#rewrite();
    return this.#lines.filter(({ id }) => !place.has(id)).length;
  }

  /** Leaves the file as it is, for the next run. */
  close(): void {
    closeSync(this.#fd);
  }

  #rewrite(): void {
    const temporary = `${this.#path}.${randomUUID()}`;
    try {
      writeFileSync(temporary, this.#lines.map(({ text }) => `${text}\n`).join(""));
      renameSync(temporary, this.#path);
    } finally {
      rmSync(temporary, { force: true });
    }
  }
}

function read(text: string, keeps: (line: Record<string, unknown>) => boolean): Line[] {
  try {
    const line: unknown = JSON.parse(text);
    return isObject(line) && typeof line["id"] === "string" && keeps(line) ? [{ id: line["id"], text }] : [];
  } catch {
    return [];
  }
}
