/**
 * Adds relations to `graph.db`, merges them with what is there, and takes evidence back. Made for tens of millions: what
 * identifies a relation is in memory as integers, and what is new goes to the file in blocks.
 */
import { randomUUID } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Evidence, Relation } from "../../schemas/index.ts";
import { EdgeTable, MOST_PREDICATES } from "./edge-table.ts";
import { identityOf } from "./relation-identity.ts";
import { transaction } from "./sqlite.ts";
import {
  EVIDENCE,
  firstRowOf,
  parseBlock,
  StatementWriter,
  storedEvidence,
  type Statement,
  type StoredEvidence,
} from "./statements.ts";

/** Told of a relation that is left out, and of the end that is no known entity. */
export type OnDangling = (relation: Relation, unknown: string) => void;

export function danglingReason({ subject, predicate, object }: Relation, unknown: string): string {
  return `relation ${subject} ${predicate} ${object}: ${unknown} is not a known entity; import the entity first`;
}

/** Ends and cited documents kept in memory, some 100 bytes each. */
const MOST_KEPT = 1_500_000;

export class RelationWriter {
  readonly #db: DatabaseSync;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #statements: StatementWriter;
  /** Rows of entities by their own ids: rows never change. */
  #ends = new Map<string, number>();
  #cited = new Map<string, number>();
  readonly #predicates = new Map<string, number>();
  /** As of `#version`; undefined until the first need, and after a failure. */
  #edges: EdgeTable | undefined;
  #version = -1;
  #live = 0;
  /** Relations by the row of a document they cite; made when evidence is first taken back. */
  #citing: Map<number, Set<number>> | undefined;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#sql = prepare(db);
    this.#statements = new StatementWriter(db);
  }

  /** See `GraphStore.putRelations`. */
  put(relations: readonly Relation[], onDangling?: OnDangling): number {
    if (relations.length === 0) return 0;
    return this.#write(() => {
      let changed = 0;
      for (const relation of relations) if (this.#put(relation, onDangling)) changed++;
      return changed;
    });
  }

  /** Takes over the relations of an older file, in the order of their rows and with the same: other files name rows. */
  takeOver(relations: Iterable<{ row: number; relation: Relation }>): void {
    this.#write(() => {
      let count = 0;
      for (const { row, relation } of relations) {
        this.#put(relation, undefined, row);
        count++;
      }
      return count;
    });
  }

  /** See `GraphStore.retractEvidence`. */
  retract(document: string, holds: (quote: string) => boolean): void {
    const cited = this.#citedRow(document, false);
    if (cited === undefined) return;
    this.#write((edges) => {
      let changed = 0;
      const citing = this.#citing ?? this.#readCiting();
      for (const row of citing.get(cited) ?? []) {
        const statement = this.#statements.get(row);
        if (!statement) continue;
        const evidence = statement.slice(EVIDENCE) as StoredEvidence[];
        const kept = evidence.filter(([by, quote]) => by !== cited || holds(quote));
        if (kept.length === evidence.length) continue;
        changed++;
        if (kept.length > 0) {
          this.#statements.set(row, [...(statement.slice(0, EVIDENCE) as Statement), ...kept] as Statement);
          edges.setSupport(row, kept.length);
        } else {
          this.#statements.set(row, null);
          edges.remove(row);
          this.#live--;
        }
      }
      return changed;
    });
  }

  /** The relations as integers, for what is made of the whole graph. */
  table(): EdgeTable {
    return this.#current();
  }

  /** Lets go of what is in memory; it is read again when needed. */
  release(): void {
    this.#edges = undefined;
    this.#citing = undefined;
    this.#ends = new Map();
    this.#cited = new Map();
  }

  /** One transaction: after a failure nothing that is in memory counts any more. */
  #write(work: (edges: EdgeTable) => number): number {
    if (this.#ends.size > MOST_KEPT) this.#ends = new Map();
    if (this.#cited.size > MOST_KEPT) this.#cited = new Map();
    try {
      return transaction(this.#db, () => {
        const edges = this.#current();
        const changed = work(edges);
        if (changed > 0) this.#flush(edges);
        return changed;
      });
    } catch (error) {
      this.release();
      this.#predicates.clear();
      this.#statements.forget();
      throw error;
    }
  }

  #flush(edges: EdgeTable): void {
    this.#statements.flush();
    for (const { block, body } of edges.takeChanged()) this.#sql.putEdges.run(block, body);
    this.#sql.putFact.run("relations", this.#live);
    this.#sql.putFact.run("stamp", randomUUID());
  }

  /** The table as the file has it: another process may have written since. */
  #current(): EdgeTable {
    const version = Number(this.#sql.version.get()!["data_version"]);
    if (this.#edges && this.#version === version) return this.#edges;
    this.#statements.forget();
    this.#citing = undefined;
    const edges = EdgeTable.of(this.#sql.edges.iterate());
    this.#live = Number(this.#sql.fact.get("relations")?.["value"] ?? 0);
    this.#version = version;
    return (this.#edges = edges);
  }

  #put(relation: Relation, onDangling?: OnDangling, row?: number): boolean {
    const edges = this.#edges!;
    const subject = this.#endOf(relation.subject);
    const object = this.#endOf(relation.object);
    if (subject === undefined || object === undefined) {
      const unknown = subject === undefined ? relation.subject : relation.object;
      if (!onDangling) throw new Error(danglingReason(relation, unknown));
      onDangling(relation, unknown);
      return false;
    }
    const identity = identityOf(this.#canonical(relation));
    const known = row === undefined ? edges.find(identity) : 0;
    if (known > 0) return this.#unite(edges, known, relation.evidence);
    const { qualifiers, negated = false } = relation;
    const predicate = this.#predicateRow(relation.predicate);
    const context = qualifiers && Object.keys(qualifiers).length > 0 ? qualifiers : 0;
    const given = relation.evidence.map((piece) => storedEvidence(piece, this.#citedRow(piece.document)));
    const evidence = given.length > 1 ? united([], given).pieces : given;
    const at = edges.append({ subject, object, predicate, negated, support: evidence.length }, identity, row);
    this.#statements.set(at, [subject, predicate, object, negated ? 1 : 0, context, ...evidence]);
    this.#cite(at, evidence);
    this.#live++;
    return true;
  }

  /** Unites evidence with what the relation has: one piece per document and quote, the newer wins. */
  #unite(edges: EdgeTable, row: number, evidence: readonly Evidence[]): boolean {
    if (evidence.length === 0) return false;
    const statement = this.#statements.get(row)!;
    const newer = evidence.map((piece) => storedEvidence(piece, this.#citedRow(piece.document)));
    const { pieces, changed } = united(statement.slice(EVIDENCE) as StoredEvidence[], newer);
    if (!changed) return false;
    this.#statements.set(row, [...(statement.slice(0, EVIDENCE) as Statement), ...pieces] as Statement);
    edges.setSupport(row, pieces.length);
    this.#cite(row, newer);
    return true;
  }

  #cite(row: number, evidence: readonly StoredEvidence[]): void {
    if (!this.#citing) return;
    for (const [document] of evidence) {
      const rows = this.#citing.get(document);
      if (rows) rows.add(row);
      else this.#citing.set(document, new Set([row]));
    }
  }

  #readCiting(): Map<number, Set<number>> {
    this.#citing = new Map();
    for (const { block, body } of this.#sql.statements.iterate()) {
      for (const [place, statement] of parseBlock(body as string).entries()) {
        if (statement) this.#cite(firstRowOf(Number(block)) + place, statement.slice(EVIDENCE) as StoredEvidence[]);
      }
    }
    return this.#citing;
  }

  /** With the ends' own ids, where the relation names them by others. */
  #canonical(relation: Relation): Relation {
    const { subject, object } = relation;
    if (this.#ends.has(subject) && this.#ends.has(object)) return relation;
    return { ...relation, subject: this.#ownId(subject), object: this.#ownId(object) };
  }

  #ownId(id: string): string {
    if (this.#ends.has(id)) return id;
    return this.#sql.alias.get(id)!["id"] as string;
  }

  #endOf(id: string): number | undefined {
    const known = this.#ends.get(id);
    if (known !== undefined) return known;
    const own = this.#sql.entity.get(id);
    if (!own) return this.#sql.alias.get(id)?.["row"] as number | undefined;
    const row = Number(own["row"]);
    this.#ends.set(id, row);
    return row;
  }

  #predicateRow(name: string): number {
    let row = this.#predicates.get(name);
    if (row === undefined) {
      this.#sql.addPredicate.run(name);
      row = Number(this.#sql.predicate.get(name)!["row"]);
      if (row > MOST_PREDICATES) throw new Error(`more than ${MOST_PREDICATES} predicates: that is no vocabulary`);
      this.#predicates.set(name, row);
    }
    return row;
  }

  #citedRow(id: string): number;
  #citedRow(id: string, add: false): number | undefined;
  #citedRow(id: string, add = true): number | undefined {
    const known = this.#cited.get(id);
    if (known !== undefined) return known;
    if (add) this.#sql.addCited.run(id);
    const found = this.#sql.cited.get(id);
    if (!found) return undefined;
    const row = Number(found["row"]);
    this.#cited.set(id, row);
    return row;
  }
}

/** Pieces by document and quote; a newer one takes the place of the older. */
function united(known: StoredEvidence[], newer: readonly StoredEvidence[]) {
  let changed = false;
  for (const piece of newer) {
    const at = known.findIndex(([document, quote]) => document === piece[0] && quote === piece[1]);
    if (at >= 0 && JSON.stringify(known[at]) === JSON.stringify(piece)) continue;
    if (at < 0) known.push(piece);
    else known[at] = piece;
    changed = true;
  }
  return { pieces: known, changed };
}

function prepare(db: DatabaseSync) {
  return {
    version: db.prepare("PRAGMA data_version"),
    entity: db.prepare("SELECT row FROM entities WHERE id = ?"),
    alias: db.prepare(
      "SELECT e.row, e.id FROM aliases a JOIN entities e ON e.row = a.entity WHERE a.alias = ? ORDER BY a.entity LIMIT 1",
    ),
    predicate: db.prepare("SELECT row FROM predicates WHERE name = ?"),
    addPredicate: db.prepare("INSERT OR IGNORE INTO predicates (name) VALUES (?)"),
    cited: db.prepare("SELECT row FROM cited WHERE id = ?"),
    addCited: db.prepare("INSERT OR IGNORE INTO cited (id) VALUES (?)"),
    edges: db.prepare("SELECT block, body FROM edges ORDER BY block"),
    putEdges: db.prepare("INSERT OR REPLACE INTO edges (block, body) VALUES (?, ?)"),
    statements: db.prepare("SELECT block, body FROM statements ORDER BY block"),
    fact: db.prepare("SELECT value FROM facts WHERE key = ?"),
    putFact: db.prepare("INSERT OR REPLACE INTO facts (key, value) VALUES (?, ?)"),
  } satisfies Record<string, StatementSync>;
}
