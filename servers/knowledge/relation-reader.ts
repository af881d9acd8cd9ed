/** Relations and their evidence out of the stored statements of `graph.db`, with the names that these have as integers. */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Evidence, Relation } from "../../schemas/index.ts";
import { relationId } from "./relation-identity.ts";
import {
  blockOf,
  EVIDENCE,
  evidenceFrom,
  firstRowOf,
  parseBlock,
  placeIn,
  statementIn,
  type Statement,
  type StoredEvidence,
} from "./statements.ts";

export interface StoredRelation extends Relation {
  id: string;
}

/** Names that are kept. */
const MOST_CITED = 100_000;

export class RelationReader {
  readonly #db: DatabaseSync;
  readonly #block: StatementSync;
  readonly #citedAt: StatementSync;
  readonly #predicateAt: StatementSync;
  readonly #predicateNames = new Map<number, string>();
  readonly #cited = new Map<number, string>();

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#block = db.prepare("SELECT body FROM statements WHERE block = ?");
    this.#citedAt = db.prepare("SELECT id FROM cited WHERE row = ?");
    this.#predicateAt = db.prepare("SELECT name FROM predicates WHERE row = ?");
  }

  has(row: number): boolean {
    return this.#statement(row) !== null;
  }

  hasEvidence(row: number): boolean {
    return (this.#statement(row)?.length ?? 0) > EVIDENCE;
  }

  evidenceAt(row: number): Evidence[] {
    const statement = this.#statement(row);
    return statement ? this.#toEvidence(statement) : [];
  }

  /** A relation and who stands at its ends. */
  withEnds<End extends { id: string }>(
    row: number,
    endAt: (entity: number) => End,
  ): { relation: StoredRelation; subject: End; object: End } {
    const statement = this.#statement(row);
    if (!statement) throw new Error(`graph.db has no relation in row ${row}`);
    const [subject, object] = [endAt(statement[0]), endAt(statement[2])];
    return { relation: this.#toRelation(statement, subject.id, object.id), subject, object };
  }

  /** Which documents say which relations, streamed. */
  *citations(): Generator<{ relation: number; document: string }> {
    for (const { row, statement } of this.#everyStatement()) {
      for (const [document] of statement.slice(EVIDENCE) as StoredEvidence[]) {
        yield { relation: row, document: this.#citedId(document) };
      }
    }
  }

  /** Every relation (with this predicate) and its evidence, streamed in order of arrival. @param endAt the id of an entity */
  *all(endAt: (row: number) => string, predicate?: string): Generator<StoredRelation & { row: number }> {
    const only = predicate === undefined ? undefined : this.#predicateRow(predicate);
    if (predicate !== undefined && only === undefined) return;
    const ids = new Map<number, string>();
    const idOf = (row: number) => {
      let id = ids.get(row);
      if (id === undefined) {
        if (ids.size >= MOST_CITED) ids.clear();
        ids.set(row, (id = endAt(row)));
      }
      return id;
    };
    for (const { row, statement } of this.#everyStatement(only)) {
      yield { row, ...this.#toRelation(statement, idOf(statement[0]), idOf(statement[2])) };
    }
  }

  #statement(row: number): Statement | null {
    const found = this.#block.get(blockOf(row));
    return found ? statementIn(found["body"] as Uint8Array, placeIn(row)) : null;
  }

  *#everyStatement(predicate?: number): Generator<{ row: number; statement: Statement }> {
    for (const { block, body } of this.#db.prepare("SELECT block, body FROM statements ORDER BY block").iterate()) {
      const first = firstRowOf(Number(block));
      for (const [place, statement] of parseBlock(body as Uint8Array).entries()) {
        if (!statement || (predicate !== undefined && statement[1] !== predicate)) continue;
        yield { row: first + place, statement };
      }
    }
  }

  #toRelation(statement: Statement, subject: string, object: string): StoredRelation {
    const [, predicateRow, , negated, qualifiers] = statement;
    const predicate = this.#predicateName(predicateRow);
    const identifying = {
      subject,
      predicate,
      object,
      ...(negated ? { negated: true } : {}),
      ...(qualifiers ? { qualifiers } : {}),
    };
    return { id: relationId(identifying), ...identifying, evidence: this.#toEvidence(statement) };
  }

  #toEvidence(statement: Statement): Evidence[] {
    return (statement.slice(EVIDENCE) as StoredEvidence[]).map((piece) => evidenceFrom(piece, this.#citedId(piece[0])));
  }

  #citedId(row: number): string {
    let id = this.#cited.get(row);
    if (id === undefined) {
      if (this.#cited.size >= MOST_CITED) this.#cited.clear();
      id = this.#citedAt.get(row)!["id"] as string;
      this.#cited.set(row, id);
    }
    return id;
  }

  #predicateName(row: number): string {
    let name = this.#predicateNames.get(row);
    if (name === undefined) {
      name = this.#predicateAt.get(row)!["name"] as string;
      this.#predicateNames.set(row, name);
    }
    return name;
  }

  #predicateRow(name: string): number | undefined {
    const found = this.#db.prepare("SELECT row FROM predicates WHERE name = ?").get(name);
    return found && Number(found["row"]);
  }
}
