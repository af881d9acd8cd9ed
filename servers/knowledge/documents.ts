/** `documents.db`: the texts of record. Everything else about documents (indexes, passages) is rebuilt from it. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Document, Integrity } from "../../schemas/index.ts";
import {
  changedRows,
  CHANGES_SCHEMA,
  documentRows,
  stateOf,
  type DocumentRow,
  type StoreState,
} from "./document-changes.ts";
import { addAllLinks, keepsLinks, knowsLinks, LINKS_SCHEMA, linksTo, type Link } from "./document-links.ts";
import { DocumentWriter, type Replaced } from "./document-writer.ts";
import { IDENTIFIERS_SCHEMA, idsWith, idsWithAny, keyOf, keyOfId, ownIdOf, takeOverAliases } from "./identifiers.ts";
import { packDocuments, type PackedDocuments } from "./packed-documents.ts";
import { openDatabase, transaction } from "./sqlite.ts";
import { STANDING_SCHEMA } from "./standing.ts";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS documents (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL, revised TEXT);
${IDENTIFIERS_SCHEMA}
${STANDING_SCHEMA}
${CHANGES_SCHEMA}`;

/** Of a new file: texts are some kilobytes long, and small pages would be half empty. */
const PAGE_SIZE = 16_384;
/** Pages up to which a store is small: 256 MiB. */
const FOLDED_EARLY = 16_384;
/** Kept of a file that is only read: the ids of a million documents. */
const READER_KB = 32_768;

export class DocumentStore {
  readonly #db: DatabaseSync;
  readonly #byId: StatementSync;
  readonly #byIds: StatementSync;
  readonly #has: StatementSync;
  #writer: DocumentWriter | undefined;
  readonly #integrity: StatementSync;

  constructor(path: string, options: { readOnly?: boolean } = {}) {
    this.#db = openDatabase(path, { ...options, schema: SCHEMA, pageSize: PAGE_SIZE });
    if (options.readOnly) this.#db.exec(`PRAGMA cache_size = -${READER_KB}`);
    else takeOver(this.#db);
    this.#byId = this.#db.prepare("SELECT body FROM documents WHERE id = ?");
    this.#byIds = this.#db.prepare("SELECT id, body FROM documents WHERE id IN (SELECT value FROM json_each(?))");
    this.#has = this.#db.prepare("SELECT 1 FROM documents WHERE id = ?");
    this.#integrity = this.#db.prepare(
      "SELECT json_extract(body, '$.integrity') AS integrity FROM documents WHERE id = ?",
    );
  }

  /** Adds or replaces documents by id, all or none. @returns how many were new or changed by it */
  put(documents: readonly Document[]): number {
    this.begin(packDocuments(documents));
    return this.commit();
  }

  /**
   * Begins a batch, which `commit` ends and `abort` undoes.
   * @returns the documents that it is going to replace or take out, with what their text is to be
   */
  begin(batch: PackedDocuments): Replaced[] {
    return (this.#writer ??= new DocumentWriter(this.#db)).begin(batch);
  }

  /** @returns how many documents are new, changed or gone */
  commit(): number {
    return this.#writer!.commit();
  }

  abort(): void {
    this.#writer?.abort();
  }

  /**
   * Brings what was committed from the log into the file, while that is mostly new texts: call it where there is time. In
   * a large store every batch touches the indexes all over, and their pages are brought over seldom (`openDatabase`).
   */
  fold(): void {
    const pages = Number(this.#db.prepare("PRAGMA page_count").get()!["page_count"]);
    if (pages <= FOLDED_EARLY) this.#db.exec("PRAGMA wal_checkpoint(PASSIVE)");
  }

  /** The document with this id, or with this identifier (`PMID:…`, `DOI:…`, `URL:…`) among its others. */
  get(id: string): Document | undefined {
    const row = this.#byId.get(id) ?? this.#resolve(id);
    return row ? (JSON.parse(row["body"] as string) as Document) : undefined;
  }

  /** Those of the ids that there are, by id: read together, which takes half as long as one by one. */
  getAll(ids: readonly string[]): Map<string, Document> {
    const rows = this.#byIds.all(JSON.stringify(ids));
    return new Map(rows.map((row) => [row["id"] as string, JSON.parse(row["body"] as string) as Document]));
  }

  /** Documents whose id begins so, in order of arrival. */
  withPrefix(prefix: string): Document[] {
    const rows = this.#db
      .prepare("SELECT body FROM documents WHERE id >= ? AND substr(id, 1, ?) = ? ORDER BY row")
      .all(prefix, prefix.length, prefix);
    return rows.map((row) => JSON.parse(row["body"] as string) as Document);
  }

  /** Ids of all documents that this identifier leads to (`"rxcui", "83367"`), the one that it belongs to first. */
  byIdentifier(kind: string, value: string): string[] {
    const key = keyOf(kind, value);
    const own = ownIdOf(key);
    return [...(own && this.has(own) ? [own] : []), ...idsWith(this.#db, key).filter((id) => id !== own)];
  }

  /** Of those of the ids that other documents carry as an identifier: these documents, as a full text has the PMID of its abstract. */
  othersWith(ids: readonly string[]): Map<string, string[]> {
    const byKey = idsWithAny(this.#db, ids.map(keyOfId));
    const others = new Map<string, string[]>();
    for (const id of ids) {
      const key = keyOfId(id);
      const own = ownIdOf(key);
      const isOther = own !== undefined && own !== id && this.has(own);
      const found = [...(isOther ? [own] : []), ...(byKey.get(key) ?? []).filter((one) => one !== own && one !== id)];
      if (found.length > 0) others.set(id, found);
    }
    return others;
  }

  /** The documents that name this one in `related`, and as what. */
  linksTo(id: string): Link[] {
    return linksTo(this.#db, id);
  }

  has(id: string): boolean {
    return this.#has.get(id) !== undefined;
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
    this.begin({ ...packDocuments([]), removed: ids.map((id) => ({ id, revised: "" })) });
    return this.commit();
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

  #resolve(id: string) {
    const key = keyOfId(id);
    const own = ownIdOf(key);
    const row = own === undefined || own === id ? undefined : this.#byId.get(own);
    const [first] = row ? [] : idsWith(this.#db, key);
    return row ?? (first === undefined ? undefined : this.#byId.get(first));
  }
}

/** Brings a store that an older version made up to date. */
function takeOver(db: DatabaseSync): void {
  const columns = db.prepare("PRAGMA table_info(documents)").all();
  const hasRevised = columns.some((column) => column["name"] === "revised");
  const hasAliases = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'aliases'").get() !== undefined;
  if (hasRevised && !hasAliases && keepsLinks(db)) return;
  transaction(db, () => {
    if (!hasRevised) db.exec("ALTER TABLE documents ADD COLUMN revised TEXT");
    if (hasAliases) takeOverAliases(db);
    const hasLinks = knowsLinks(db);
    db.exec(LINKS_SCHEMA);
    if (!hasLinks) addAllLinks(db);
  });
}
