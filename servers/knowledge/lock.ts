/** One writer a folder. SQLite's own file lock is used, which the system lets go when the process dies in any way. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

const RETRY_MS = 200;

/** Waits for the lock; undefined where `signal` ended the wait. `onWait` is called at every try that found it taken. */
export async function lockFolder(
  folder: string,
  options: { signal?: AbortSignal | undefined; onWait?(): void } = {},
): Promise<Disposable | undefined> {
  const db = new DatabaseSync(join(folder, "import.lock"));
  try {
    db.exec("PRAGMA busy_timeout = 0");
    while (!options.signal?.aborted) {
      if (tryLock(db)) return { [Symbol.dispose]: () => db.close() };
      options.onWait?.();
      await sleep(RETRY_MS);
    }
  } catch (error) {
    db.close();
    throw error;
  }
  db.close();
  return undefined;
}

function tryLock(db: DatabaseSync): boolean {
  try {
    db.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false;
    throw error;
  }
}

const SQLITE_BUSY = 5;
