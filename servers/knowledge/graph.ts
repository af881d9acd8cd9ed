/**
 * `graph.db`: entities, their names, relations and the evidence of each, as records. Path finding and adjacency are
 * the explorer's; the clinical model and the vocabulary of the retriever are read from here too.
 */
import { createHash } from "node:crypto";
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { Entity, Evidence, Relation } from "../../schemas/index.ts";
import { normaliseName } from "./names.ts";
import { openDatabase, transaction } from "./sqlite.ts";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS entities (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, category TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS entities_category ON entities (category);
CREATE TABLE IF NOT EXISTS aliases (alias TEXT NOT NULL, entity INTEGER NOT NULL, PRIMARY KEY (alias, entity)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS names (norm TEXT NOT NULL, entity INTEGER NOT NULL, name TEXT NOT NULL, preferred INTEGER NOT NULL, PRIMARY KEY (norm, entity)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS names_entity ON names (entity);
CREATE VIRTUAL TABLE IF NOT EXISTS names_trigram USING fts5 (norm, tokenize = 'trigram');
CREATE TABLE IF NOT EXISTS predicates (row INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS relations (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, subject INTEGER NOT NULL, predicate INTEGER NOT NULL, object INTEGER NOT NULL, negated INTEGER NOT NULL, qualifiers TEXT);
CREATE INDEX IF NOT EXISTS relations_out ON relations (subject, predicate, object);
CREATE INDEX IF NOT EXISTS relations_in ON relations (object, predicate, subject);
CREATE TABLE IF NOT EXISTS evidence (relation INTEGER NOT NULL, document TEXT NOT NULL, quote TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (relation, document, quote)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS evidence_document ON evidence (document);`;

export interface StoredRelation extends Relation {
  id: string;
}

/** One edge as integers, for in-memory adjacency: rows of entities and predicates. */
export interface Edge {
  relation: number;
  subject: number;
  predicate: number;
  object: number;
  negated: boolean;
}

export interface EntityRow {
  row: number;
  entity: Entity;
}

export interface NameRow {
  norm: string;
  name: string;
  entity: number;
  preferred: boolean;
}

/** Identity of a relation: ends, predicate, negation and qualifiers. The same statement from two sources is one relation with two pieces of evidence. */
export function relationId(
  relation: Pick<Relation, "subject" | "predicate" | "object" | "negated" | "qualifiers">,
): string {
  const { subject, predicate, object, negated = false, qualifiers } = relation;
  const identity = JSON.stringify([subject, predicate, object, negated, canonical(qualifiers ?? {})]);
  return `R:${createHash("sha256").update(identity).digest("hex").slice(0, 16)}`;
}

export class GraphStore {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, ReturnType<DatabaseSync["prepare"]>>();
  readonly #predicateRows = new Map<string, number>();

  constructor(path: string, options: { readOnly?: boolean } = {}) {
    this.#db = openDatabase(path, { ...options, schema: SCHEMA });
  }

  /** Adds entities, or merges into those of the same id: names are united, a newer name wins, nothing known is dropped. */
  putEntities(entities: readonly Entity[]): void {
    transaction(this.#db, () => entities.forEach((entity) => this.#putEntity(entity)));
  }

  /** Adds relations and unites their evidence. Both ends must be known. @throws Error that names the unknown end */
  putRelations(relations: readonly Relation[]): void {
    transaction(this.#db, () => relations.forEach((relation) => this.#putRelation(relation)));
  }

  /** By id, or by an identifier among its xrefs. */
  entity(id: string): Entity | undefined {
    const row = this.rowOf(id);
    return row === undefined ? undefined : this.entityAt(row);
  }

  /** The integer of an entity, or undefined. */
  rowOf(id: string): number | undefined {
    const found =
      this.#get("SELECT row FROM entities WHERE id = ?", id) ??
      this.#get("SELECT entity AS row FROM aliases WHERE alias = ? ORDER BY entity LIMIT 1", id);
    return found && Number(found["row"]);
  }

  entityAt(row: number): Entity {
    const found = this.#get("SELECT body FROM entities WHERE row = ?", row);
    if (!found) throw new Error(`graph.db has no entity in row ${row}`);
    return JSON.parse(found["body"] as string) as Entity;
  }

  relation(id: string): StoredRelation | undefined {
    const found = this.#get("SELECT row FROM relations WHERE id = ?", id);
    return found && this.relationAt(Number(found["row"]));
  }

  relationAt(row: number): StoredRelation {
    const found = this.#get(
      `SELECT r.id, s.id AS subject, p.name AS predicate, o.id AS object, r.negated, r.qualifiers FROM relations r
       JOIN entities s ON s.row = r.subject JOIN predicates p ON p.row = r.predicate JOIN entities o ON o.row = r.object WHERE r.row = ?`,
      row,
    );
    if (!found) throw new Error(`graph.db has no relation in row ${row}`);
    const relation: StoredRelation = {
      id: found["id"] as string,
      subject: found["subject"] as string,
      predicate: found["predicate"] as string,
      object: found["object"] as string,
      evidence: this.evidenceAt(row),
    };
    if (found["negated"]) relation.negated = true;
    if (found["qualifiers"]) relation.qualifiers = JSON.parse(found["qualifiers"] as string);
    return relation;
  }

  evidenceAt(row: number): Evidence[] {
    return this.#all("SELECT body FROM evidence WHERE relation = ?", row).map(
      (e) => JSON.parse(e["body"] as string) as Evidence,
    );
  }

  /** Entities whose folded name is exactly `norm` (see `normaliseName`). */
  named(norm: string): NameRow[] {
    return this.#all(
      "SELECT norm, name, entity, preferred FROM names WHERE norm = ? ORDER BY preferred DESC, entity",
      norm,
    ).map(toName);
  }

  /** True where some name begins with these folded words: lets a longest-match scan stop early. */
  hasNamePrefix(norm: string): boolean {
    return (
      this.#get("SELECT 1 AS x FROM names WHERE norm >= ? AND norm < ? LIMIT 1", norm, `${norm}\u{10ffff}`) !==
      undefined
    );
  }

  /** Names that begin with `norm`. */
  namesWithPrefix(norm: string, limit: number): NameRow[] {
    return this.#all(
      "SELECT norm, name, entity, preferred FROM names WHERE norm >= ? AND norm < ? ORDER BY length(norm), norm LIMIT ?",
      norm,
      `${norm}\u{10ffff}`,
      limit,
    ).map(toName);
  }

  /** Candidates for a misspelt or partial name: names that share most letter triples with it, best first. */
  similarNames(norm: string, limit: number): NameRow[] {
    const triples = new Set<string>();
    for (let i = 0; i + 3 <= norm.length; i++) triples.add(norm.slice(i, i + 3));
    if (triples.size === 0) return [];
    const query = [...triples].map((t) => `"${t.replaceAll('"', '""')}"`).join(" OR ");
    return this.#all(
      `SELECT n.norm, n.name, n.entity, n.preferred FROM (SELECT norm, rank FROM names_trigram WHERE names_trigram MATCH ? ORDER BY rank LIMIT ?) t
       JOIN names n ON n.norm = t.norm ORDER BY t.rank`,
      query,
      limit,
    ).map(toName);
  }

  /** Every entity with its integer, streamed in order of arrival. */
  *entities(category?: string): Generator<EntityRow> {
    const statement = category
      ? this.#db.prepare("SELECT row, body FROM entities WHERE category = ? ORDER BY row").iterate(category)
      : this.#db.prepare("SELECT row, body FROM entities ORDER BY row").iterate();
    for (const row of statement) yield { row: Number(row["row"]), entity: JSON.parse(row["body"] as string) as Entity };
  }

  /** Every edge as integers, streamed. */
  *edges(): Generator<Edge> {
    const rows = this.#db
      .prepare("SELECT row, subject, predicate, object, negated FROM relations ORDER BY row")
      .iterate();
    for (const r of rows) {
      yield {
        relation: Number(r["row"]),
        subject: Number(r["subject"]),
        predicate: Number(r["predicate"]),
        object: Number(r["object"]),
        negated: r["negated"] === 1,
      };
    }
  }

  /** Every relation with this predicate and its evidence, streamed. */
  *relations(predicate: string): Generator<StoredRelation> {
    const rows = this.#db
      .prepare("SELECT r.row FROM relations r JOIN predicates p ON p.row = r.predicate WHERE p.name = ? ORDER BY r.row")
      .iterate(predicate);
    for (const r of rows) yield this.relationAt(Number(r["row"]));
  }

  predicates(): { row: number; name: string; count: number }[] {
    return this.#all(
      "SELECT p.row, p.name, count(r.row) AS n FROM predicates p LEFT JOIN relations r ON r.predicate = p.row GROUP BY p.row ORDER BY n DESC",
    ).map((r) => ({ row: Number(r["row"]), name: r["name"] as string, count: Number(r["n"]) }));
  }

  categories(): { category: string; count: number; example: string }[] {
    return this.#all(
      "SELECT category, count(*) AS n, (SELECT name FROM entities e WHERE e.category = c.category ORDER BY row LIMIT 1) AS example FROM entities c GROUP BY category ORDER BY n DESC",
    ).map((r) => ({ category: r["category"] as string, count: Number(r["n"]), example: r["example"] as string }));
  }

  counts(): { entities: number; relations: number } {
    const row = this.#get("SELECT (SELECT count(*) FROM entities) AS e, (SELECT count(*) FROM relations) AS r")!;
    return { entities: Number(row["e"]), relations: Number(row["r"]) };
  }

  close(): void {
    this.#db.close();
  }

  #putEntity(entity: Entity): void {
    const known = this.#get("SELECT row, body FROM entities WHERE id = ?", entity.id);
    const merged = known ? mergeEntities(JSON.parse(known["body"] as string) as Entity, entity) : entity;
    const row = Number(
      this.#get(
        `INSERT INTO entities (id, name, category, body) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, category = excluded.category, body = excluded.body RETURNING row`,
        merged.id,
        merged.name,
        merged.category,
        JSON.stringify(merged),
      )!["row"],
    );
    for (const alias of merged.xrefs ?? [])
      this.#run("INSERT OR IGNORE INTO aliases (alias, entity) VALUES (?, ?)", alias, row);
    for (const name of [merged.name, ...(merged.synonyms ?? [])]) {
      const norm = normaliseName(name);
      if (!norm) continue;
      if (!this.#get("SELECT 1 AS x FROM names WHERE norm = ? LIMIT 1", norm)) {
        this.#run("INSERT INTO names_trigram (norm) VALUES (?)", norm);
      }
      this.#run(
        "INSERT INTO names (norm, entity, name, preferred) VALUES (?, ?, ?, ?) ON CONFLICT (norm, entity) DO UPDATE SET preferred = max(preferred, excluded.preferred)",
        norm,
        row,
        name,
        name === merged.name ? 1 : 0,
      );
    }
  }

  #putRelation(relation: Relation): void {
    const subject = this.#endOf(relation, relation.subject);
    const object = this.#endOf(relation, relation.object);
    const predicate = this.#predicateRow(relation.predicate);
    const qualifiers =
      relation.qualifiers && Object.keys(relation.qualifiers).length > 0 ? JSON.stringify(relation.qualifiers) : null;
    const row = Number(
      this.#get(
        `INSERT INTO relations (id, subject, predicate, object, negated, qualifiers) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET negated = excluded.negated RETURNING row`,
        relationId(relation),
        subject,
        predicate,
        object,
        relation.negated ? 1 : 0,
        qualifiers,
      )!["row"],
    );
    for (const evidence of relation.evidence) {
      this.#run(
        "INSERT OR REPLACE INTO evidence (relation, document, quote, body) VALUES (?, ?, ?, ?)",
        row,
        evidence.document,
        evidence.quote,
        JSON.stringify(evidence),
      );
    }
  }

  #endOf(relation: Relation, id: string): number {
    const row = this.rowOf(id);
    if (row === undefined) {
      throw new Error(
        `relation ${relation.subject} ${relation.predicate} ${relation.object}: ${id} is not a known entity; import the entity first`,
      );
    }
    return row;
  }

  #predicateRow(name: string): number {
    let row = this.#predicateRows.get(name);
    if (row === undefined) {
      this.#run("INSERT OR IGNORE INTO predicates (name) VALUES (?)", name);
      row = Number(this.#get("SELECT row FROM predicates WHERE name = ?", name)!["row"]);
      this.#predicateRows.set(name, row);
    }
    return row;
  }

  #prepared(sql: string) {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#db.prepare(sql)));
    return statement;
  }
  #get(sql: string, ...values: SQLInputValue[]) {
    return this.#prepared(sql).get(...values);
  }
  #all(sql: string, ...values: SQLInputValue[]) {
    return this.#prepared(sql).all(...values);
  }
  #run(sql: string, ...values: SQLInputValue[]) {
    this.#prepared(sql).run(...values);
  }
}

function toName(row: Record<string, unknown>): NameRow {
  return {
    norm: row["norm"] as string,
    name: row["name"] as string,
    entity: Number(row["entity"]),
    preferred: row["preferred"] === 1,
  };
}

function mergeEntities(known: Entity, newer: Entity): Entity {
  const names = new Set([...(known.synonyms ?? []), known.name, ...(newer.synonyms ?? [])]);
  names.delete(newer.name);
  const xrefs = new Set([...(known.xrefs ?? []), ...(newer.xrefs ?? [])]);
  const merged: Entity = { ...known, ...newer, attributes: { ...known.attributes, ...newer.attributes } };
  merged.synonyms = [...names];
  merged.xrefs = [...xrefs];
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
