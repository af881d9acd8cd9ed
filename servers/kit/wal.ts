/** SQLite files that several processes write to: readers wait for nobody, and nobody fails because another was first. */
import type { DatabaseSync } from "node:sqlite";

const STEP_MS = 10;
const SQLITE_BUSY = 5;

/**
 * Waits for others, and writes ahead. Whoever opens a new file turns it to that; where another process is writing to it
 * just then, be it for the same purpose, SQLite refuses at once, whatever its `busy_timeout` says. Here it is tried again.
 * @param patienceMs for how long others are waited for, then and from now on
 * @throws Error of SQLite
 */
export function writeAhead(db: DatabaseSync, patienceMs: number): void {
  db.exec(`PRAGMA busy_timeout = ${patienceMs}`);
  for (let waited = 0; ; waited += STEP_MS) {
    try {
      db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
      return;
    } catch (error) {
      // Its lowest byte is the kind, the others say more.
      const kind = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
      if (kind !== SQLITE_BUSY || waited >= patienceMs) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, STEP_MS);
    }
  }
}
