/**
 * What documents name in `related`, to be asked from the other end: who cites a paper, which papers report a trial,
 * which notice speaks of a retraction. Kept by triggers, so that no writer can forget it.
 */
import type { DatabaseSync } from "node:sqlite";

const LINKS_OF = (row: "new" | "old") =>
  `SELECT value, kind, ${row}.row FROM (SELECT link.value AS value, relation.key AS kind
     FROM json_each(${row}.body, '$.related') relation, json_each(relation.value) link)`;
/** Most documents name nothing: for them the text is not parsed. */
const NAMES_SOMETHING = (row: "new" | "old") => `instr(${row}.body, '"related":{') > 0`;

export const LINKS_SCHEMA = `
CREATE TABLE IF NOT EXISTS links (target TEXT NOT NULL, kind TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (target, kind, row)) WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS document_links_added AFTER INSERT ON documents WHEN ${NAMES_SOMETHING("new")}
  BEGIN INSERT OR IGNORE INTO links (target, kind, row) ${LINKS_OF("new")}; END;
CREATE TRIGGER IF NOT EXISTS document_links_changed AFTER UPDATE OF body ON documents
  WHEN ${NAMES_SOMETHING("old")} OR ${NAMES_SOMETHING("new")}
  BEGIN
    DELETE FROM links WHERE (target, kind, row) IN (${LINKS_OF("old")});
    INSERT OR IGNORE INTO links (target, kind, row) ${LINKS_OF("new")};
  END;
CREATE TRIGGER IF NOT EXISTS document_links_deleted AFTER DELETE ON documents WHEN ${NAMES_SOMETHING("old")}
  BEGIN DELETE FROM links WHERE (target, kind, row) IN (${LINKS_OF("old")}); END;`;

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
