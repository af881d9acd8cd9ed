/** Writes the index by words: runs as they come, and a part of them when it is full or all is in. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "./inverter.ts";
import { mergeRuns } from "./merge.ts";
import { postingsFile, termsFile } from "./part-files.ts";
import { RunFile } from "./runs.ts";

const runsFile = (part: number): string => `runs-${part}.bin`;

export class PostingsWriter {
  readonly #folder: string;
  #part: number;
  #runs: RunFile;
  /** Files of runs that are in a finished part. */
  #merged: string[] = [];
  /** In how many documents that went each term was. */
  #gone = new Map<string, number>();

  /** @param runBytes how many bytes of the part's runs are of this build; see `RunFile` */
  constructor(folder: string, part: number, runBytes = 0) {
    this.#folder = folder;
    this.#part = part;
    this.#runs = new RunFile(join(folder, runsFile(part)), runBytes);
  }

  /** Bytes of the runs that wait to be merged. */
  get runBytes(): number {
    return this.#runs.end;
  }

  add(run: Run): void {
    this.#runs.append(run);
  }

  /** A document that had these terms goes. */
  remove(terms: Iterable<string>): void {
    for (const term of new Set(terms)) this.#gone.set(term, (this.#gone.get(term) ?? 0) + 1);
  }

  /** Makes the part of what was added; the next one begins. @throws Error where the disk is full; the signal's reason */
  async nextPart(signal: AbortSignal): Promise<void> {
    await this.#merge(signal);
    this.#part += 1;
    this.#runs = new RunFile(join(this.#folder, runsFile(this.#part)));
  }

  /** Makes the last part. */
  async finish(signal: AbortSignal): Promise<void> {
    await this.#merge(signal);
    this.forgetMerged();
  }

  /** For when it is known that their part is finished: until then a killed build merges them again. */
  forgetMerged(): void {
    for (const path of this.#merged.splice(0)) rmSync(path);
  }

  close(): void {
    this.#runs.close();
  }

  async #merge(signal: AbortSignal): Promise<void> {
    const postings = join(this.#folder, postingsFile(this.#part));
    const terms = join(this.#folder, termsFile(this.#part));
    // Of a build that was killed while it merged.
    rmSync(terms, { force: true });
    await mergeRuns(this.#runs, { postings, terms }, this.#gone, signal);
    this.#gone = new Map();
    this.#runs.close();
    this.#merged.push(join(this.#folder, runsFile(this.#part)));
  }
}
