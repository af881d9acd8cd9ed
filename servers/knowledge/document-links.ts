/**
 * What documents name in `related`, to be asked from the other end: who cites a paper, which papers report a trial,
 * which notice speaks of a retraction. Kept by triggers where a document changes or goes. What a new one names its writer
 * says: to look for it in the text would take as long as to store that.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Document } from "../../schemas/index.ts";

const LINKS_OF = (row: "new" | "old") =>
  `SELECT value, kind, ${row}.row FROM (SELECT link.value AS value, relation.key AS kind
     FROM json_each(${row}.body, '$.related') relation, json_each(relation.value) link)`;
/** Most documents name nothing: for them the text is not parsed. */
const NAMES_SOMETHING = (row: "new" | "old") => `instr(${row}.body, '"related":{') > 0`;

export const LINKS_SCHEMA = `
CREATE TABLE IF NOT EXISTS links (target TEXT NOT NULL, kind TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (target, kind, row)) WITHOUT ROWID;
DROP TRIGGER IF EXISTS document_links_added;
CREATE TRIGGER IF NOT EXISTS document_links_changed AFTER UPDATE OF body ON documents
  WHEN ${NAMES_SOMETHING("old")} OR ${NAMES_SOMETHING("new")}
  BEGIN
    DELETE FROM links WHERE (target, kind, row) IN (${LINKS_OF("old")});
    INSERT OR IGNORE INTO links (target, kind, row) ${LINKS_OF("new")};
  END;
CREATE TRIGGER IF NOT EXISTS document_links_deleted AFTER DELETE ON documents WHEN ${NAMES_SOMETHING("old")}
  BEGIN DELETE FROM links WHERE (target, kind, row) IN (${LINKS_OF("old")}); END;`;

/** Adds what new documents name. */
export class LinkWriter {
  readonly #add: StatementSync;

  constructor(db: DatabaseSync) {
    this.#add = db.prepare("INSERT OR IGNORE INTO links (target, kind, row) VALUES (?, ?, ?)");
  }

  /** @param row of a document that was added just now */
  add(row: number | bigint, related: NonNullable<Document["related"]>): void {
    for (const [kind, targets] of Object.entries(related))
      for (const target of targets) this.#add.run(target, kind, row);
  }
}

const ALL_LINKS = `SELECT link.value AS target, relation.key AS kind, documents.row AS row
  FROM documents, json_each(documents.body, '$.related') relation, json_each(relation.value) link
  WHERE instr(documents.body, '"related":{') > 0`;

export interface Link {
  /** Of the document that names the target. */
  id: string;
  /** As what it names it: `retractionOf`, `trial`, `cites` … */
  kind: string;
}

export function knowsLinks(db: DatabaseSync): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'links'").get() !== undefined;
}

/** Whether they are kept as they are now: older stores have a trigger for new documents too. */
export function keepsLinks(db: DatabaseSync): boolean {
  return knowsLinks(db) && !db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'document_links_added'").get();
}

/** For a store from before there were links: call it once they can be kept. */
export function addAllLinks(db: DatabaseSync): void {
  db.exec(`INSERT OR IGNORE INTO links (target, kind, row) ${ALL_LINKS}`);
}

/** The documents that name `target`, oldest first. A store that does not keep links is read through. */
export function linksTo(db: DatabaseSync, target: string): Link[] {
  const links = knowsLinks(db) ? "links" : `(${ALL_LINKS})`;
  const rows = db
    .prepare(
      `SELECT documents.id AS id, l.kind AS kind FROM ${links} l JOIN documents ON documents.row = l.row
       WHERE l.target = ? ORDER BY l.row, l.kind`,
    )
    .all(target);
  return rows.map(({ id, kind }) => ({ id: id as string, kind: kind as string }));
}
