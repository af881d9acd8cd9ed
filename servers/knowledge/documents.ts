/** `documents.db`: the texts of record. Everything else about documents (indexes, passages) is rebuilt from it. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { Document, type Integrity } from "../../schemas/index.ts";
import {
  changedRows,
  CHANGES_SCHEMA,
  documentRows,
  stateOf,
  type DocumentRow,
  type StoreState,
} from "./document-changes.ts";
import { addAllLinks, knowsLinks, LINKS_SCHEMA, linksTo, type Link } from "./document-links.ts";
import { openDatabase, transaction } from "./sqlite.ts";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS documents (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS aliases (alias TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notices (id TEXT PRIMARY KEY, integrity TEXT NOT NULL) WITHOUT ROWID;
${CHANGES_SCHEMA}`;

/** From good to bad. */
const STANDING: readonly Integrity[] = ["ok", "corrected", "concern", "retracted"];

export class DocumentStore {
  readonly #db: DatabaseSync;
  readonly #byId: StatementSync;
  readonly #byAlias: StatementSync;
  readonly #integrity: StatementSync;

  constructor(path: string, options: { readOnly?: boolean } = {}) {
    this.#db = openDatabase(path, { ...options, schema: SCHEMA });
    if (!options.readOnly && !knowsLinks(this.#db)) keepLinks(this.#db);
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
      for (const document of this.#withNotices(documents)) {
        changed += Number(insert.run(document.id, JSON.stringify(document)).changes);
        for (const [kind, value] of Object.entries(document.identifiers ?? {})) {
          for (const one of value.split(", ")) {
            const key = aliasOf(kind, one);
            if (key !== document.id) alias.run(key, document.id);
          }
        }
      }
    });
    return changed;
  }

  /**
   * Keeps what is said of documents, stored now or later, and lowers those that are stored: a document never stands better
   * than its worst notice. @returns how many documents changed
   */
  putNotices(notices: readonly { document: string; integrity: Integrity }[]): number {
    if (notices.length === 0) return 0;
    const known = this.#db.prepare("SELECT integrity FROM notices WHERE id = ?");
    const keep = this.#db.prepare("INSERT OR REPLACE INTO notices (id, integrity) VALUES (?, ?)");
    const fresh = notices.filter(({ document, integrity }) => {
      const before = known.get(document)?.["integrity"] as Integrity | undefined;
      return before === undefined || isWorse(integrity, before);
    });
    transaction(this.#db, () => fresh.forEach(({ document, integrity }) => keep.run(document, integrity)));
    const stored = fresh.map(({ document }) => this.#byId.get(document)).filter((row) => row !== undefined);
    return this.put(stored.map((row) => JSON.parse(row["body"] as string) as Document));
  }

  /** The document with this id, or with this identifier (`PMID:…`, `DOI:…`, `URL:…`) among its others. */
  get(id: string): Document | undefined {
    const row = this.#byId.get(id) ?? this.#resolve(id);
    return row ? (JSON.parse(row["body"] as string) as Document) : undefined;
  }

  /** Documents whose id begins so, in order of arrival. */
  withPrefix(prefix: string): Document[] {
    const rows = this.#db
      .prepare("SELECT body FROM documents WHERE id >= ? AND substr(id, 1, ?) = ? ORDER BY row")
      .all(prefix, prefix.length, prefix);
    return rows.map((row) => JSON.parse(row["body"] as string) as Document);
  }

  /** Those of the given documents that are stored with other content. */
  differing(documents: readonly Document[]): Document[] {
    return this.#withNotices(documents).filter((document) => {
      const row = this.#byId.get(document.id);
      return row !== undefined && row["body"] !== JSON.stringify(document);
    });
  }

  /** The documents that name this one in `related`, and as what. */
  linksTo(id: string): Link[] {
    return linksTo(this.#db, id);
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

  /** Takes documents out, with the identifiers that led to them. @returns how many there were */
  delete(ids: readonly string[]): number {
    const statement = this.#db.prepare("DELETE FROM documents WHERE id = ?");
    const alias = this.#db.prepare("DELETE FROM aliases WHERE alias = ? AND id = ?");
    let gone = 0;
    transaction(this.#db, () => {
      for (const id of ids) {
        const row = this.#byId.get(id);
        if (!row) continue;
        const { identifiers = {} } = JSON.parse(row["body"] as string) as Document;
        for (const [kind, value] of Object.entries(identifiers)) {
          for (const one of value.split(", ")) alias.run(aliasOf(kind, one), id);
        }
        gone += Number(statement.run(id).changes);
      }
    });
    return gone;
  }

  /** Every document in order of arrival, streamed. */
  *all(): Generator<Document> {
    for (const row of this.#db.prepare("SELECT body FROM documents ORDER BY row").iterate()) {
      yield JSON.parse(row["body"] as string) as Document;
    }
  }

  /** How far the store has come: what is derived from it keeps this, to ask later what changed since. */
  state(): StoreState {
    return stateOf(this.#db);
  }

  /** Rows up to `since.row` whose document changed or went after `since`; what came anew has higher rows. */
  changedSince(since: StoreState): number[] {
    return changedRows(this.#db, since);
  }

  /** The stored JSON of documents by row, in order of rows, streamed: of those after one row up to another, or of some. */
  rows(wanted: { after: number; until: number } | readonly number[]): Generator<DocumentRow> {
    return documentRows(this.#db, wanted);
  }

  count(): number {
    return Number(this.#db.prepare("SELECT count(*) AS n FROM documents").get()!["n"]);
  }

  close(): void {
    this.#db.close();
  }

  /** The documents as they stand by the notices about them. */
  #withNotices(documents: readonly Document[]): readonly Document[] {
    if (!this.#db.prepare("SELECT 1 FROM notices LIMIT 1").get()) return documents;
    const notice = this.#db.prepare("SELECT integrity FROM notices WHERE id = ?");
    return documents.map((document) => {
      const integrity = notice.get(document.id)?.["integrity"] as Integrity | undefined;
      return integrity && isWorse(integrity, document.integrity ?? "ok") ? { ...document, integrity } : document;
    });
  }

  #resolve(alias: string) {
    const separator = alias.indexOf(":");
    const key = aliasOf(alias.slice(0, separator), alias.slice(separator + 1));
    const row = this.#byAlias.get(key);
    return row && this.#byId.get(row["id"] as string);
  }
}

function keepLinks(db: DatabaseSync): void {
  transaction(db, () => {
    db.exec(LINKS_SCHEMA);
    addAllLinks(db);
  });
}

function isWorse(integrity: Integrity, than: Integrity): boolean {
  return STANDING.indexOf(integrity) > STANDING.indexOf(than);
}

function aliasOf(kind: string, value: string): string {
  return `${kind.toUpperCase()}:${value}`;
}
