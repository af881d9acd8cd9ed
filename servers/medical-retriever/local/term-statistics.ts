/** In how many documents each term occurs, on disk beside the index: exact for the whole collection, whatever the index's partitions. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { openDatabase, transaction } from "../../knowledge/index.ts";

const SCHEMA = "CREATE TABLE IF NOT EXISTS terms (term TEXT PRIMARY KEY, documents INTEGER NOT NULL) WITHOUT ROWID";

export function writeTermStatistics(file: string, frequencies: ReadonlyMap<string, number>): void {
  const db = openDatabase(file, { schema: SCHEMA });
  const insert = db.prepare("INSERT INTO terms (term, documents) VALUES (?, ?)");
  transaction(db, () => {
    for (const [term, documents] of frequencies) insert.run(term, documents);
  });
  // One file, without a journal beside it: the folder is moved into place afterwards.
  db.exec("PRAGMA journal_mode = DELETE");
  db.close();
}

export class TermStatistics {
  readonly #db: DatabaseSync;
  readonly #get: StatementSync;

  constructor(file: string) {
    this.#db = openDatabase(file, { readOnly: true });
    this.#get = this.#db.prepare("SELECT documents FROM terms WHERE term = ?");
  }

  frequency(term: string): number {
    return Number(this.#get.get(term)?.["documents"] ?? 0);
  }

  close(): void {
    this.#db.close();
  }
}
