/** Brings a `graph.db` of the first format up to date: relations from a row each into blocks, with the same row numbers. */
import type { DatabaseSync } from "node:sqlite";
import type { Evidence, Relation } from "../../schemas/index.ts";
import { DROP_NEW_TABLES, GRAPH_SCHEMA, GRAPH_VERSION, storeAge } from "./graph-schema.ts";
import { RelationWriter } from "./relation-writer.ts";
import { transaction } from "./sqlite.ts";

/**
 * All or nothing, and safe where two processes try at once. The old tables stay until the next import, for programs that
 * still read them.
 */
export function migrate(db: DatabaseSync, path: string): void {
  db.exec(`PRAGMA busy_timeout = ${PATIENCE_MS}`);
  transaction(db, () => {
    // Another process may have been faster.
    if (storeAge(db, path) !== "older") return;
    db.exec(`${DROP_NEW_TABLES} ${GRAPH_SCHEMA}`);
    new RelationWriter(db).takeOver(oldRelations(db));
    db.exec(`PRAGMA user_version = ${GRAPH_VERSION}`);
  });
}

/** Some seconds for a quarter of a million relations. */
const PATIENCE_MS = 300_000;

function* oldRelations(db: DatabaseSync): Generator<{ row: number; relation: Relation }> {
  const rows = db
    .prepare(
      `SELECT r.row, s.id AS subject, p.name AS predicate, o.id AS object, r.negated, r.qualifiers, e.document, e.quote, e.body FROM relations r
       JOIN entities s ON s.row = r.subject JOIN predicates p ON p.row = r.predicate JOIN entities o ON o.row = r.object
       LEFT JOIN evidence e ON e.relation = r.row ORDER BY r.row, e.row`,
    )
    .iterate();
  let current: { row: number; relation: Relation } | undefined;
  for (const r of rows) {
    const row = Number(r["row"]);
    if (row !== current?.row) {
      if (current) yield current;
      current = { row, relation: relationOf(r) };
    }
    if (r["document"] === null) continue;
    const rest = JSON.parse(r["body"] as string) as Omit<Evidence, "document" | "quote">;
    current.relation.evidence.push({ document: r["document"] as string, quote: r["quote"] as string, ...rest });
  }
  if (current) yield current;
}

function relationOf(row: Record<string, unknown>): Relation {
  const relation: Relation = {
    subject: row["subject"] as string,
    predicate: row["predicate"] as string,
    object: row["object"] as string,
    evidence: [],
  };
  if (row["negated"]) relation.negated = true;
  if (row["qualifiers"]) relation.qualifiers = JSON.parse(row["qualifiers"] as string);
  return relation;
}
