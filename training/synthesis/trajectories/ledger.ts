/** The file of rows: a row is there whole or not at all, a key once, and one process at a time writes it. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { TrajectoryRow } from "../../../schemas/index.ts";
import { parseRow } from "../../jsonl.ts";

export class Ledger {
  readonly #file: string;
  readonly #keys = new Set<string>();
  readonly #lock: DatabaseSync;

  /** Opens or begins the file. What a killed run left of a line is moved to `FILE.torn`. @throws Error where another process writes it, or a line is no row */
  constructor(file: string) {
    mkdirSync(dirname(file), { recursive: true });
    this.#file = file;
    this.#lock = takeLock(file);
    try {
      this.#read();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  get size(): number {
    return this.#keys.size;
  }

  add(row: TrajectoryRow): void {
    if (this.#keys.has(row.key)) throw new Error(`the row ${row.key} is there already`);
    // One write: a killed process leaves the line, or a torn end that the next run sets aside.
    appendFileSync(this.#file, `${JSON.stringify(row)}\n`);
    this.#keys.add(row.key);
  }

  close(): void {
    this.#lock.close();
    rmSync(lockFile(this.#file), { force: true });
  }

  #read(): void {
    if (!existsSync(this.#file)) return;
    const bytes = readFileSync(this.#file);
    const whole = bytes.lastIndexOf(10) + 1;
    const lines = bytes.toString("utf8", 0, whole).split("\n");
    for (const [i, line] of lines.entries()) {
      if (line.trim()) this.#keys.add(parseRow(line, TrajectoryRow, `${this.#file}, line ${i + 1}`).key);
    }
    if (whole === bytes.length) return;
    appendFileSync(`${this.#file}.torn`, Buffer.concat([bytes.subarray(whole), Buffer.from("\n")]));
    truncateSync(this.#file, whole);
  }
}

const lockFile = (file: string) => `${file}.lock`;
const SQLITE_BUSY = 5;

/** SQLite's lock: the system lets go of it when the process dies in any way. */
function takeLock(file: string): DatabaseSync {
  const db = new DatabaseSync(lockFile(file));
  try {
    db.exec("PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    return db;
  } catch (error) {
    db.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) {
      throw new Error(`another process is writing ${file}`, { cause: error });
    }
    throw error;
  }
}
