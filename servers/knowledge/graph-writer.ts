/**
 * Writing to `graph.db`: its tables, and how entities and relations are added to them and merged with what is there.
 * Made for bulk: statements are prepared once, ends of relations are looked up once, and what is known is not written.
 */
import { hash } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Entity, Evidence, Relation } from "../../schemas/index.ts";
import { normaliseName } from "./names.ts";
import { transaction } from "./sqlite.ts";

export const GRAPH_SCHEMA = `
CREATE TABLE IF NOT EXISTS entities (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, category TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS entities_category ON entities (category);
CREATE TABLE IF NOT EXISTS aliases (alias TEXT NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (alias, entity)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS names (norm TEXT NOT NULL, entity INTEGER NOT NULL, name TEXT NOT NULL, preferred INTEGER NOT NULL, PRIMARY KEY (norm, entity)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS names_entity ON names (entity);
CREATE TABLE IF NOT EXISTS predicates (row INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS relations (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, subject INTEGER NOT NULL, predicate INTEGER NOT NULL, object INTEGER NOT NULL, negated INTEGER NOT NULL, qualifiers TEXT);
CREATE INDEX IF NOT EXISTS relations_out ON relations (subject, predicate, object);
CREATE INDEX IF NOT EXISTS relations_in ON relations (object, predicate, subject);
CREATE TABLE IF NOT EXISTS evidence (row INTEGER PRIMARY KEY, relation INTEGER NOT NULL, document TEXT NOT NULL, quote TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS evidence_relation ON evidence (relation);
CREATE INDEX IF NOT EXISTS evidence_document ON evidence (document);`;

/** Identity of a relation: ends, predicate, negation and qualifiers. The same statement from two sources is one relation with two pieces of evidence. */
export function relationId(
  relation: Pick<Relation, "subject" | "predicate" | "object" | "negated" | "qualifiers">,
): string {
  const { subject, predicate, object, negated = false, qualifiers } = relation;
  const identity = JSON.stringify([subject, predicate, object, negated, canonical(qualifiers ?? {})]);
  return `R:${hash("sha256", identity).slice(0, 16)}`;
}

/** Evidence as a row: document and quote are columns, the rest is JSON. */
export function evidenceFromRow(row: Record<string, unknown>): Evidence {
  const rest = JSON.parse(row["body"] as string) as Omit<Evidence, "document" | "quote">;
  return { document: row["document"] as string, quote: row["quote"] as string, ...rest };
}

/** Told of a relation that is left out, and of the end that is no known entity. */
export type OnDangling = (relation: Relation, unknown: string) => void;

export function danglingReason({ subject, predicate, object }: Relation, unknown: string): string {
  return `relation ${subject} ${predicate} ${object}: ${unknown} is not a known entity; import the entity first`;
}

export class GraphWriter {
  readonly #db: DatabaseSync;
  readonly #sql: ReturnType<typeof prepare>;
  /** Rows of entities that relations named: rows never change. */
  #ends = new Map<string, number>();
  readonly #predicates = new Map<string, number>();

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#sql = prepare(db);
  }

  /** @returns how many were new or changed by it */
  putEntities(entities: readonly Entity[]): number {
    return transaction(this.#db, () => count(entities, (entity) => this.#putEntity(entity)));
  }

  /**
   * @param onDangling told of relations that are left out because an end is unknown
   * @returns how many were new or gained evidence. @throws Error that names an unknown end, where nobody is told of it
   */
  putRelations(relations: readonly Relation[], onDangling?: OnDangling): number {
    if (this.#ends.size > MOST_ENDS) this.#ends = new Map();
    return transaction(this.#db, () =>
      count(relations, (relation) => {
        const unknown = [relation.subject, relation.object].find((id) => this.#endOf(id) === undefined);
        if (unknown === undefined) return this.#putRelation(relation);
        if (!onDangling) throw new Error(danglingReason(relation, unknown));
        onDangling(relation, unknown);
        return false;
      }),
    );
  }

  /** Removes what a document no longer says: its evidence for which `holds(quote)` is false, and relations left with none. */
  retractEvidence(document: string, holds: (quote: string) => boolean): void {
    transaction(this.#db, () => {
      for (const { row, relation, quote } of this.#sql.ofDocument.all(document)) {
        if (holds(quote as string)) continue;
        this.#sql.dropEvidence.run(row!);
        this.#sql.dropBareRelation.run(relation!);
      }
    });
  }

  #putEntity(entity: Entity): boolean {
    const found = this.#sql.entity.get(entity.id);
    if (!found) {
      const { id, name, category } = entity;
      const row = Number(this.#sql.addEntity.run(id, name, category, JSON.stringify(entity)).lastInsertRowid);
      this.#putNames(row, entity);
      return true;
    }
    const known = JSON.parse(found["body"] as string) as Entity;
    const merged = mergeEntities(known, entity);
    const body = JSON.stringify(merged);
    if (body === found["body"]) return false;
    const row = Number(found["row"]);
    this.#sql.changeEntity.run(merged.name, merged.category, body, row);
    if (merged.name !== known.name) this.#sql.demoteNames.run(row);
    this.#putNames(row, merged);
    return true;
  }

  #putNames(row: number, { name, synonyms = [], xrefs = [] }: Entity): void {
    for (const alias of xrefs) this.#sql.addAlias.run(alias, row);
    for (const each of [name, ...synonyms]) {
      const norm = normaliseName(each);
      if (!norm) continue;
      this.#sql.addName.run(norm, row, each, each === name ? 1 : 0);
    }
  }

  #putRelation(relation: Relation): boolean {
    const id = relationId(relation);
    const found = this.#sql.relation.get(id);
    if (found) return this.#addEvidence(Number(found["row"]), relation.evidence);
    const { qualifiers, negated } = relation;
    const row = this.#sql.addRelation.run(
      id,
      this.#endOf(relation.subject)!,
      this.#predicateRow(relation.predicate),
      this.#endOf(relation.object)!,
      negated ? 1 : 0,
      qualifiers && Object.keys(qualifiers).length > 0 ? JSON.stringify(qualifiers) : null,
    ).lastInsertRowid;
    const [only, ...others] = relation.evidence;
    if (only && others.length === 0) this.#insertEvidence(Number(row), only);
    else this.#addEvidence(Number(row), relation.evidence);
    return true;
  }

  /** Unites evidence with what the relation has: one piece per document and quote, the newer wins. */
  #addEvidence(relation: number, evidence: readonly Evidence[]): boolean {
    let changed = false;
    for (const piece of evidence) {
      const known = this.#sql.evidence
        .all(relation)
        .find((row) => row["document"] === piece.document && row["quote"] === piece.quote);
      if (known?.["body"] === evidenceBody(piece)) continue;
      if (known) this.#sql.changeEvidence.run(evidenceBody(piece), Number(known["row"]));
      else this.#insertEvidence(relation, piece);
      changed = true;
    }
    return changed;
  }

  #insertEvidence(relation: number, piece: Evidence): void {
    this.#sql.addEvidence.run(relation, piece.document, piece.quote, evidenceBody(piece));
  }

  #endOf(id: string): number | undefined {
    const known = this.#ends.get(id);
    if (known !== undefined) return known;
    const found = this.#sql.entity.get(id) ?? this.#sql.alias.get(id);
    if (!found) return undefined;
    const row = Number(found["row"]);
    this.#ends.set(id, row);
    return row;
  }

  #predicateRow(name: string): number {
    let row = this.#predicates.get(name);
    if (row === undefined) {
      this.#sql.addPredicate.run(name);
      row = Number(this.#sql.predicate.get(name)!["row"]);
      this.#predicates.set(name, row);
    }
    return row;
  }
}

/** Ends kept in memory, some 100 bytes each. */
const MOST_ENDS = 1_000_000;

function prepare(db: DatabaseSync) {
  return {
    entity: db.prepare("SELECT row, body FROM entities WHERE id = ?"),
    alias: db.prepare("SELECT entity AS row FROM aliases WHERE alias = ? ORDER BY entity LIMIT 1"),
    addEntity: db.prepare("INSERT INTO entities (id, name, category, body) VALUES (?, ?, ?, ?)"),
    changeEntity: db.prepare("UPDATE entities SET name = ?, category = ?, body = ? WHERE row = ?"),
    addAlias: db.prepare("INSERT OR IGNORE INTO aliases (alias, entity) VALUES (?, ?)"),
    demoteNames: db.prepare("UPDATE names SET preferred = 0 WHERE entity = ?"),
    addName: db.prepare(
      "INSERT INTO names (norm, entity, name, preferred) VALUES (?, ?, ?, ?) ON CONFLICT (norm, entity) DO UPDATE SET preferred = max(preferred, excluded.preferred)",
    ),
    predicate: db.prepare("SELECT row FROM predicates WHERE name = ?"),
    addPredicate: db.prepare("INSERT OR IGNORE INTO predicates (name) VALUES (?)"),
    relation: db.prepare("SELECT row FROM relations WHERE id = ?"),
    addRelation: db.prepare(
      "INSERT INTO relations (id, subject, predicate, object, negated, qualifiers) VALUES (?, ?, ?, ?, ?, ?)",
    ),
    evidence: db.prepare("SELECT row, document, quote, body FROM evidence WHERE relation = ?"),
    addEvidence: db.prepare("INSERT INTO evidence (relation, document, quote, body) VALUES (?, ?, ?, ?)"),
    ofDocument: db.prepare("SELECT row, relation, quote FROM evidence WHERE document = ?"),
    dropEvidence: db.prepare("DELETE FROM evidence WHERE row = ?"),
    dropBareRelation: db.prepare(
      "DELETE FROM relations WHERE row = ?1 AND NOT EXISTS (SELECT 1 FROM evidence WHERE relation = ?1)",
    ),
    changeEvidence: db.prepare("UPDATE evidence SET body = ? WHERE row = ?"),
  } satisfies Record<string, StatementSync>;
}

function count<T>(items: readonly T[], changes: (item: T) => boolean): number {
  let changed = 0;
  for (const item of items) if (changes(item)) changed++;
  return changed;
}

function evidenceBody({ knowledgeLevel, agent, references }: Evidence): string {
  return JSON.stringify({ knowledgeLevel, agent, references });
}

/** Names are united, a newer name wins, nothing known is dropped; merging the same again changes nothing. */
function mergeEntities(known: Entity, newer: Entity): Entity {
  const names = new Set([...(known.synonyms ?? []), known.name, ...(newer.synonyms ?? [])]);
  names.delete(newer.name);
  const xrefs = new Set([...(known.xrefs ?? []), ...(newer.xrefs ?? [])]);
  const merged: Entity = { ...known, ...newer };
  if (names.size > 0) merged.synonyms = [...names];
  else delete merged.synonyms;
  if (xrefs.size > 0) merged.xrefs = [...xrefs];
  if (known.attributes && newer.attributes) merged.attributes = { ...known.attributes, ...newer.attributes };
  return merged;
}

/** The same value with sorted keys, so that equal qualifiers have equal text. */
function canonical(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, canonical(v)]),
  );
}
