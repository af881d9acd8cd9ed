/** SQLite as the project uses it: WAL, patient with other processes, one transaction a batch. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

interface OpenOptions {
  readOnly?: boolean;
  schema?: string;
  /** Of a file that is made now. */
  pageSize?: number;
}

export function openDatabase(path: string, options: OpenOptions = {}): DatabaseSync {
  if (!options.readOnly) mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path, { readOnly: options.readOnly ?? false });
  db.exec("PRAGMA busy_timeout = 10000");
  if (!options.readOnly) {
    if (options.pageSize) db.exec(`PRAGMA page_size = ${options.pageSize}`);
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY");
    // For bulk writing: random index pages stay in memory (64 MiB), and the log is folded back every 32 MiB, not every 4.
    db.exec("PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192");
    if (options.schema) db.exec(options.schema);
  }
  return db;
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
