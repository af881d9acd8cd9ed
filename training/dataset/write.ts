/** A dataset folder: a file per split, the rejections, and a manifest of hashes that is written last. The same input gives the same bytes. */
import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { Split } from "../../schemas/index.ts";

/** Beside the rows and not among them: readers take every .jsonl of the folder itself. */
export const REJECTED_FILE = "rejected/rejected.jsonl";
const MANIFEST_FILE = "manifest.json";

export interface FileEntry {
  rows: number;
  bytes: number;
  sha256: string;
}

export interface Counts {
  accepted: number;
  rejected: number;
  /** Reason code → count. */
  reasons: Record<string, number>;
}

/** Hash and number of lines of an input file. */
export function inputEntry(file: string): FileEntry {
  const bytes = readFileSync(file);
  const rows = bytes
    .toString("utf8")
    .split("\n")
    .filter((line) => line.trim()).length;
  return { rows, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

export class DatasetWriter {
  readonly counts: Counts = { accepted: 0, rejected: 0, reasons: {} };
  readonly #folder: string;
  readonly #files: Map<string, Part>;

  /** Takes away an older manifest: a folder without one is not finished. */
  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(join(folder, dirname(REJECTED_FILE)), { recursive: true });
    rmSync(join(folder, MANIFEST_FILE), { force: true });
    const names = [...Split.options.map((split) => `${split}.jsonl`), REJECTED_FILE];
    this.#files = new Map(names.map((name) => [name, new Part(join(folder, name))]));
  }

  accept(split: Split, row: object): void {
    this.counts.accepted++;
    this.#files.get(`${split}.jsonl`)!.add(row);
  }

  reject(row: { reason: string; detail: string; question: string; key?: string; session?: string }): void {
    const { reasons } = this.counts;
    this.counts.rejected++;
    reasons[row.reason] = (reasons[row.reason] ?? 0) + 1;
    this.#files.get(REJECTED_FILE)!.add(row);
  }

  /** Files take their names, then the manifest is written. Returns what it says. */
  finish(about: Record<string, unknown>): Record<string, unknown> {
    const files = Object.fromEntries([...this.#files].map(([name, part]) => [name, part.finish()]));
    const reasons = Object.fromEntries(Object.entries(this.counts.reasons).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    const manifest = { version: 1, ...about, counts: { ...this.counts, reasons }, files };
    const file = join(this.#folder, MANIFEST_FILE);
    writeFileSync(`${file}.part`, `${JSON.stringify(manifest, null, 2)}\n`);
    renameSync(`${file}.part`, file);
    return manifest;
  }
}

class Part {
  readonly #file: string;
  readonly #fd: number;
  readonly #hash = createHash("sha256");
  #rows = 0;
  #bytes = 0;

  constructor(file: string) {
    this.#file = file;
    this.#fd = openSync(`${file}.part`, "w");
  }

  add(row: object): void {
    const line = Buffer.from(`${JSON.stringify(row)}\n`);
    for (let written = 0; written < line.length;) written += writeSync(this.#fd, line, written);
    this.#hash.update(line);
    this.#rows++;
    this.#bytes += line.length;
  }

  finish(): FileEntry {
    closeSync(this.#fd);
    renameSync(`${this.#file}.part`, this.#file);
    return { rows: this.#rows, bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }
}
