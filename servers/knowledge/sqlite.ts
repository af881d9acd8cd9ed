/** SQLite as the project uses it: WAL, patient with other processes, one transaction a batch. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { writeAhead } from "../kit/wal.ts";

/** Other processes are waited for so long, milliseconds. */
const PATIENCE_MS = 10_000;

interface OpenOptions {
  readOnly?: boolean;
  schema?: string;
  /** Of a file that is made now. */
  pageSize?: number;
}

/** @throws Error that names the file where it is damaged or cannot be opened */
export function openDatabase(path: string, options: OpenOptions = {}): DatabaseSync {
  if (!options.readOnly) mkdirSync(dirname(path), { recursive: true });
  try {
    return opened(path, options);
  } catch (error) {
    throw storeError(path, error);
  }
}

function opened(path: string, options: OpenOptions): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly: options.readOnly ?? false });
  try {
    if (options.readOnly) db.exec(`PRAGMA busy_timeout = ${PATIENCE_MS}`);
    else {
      if (options.pageSize) db.exec(`PRAGMA page_size = ${options.pageSize}`);
      writeAhead(db, PATIENCE_MS);
      db.exec("PRAGMA temp_store = MEMORY");
      // For bulk writing: random index pages stay in memory (64 MiB), and the log is folded back seldom, every 8,192 pages.
      db.exec("PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192");
      if (options.schema) db.exec(options.schema);
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

const WRONG: Record<number, string> = {
  10: "cannot be read or written (disk error)",
  11: "is damaged; move it away, then import again",
  13: "cannot be written: the disk is full; what was committed before stays, and the same command goes on from there",
  26: "is damaged; move it away, then import again",
};

/** An error of SQLite with the file and what to do; any other error as it is. */
export function storeError(path: string, error: unknown): Error {
  const { errcode, message } = error as Error & { errcode?: number };
  const wrong = errcode === undefined ? undefined : WRONG[errcode & 0xff];
  return wrong ? new Error(`${path} ${wrong} (${message})`, { cause: error }) : (error as Error);
}

/** Runs `work` in one write transaction; an error rolls back and is thrown on. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    // A full disk ends the transaction itself.
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}
