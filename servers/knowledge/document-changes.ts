/**
 * What changed in `documents.db` since some moment, so that what is derived from it (the search index) follows without
 * reading everything again. New documents have higher rows than all before; of changed and removed ones the row is noted
 * by triggers, so that no writer can forget it.
 */
import type { DatabaseSync } from "node:sqlite";

export const CHANGES_SCHEMA = `
CREATE TABLE IF NOT EXISTS changes (seq INTEGER PRIMARY KEY, row INTEGER NOT NULL);
CREATE TRIGGER IF NOT EXISTS document_changed AFTER UPDATE OF body ON documents
  BEGIN INSERT INTO changes (row) VALUES (old.row); END;
CREATE TRIGGER IF NOT EXISTS document_deleted AFTER DELETE ON documents
  BEGIN INSERT INTO changes (row) VALUES (old.row); END;`;

export interface StoreState {
  /** The last row. */
  row: number;
  /** The last noted change. */
  seq: number;
}

export interface DocumentRow {
  row: number;
  id: string;
  /** The document as JSON. */
  body: string;
}

export function stateOf(db: DatabaseSync): StoreState {
  // The changes first: one that comes in between is then told once too often, not once too seldom.
  const seq = knowsChanges(db) ? Number(db.prepare("SELECT max(seq) AS n FROM changes").get()!["n"] ?? 0) : 0;
  return { seq, row: Number(db.prepare("SELECT max(row) AS n FROM documents").get()!["n"] ?? 0) };
}

export function changedRows(db: DatabaseSync, since: StoreState): number[] {
  if (!knowsChanges(db)) return [];
  const rows = db.prepare("SELECT DISTINCT row FROM changes WHERE seq > ? AND row <= ? ORDER BY row");
  return rows.all(since.seq, since.row).map(({ row }) => row as number);
}

export function* documentRows(
  db: DatabaseSync,
  wanted: { after: number; until: number } | readonly number[],
): Generator<DocumentRow> {
  if ("until" in wanted) {
    const rows = db.prepare("SELECT row, id, body FROM documents WHERE row > ? AND row <= ? ORDER BY row");
    for (const row of rows.iterate(wanted.after, wanted.until)) yield row as unknown as DocumentRow;
    return;
  }
  const one = db.prepare("SELECT row, id, body FROM documents WHERE row = ?");
  for (const row of wanted) {
    const found = one.get(row);
    if (found) yield found as unknown as DocumentRow;
  }
}

/** A store of an older version, opened for reading, has not been prepared for it; it cannot have been changed since either. */
function knowsChanges(db: DatabaseSync): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'changes'").get() !== undefined;
}
