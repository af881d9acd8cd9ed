/** `documents.db`: the texts of record. Everything else about documents (indexes, passages) is rebuilt from it. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { Document, type Integrity } from "../../schemas/index.ts";
import { openDatabase, transaction } from "./sqlite.ts";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS documents (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS aliases (alias TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;`;

export class DocumentStore {
  readonly #db: DatabaseSync;
  readonly #byId: StatementSync;
  readonly #byAlias: StatementSync;
  readonly #integrity: StatementSync;

  constructor(path: string, options: { readOnly?: boolean } = {}) {
    this.#db = openDatabase(path, { ...options, schema: SCHEMA });
    this.#byId = this.#db.prepare("SELECT body FROM documents WHERE id = ?");
    this.#integrity = this.#db.prepare(
      "SELECT json_extract(body, '$.integrity') AS integrity FROM documents WHERE id = ?",
    );
    this.#byAlias = this.#db.prepare("SELECT id FROM aliases WHERE alias = ?");
  }

  /** Adds or replaces documents by id, all or none. @returns how many were new or changed by it */
  put(documents: readonly Document[]): number {
    const insert = this.#db.prepare(
      "INSERT INTO documents (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body WHERE body <> excluded.body",
    );
    const alias = this.#db.prepare("INSERT OR REPLACE INTO aliases (alias, id) VALUES (?, ?)");
    let changed = 0;
    transaction(this.#db, () => {
      for (const document of documents) {
        changed += Number(insert.run(document.id, JSON.stringify(document)).changes);
        for (const [kind, value] of Object.entries(document.identifiers ?? {})) {
          alias.run(aliasOf(kind, value), document.id);
        }
      }
    });
    return changed;
  }

  /** The document with this id, or with this identifier (`PMID:…`, `DOI:…`, `URL:…`) among its others. */
  get(id: string): Document | undefined {
    const row = this.#byId.get(id) ?? this.#resolve(id);
    return row ? (JSON.parse(row["body"] as string) as Document) : undefined;
  }

  /** Those of the given documents that are stored with other content. */
  differing(documents: readonly Document[]): Document[] {
    return documents.filter((document) => {
      const row = this.#byId.get(document.id);
      return row !== undefined && row["body"] !== JSON.stringify(document);
    });
  }

  has(id: string): boolean {
    return this.#byId.get(id) !== undefined;
  }

  /** Where the document stands, without reading its texts; undefined where there is no such document. */
  integrity(id: string): Integrity | undefined {
    const row = this.#integrity.get(id);
    if (row) return (row["integrity"] as Integrity | null) ?? "ok";
    const document = this.get(id);
    return document && (document.integrity ?? "ok");
  }

  delete(ids: readonly string[]): void {
    const statement = this.#db.prepare("DELETE FROM documents WHERE id = ?");
    transaction(this.#db, () => ids.forEach((id) => statement.run(id)));
  }

  /** Every document in order of arrival, streamed. */
  *all(): Generator<Document> {
    for (const row of this.#db.prepare("SELECT body FROM documents ORDER BY row").iterate()) {
      yield JSON.parse(row["body"] as string) as Document;
    }
  }

  count(): number {
    return Number(this.#db.prepare("SELECT count(*) AS n FROM documents").get()!["n"]);
  }

  close(): void {
    this.#db.close();
  }

  #resolve(alias: string) {
    const separator = alias.indexOf(":");
    const key = aliasOf(alias.slice(0, separator), alias.slice(separator + 1));
    const row = this.#byAlias.get(key);
    return row && this.#byId.get(row["id"] as string);
  }
}

function aliasOf(kind: string, value: string): string {
  return `${kind.toUpperCase()}:${value}`;
}
