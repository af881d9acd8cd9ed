/**
 * `graph.db`: entities, their names, relations and the evidence of each, as records. Path finding and adjacency are
 * the explorer's; the clinical model and the vocabulary of the retriever are read from here too.
 */
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { Entity, Evidence, Relation } from "../../schemas/index.ts";
import { evidenceFromRow, GRAPH_SCHEMA, GraphWriter, type OnDangling } from "./graph-writer.ts";
import { openDatabase } from "./sqlite.ts";

export { relationId } from "./graph-writer.ts";

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

export class GraphStore {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, ReturnType<DatabaseSync["prepare"]>>();
  #writer: GraphWriter | undefined;

  constructor(path: string, options: { readOnly?: boolean } = {}) {
    this.#db = openDatabase(path, { ...options, schema: GRAPH_SCHEMA });
  }

  /**
   * Adds entities, or merges into those of the same id: names are united, a newer name wins, nothing known is dropped.
   * @returns how many were new or changed by it
   */
  putEntities(entities: readonly Entity[]): number {
    return this.#write().putEntities(entities);
  }

  /**
   * Adds relations and unites their evidence. Both ends must be known.
   * @param onDangling told of relations that are left out because an end is unknown
   * @returns how many were new or gained evidence
   * @throws Error that names the unknown end, where nobody is told of it
   */
  putRelations(relations: readonly Relation[], onDangling?: OnDangling): number {
    return this.#write().putRelations(relations, onDangling);
  }

  /** Removes evidence that a document no longer holds (`holds(quote)` is false), and relations that are left with none. */
  retractEvidence(document: string, holds: (quote: string) => boolean): void {
    this.#write().retractEvidence(document, holds);
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
    return { ...toRelation(found, found["predicate"] as string), evidence: this.evidenceAt(row) };
  }

  evidenceAt(row: number): Evidence[] {
    return this.#all("SELECT document, quote, body FROM evidence WHERE relation = ? ORDER BY row", row).map(
      evidenceFromRow,
    );
  }

  /** All entities with this id or with it among their xrefs: twins from two sources may share an identifier. */
  rowsOf(id: string): number[] {
    const own = this.#get("SELECT row FROM entities WHERE id = ?", id);
    const found = own ? [own] : this.#all("SELECT entity AS row FROM aliases WHERE alias = ? ORDER BY entity", id);
    return found.map((r) => Number(r["row"]));
  }

  /** Changes whenever the stored graph may have changed, through this connection or another: what is kept in memory is valid for one revision. */
  revision(): string {
    const elsewhere = this.#get("PRAGMA data_version")!["data_version"];
    const here = this.#get("SELECT total_changes() AS n")!["n"];
    return `${Number(elsewhere)}.${Number(here)}`;
  }

  /** Rows of a query that only reads, prepared once: for the graph questions of `neighbourhood.ts` and `linking.ts`. */
  select(sql: string, ...values: SQLInputValue[]): Record<string, unknown>[] {
    return this.#all(sql, ...values);
  }

  /** Every distinct folded name, in order. One row for all of them: four times as fast as a row each. */
  norms(): string[] {
    const row = this.#get(
      "SELECT group_concat(norm, char(10)) AS norms FROM (SELECT DISTINCT norm FROM names ORDER BY norm)",
    );
    const norms = row!["norms"] as string | null;
    return norms ? norms.split("\n") : [];
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

  /** Every relation with this predicate and its evidence, streamed in order of arrival. */
  *relations(predicate: string): Generator<StoredRelation & { row: number }> {
    const rows = this.#db
      .prepare(
        `SELECT r.row, r.id, s.id AS subject, o.id AS object, r.negated, r.qualifiers, e.document, e.quote, e.body FROM relations r
         JOIN predicates p ON p.row = r.predicate JOIN entities s ON s.row = r.subject JOIN entities o ON o.row = r.object
         LEFT JOIN evidence e ON e.relation = r.row WHERE p.name = ? ORDER BY r.row, e.row`,
      )
      .iterate(predicate);
    let current: (StoredRelation & { row: number }) | undefined;
    for (const r of rows) {
      const row = Number(r["row"]);
      if (row !== current?.row) {
        if (current) yield current;
        current = { row, ...toRelation(r, predicate), evidence: [] };
      }
      if (r["document"] !== null) current.evidence.push(evidenceFromRow(r));
    }
    if (current) yield current;
  }

  predicates(): { row: number; name: string; count: number }[] {
    return this.#all(
      "SELECT p.row, p.name, coalesce(c.n, 0) AS n FROM predicates p LEFT JOIN (SELECT predicate, count(*) AS n FROM relations GROUP BY predicate) c ON c.predicate = p.row ORDER BY n DESC, p.name",
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

  #write(): GraphWriter {
    return (this.#writer ??= new GraphWriter(this.#db));
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
}

function toRelation(row: Record<string, unknown>, predicate: string): Omit<StoredRelation, "evidence"> {
  const relation: Omit<StoredRelation, "evidence"> = {
    id: row["id"] as string,
    subject: row["subject"] as string,
    predicate,
    object: row["object"] as string,
  };
  if (row["negated"]) relation.negated = true;
  if (row["qualifiers"]) relation.qualifiers = JSON.parse(row["qualifiers"] as string);
  return relation;
}

function toName(row: Record<string, unknown>): NameRow {
  return {
    norm: row["norm"] as string,
    name: row["name"] as string,
    entity: Number(row["entity"]),
    preferred: row["preferred"] === 1,
  };
}
