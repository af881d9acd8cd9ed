/** In how many documents each term occurs, on disk beside the index: exact for the whole collection, whatever the engine's partitions. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { openDatabase, transaction } from "../../knowledge/index.ts";
import type { Counts } from "./preparing/prepare.ts";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS terms (term TEXT PRIMARY KEY, documents INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS position (state TEXT NOT NULL);`;

/** Counts while an index is built, with the position up to which they count: both are written at once, or neither. */
export class TermCounts {
  readonly #db: DatabaseSync;
  readonly #pending = new Map<string, number>();

  constructor(file: string) {
    this.#db = openDatabase(file, { schema: SCHEMA });
  }

  /** @param sign −1 where documents go */
  add({ terms, frequencies }: Pick<Counts, "terms" | "frequencies">, sign: 1 | -1 = 1): void {
    if (frequencies.length === 0) return;
    for (const [i, term] of terms.split("\n").entries()) {
      this.#pending.set(term, (this.#pending.get(term) ?? 0) + sign * frequencies[i]!);
    }
  }

  /** The position of the last `flush`; undefined where there was none. */
  position(): unknown {
    const row = this.#db.prepare("SELECT state FROM position").get();
    return row ? JSON.parse(row["state"] as string) : undefined;
  }

  flush(position: unknown): void {
    const add = this.#db.prepare(
      "INSERT INTO terms (term, documents) VALUES (?, ?) ON CONFLICT (term) DO UPDATE SET documents = documents + excluded.documents",
    );
    transaction(this.#db, () => {
      for (const [term, documents] of this.#pending) if (documents !== 0) add.run(term, documents);
      this.#db.exec("DELETE FROM position");
      this.#db.prepare("INSERT INTO position (state) VALUES (?)").run(JSON.stringify(position));
    });
    this.#pending.clear();
  }

  /** One file, without a journal beside it: the folder is moved into place afterwards. */
  finish(): void {
    this.#db.exec("PRAGMA journal_mode = DELETE");
    this.#db.close();
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }
}

const MOST_ASKED = 10_000;

export class TermStatistics {
  readonly #asked = new Map<string, number>();
  readonly #db: DatabaseSync;
  readonly #get: StatementSync;

  constructor(file: string) {
    this.#db = openDatabase(file, { readOnly: true });
    this.#get = this.#db.prepare("SELECT documents FROM terms WHERE term = ?");
  }

  /** A question asks for each of its terms several times. */
  frequency(term: string): number {
    let frequency = this.#asked.get(term);
    if (frequency === undefined) {
      if (this.#asked.size >= MOST_ASKED) this.#asked.clear();
      this.#asked.set(term, (frequency = Number(this.#get.get(term)?.["documents"] ?? 0)));
    }
    return frequency;
  }

  /** Some of the terms that occur, any of them. */
  some(count: number): string[] {
    const rows = this.#db.prepare("SELECT term FROM terms WHERE documents > 0 LIMIT ?").all(count);
    return rows.map(({ term }) => term as string);
  }

  close(): void {
    this.#db.close();
  }
}
