/**
 * `graph.db`: entities, their names, relations and the evidence of each, as records. What is asked of the neighbourhood of
 * an entity is in `neighbourhood.ts`; the clinical model and the vocabulary of the retriever are read from here too.
 */
import { dirname, join } from "node:path";
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { Entity, Evidence, Relation } from "../../schemas/index.ts";
import type { GraphArrays } from "./adjacency.ts";
import { Arrangement } from "./arrangement.ts";
import { edgeBlocks } from "./edge-columns.ts";
import { edgesOfBlock, rowsWithIdentity, type EdgeFacts } from "./edge-table.ts";
import { EntityWriter } from "./entity-writer.ts";
import { openGraph } from "./graph-file.ts";
import { packRelations, type PackedRelations } from "./packed-relations.ts";
import { bitsOfId } from "./relation-identity.ts";
import { danglingReason, RelationWriter, type OnDangling } from "./relation-writer.ts";
import { RelationReader, type StoredRelation } from "./relation-reader.ts";

export type { StoredRelation } from "./relation-reader.ts";

/** One relation as integers: rows of entities and predicates, and of the relation itself. */
export interface Edge extends EdgeFacts {
  relation: number;
}

/** An entity as a line in a list. */
export interface EntityBrief {
  row: number;
  id: string;
  name: string;
  category: string;
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
  readonly #arrangement: Arrangement;
  readonly #relations: RelationReader;
  readonly #statements = new Map<string, ReturnType<DatabaseSync["prepare"]>>();
  #entityWriter: EntityWriter | undefined;
  #relationWriter: RelationWriter | undefined;

  /** @throws Error where the file was made by a newer program, or by an older one and cannot be brought up to date */
  constructor(path: string, options: { readOnly?: boolean } = {}) {
    this.#db = openGraph(path, options.readOnly ?? false);
    this.#arrangement = new Arrangement(this.#db, join(dirname(path), "adjacency.bin"));
    this.#relations = new RelationReader(this.#db);
  }

  /**
   * Adds entities, or merges into those of the same id: names are united, a newer name wins, nothing known is dropped.
   * @returns how many were new or changed by it
   */
  putEntities(entities: readonly Entity[]): number {
    this.#entityWriter ??= new EntityWriter(this.#db);
    return this.#entityWriter.put(entities);
  }

  /**
   * Adds relations and unites their evidence. Both ends must be known.
   * @param onDangling told of relations that are left out because an end is unknown
   * @returns how many were new or gained evidence
   * @throws Error that names the unknown end, where nobody is told of it
   */
  putRelations(relations: readonly Relation[], onDangling?: (relation: Relation, unknown: string) => void): number {
    return this.putPacked(packRelations(relations), (place, unknown) => {
      const relation = relations[place]!;
      if (!onDangling) throw new Error(danglingReason(relation, unknown));
      onDangling(relation, unknown);
    });
  }

  /** As `putRelations`, from bytes. */
  putPacked(relations: PackedRelations, onDangling: OnDangling): number {
    this.#relationWriter ??= new RelationWriter(this.#db);
    return this.#relationWriter.put(relations, onDangling);
  }

  /** Removes evidence that a document no longer holds (`holds(quote)` is false), and relations that are left with none. */
  retractEvidence(document: string, holds: (quote: string) => boolean): void {
    this.#relationWriter ??= new RelationWriter(this.#db);
    this.#relationWriter.retract(document, holds);
  }

  /** Makes the file of a large graph's arrays, where it is not there: after an import. @returns whether it was made */
  arrange(): boolean {
    return this.#arrangement.store(() => this.#relationWriter?.release());
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

  briefAt(row: number): EntityBrief {
    const found = this.#get("SELECT id, name, category FROM entities WHERE row = ?", row);
    if (!found) throw new Error(`graph.db has no entity in row ${row}`);
    return { row, id: found["id"] as string, name: found["name"] as string, category: found["category"] as string };
  }

  relation(id: string): StoredRelation | undefined {
    const row = this.relationRow(id);
    return row === undefined ? undefined : this.relationAt(row);
  }

  /** The integer of a relation, or undefined. */
  relationRow(id: string): number | undefined {
    const bits = bitsOfId(id);
    if (!bits) return undefined;
    for (const row of rowsWithIdentity(this.#arrangement.slots(), bits)) {
      if (this.#relations.has(row) && this.relationAt(row).id === id) return row;
    }
    return undefined;
  }

  relationAt(row: number): StoredRelation {
    return this.relationWithEnds(row).relation;
  }

  /** A relation and who stands at its ends. @param briefAt for who keeps what it read */
  relationWithEnds(
    row: number,
    briefAt = (entity: number): EntityBrief => this.briefAt(entity),
  ): { relation: StoredRelation; subject: EntityBrief; object: EntityBrief } {
    return this.#relations.withEnds(row, briefAt);
  }

  evidenceAt(row: number): Evidence[] {
    return this.#relations.evidenceAt(row);
  }

  hasEvidence(row: number): boolean {
    return this.#relations.hasEvidence(row);
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

  /** One state of the graph for all that `work` reads, and one lock in place of one for each row. */
  reading<T>(work: () => T): T {
    if (this.#db.isTransaction) return work();
    this.#db.exec("BEGIN");
    try {
      return work();
    } finally {
      this.#db.exec("COMMIT");
    }
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
      "SELECT norm, name, entity, preferred FROM names WHERE norm >= ? AND norm < ? ORDER BY length(norm), norm, entity LIMIT ?",
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

  /** Every relation as integers, streamed in order of arrival. */
  *edges(): Generator<Edge> {
    for (const { block, body } of edgeBlocks(this.#db).read()) {
      for (const { row, ...facts } of edgesOfBlock(block, body)) yield { relation: row, ...facts };
    }
  }

  /** Which documents say which relations, streamed. */
  citations(): Generator<{ relation: number; document: string }> {
    return this.#relations.citations();
  }

  /** Every relation (with this predicate) and its evidence, streamed in order of arrival. */
  relations(predicate?: string): Generator<StoredRelation & { row: number }> {
    return this.#relations.all((row) => this.briefAt(row).id, predicate);
  }

  predicates(): { row: number; name: string; count: number }[] {
    const counts = new Map<number, number>();
    for (const { predicate } of this.edges()) counts.set(predicate, (counts.get(predicate) ?? 0) + 1);
    return this.#all("SELECT row, name FROM predicates")
      .map((r) => ({ row: Number(r["row"]), name: r["name"] as string, count: counts.get(Number(r["row"])) ?? 0 }))
      .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  }

  /** The graph as typed arrays; kept until the relations change. */
  arrays(): GraphArrays {
    return this.#arrangement.arrays();
  }

  categories(): { category: string; count: number; example: string }[] {
    return this.#all(
      "SELECT category, count(*) AS n, (SELECT name FROM entities e WHERE e.category = c.category ORDER BY row LIMIT 1) AS example FROM entities c GROUP BY category ORDER BY n DESC, category",
    ).map((r) => ({ category: r["category"] as string, count: Number(r["n"]), example: r["example"] as string }));
  }

  counts(): { entities: number; relations: number } {
    return {
      entities: Number(this.#get("SELECT count(*) AS n FROM entities")!["n"]),
      relations: this.#arrangement.relationCount(),
    };
  }

  close(): void {
    this.#db.close();
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

function toName(row: Record<string, unknown>): NameRow {
  return {
    norm: row["norm"] as string,
    name: row["name"] as string,
    entity: Number(row["entity"]),
    preferred: row["preferred"] === 1,
  };
}
