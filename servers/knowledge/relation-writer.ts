/**
 * Adds relations to `graph.db`, merges them with what is there, and takes evidence back. Made for tens of millions: what
 * identifies a relation is in memory as integers, what is new goes from bytes to bytes, and to the file in blocks.
 */
import { randomUUID } from "node:crypto";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Relation } from "../../schemas/index.ts";
import { EdgeTable } from "./edge-table.ts";
import { KnownRows, textIn } from "./known-rows.ts";
import { packRelations, type PackedRelations } from "./packed-relations.ts";
import { bytesBits, identityOf, type Bits } from "./relation-identity.ts";
import { transaction } from "./sqlite.ts";
import {
  EVIDENCE,
  firstRowOf,
  parseBlock,
  StatementWriter,
  type Statement,
  type StoredEvidence,
} from "./statements.ts";

/** Told of a relation that is left out, by its place in the batch, and of the end that is no known entity. */
export type OnDangling = (place: number, unknown: string) => void;

export function danglingReason({ subject, predicate, object }: Relation, unknown: string): string {
  return `relation ${subject} ${predicate} ${object}: ${unknown} is not a known entity; import the entity first`;
}

/** Relations of an older file that are taken over at once. */
const OLD_AT_ONCE = 2000;
const NOTHING: Bits = bytesBits(new Uint8Array(0), 0, 0);

export class RelationWriter {
  readonly #db: DatabaseSync;
  readonly #sql: ReturnType<typeof prepare>;
  readonly #statements: StatementWriter;
  readonly #rows: KnownRows;
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
    this.#rows = new KnownRows(db);
  }

  /** See `GraphStore.putRelations`; an end that is unknown is an error where nobody is told of it. */
  put(packed: PackedRelations, onDangling: OnDangling): number {
    if (packed.count === 0) return 0;
    return this.#write((edges) => this.#putAll(edges, packed, onDangling));
  }

  /** Takes over the relations of an older file, in the order of their rows and with the same: other files name rows. Within a transaction. */
  takeOver(relations: Iterable<{ row: number; relation: Relation }>): void {
    const edges = this.#current();
    let batch: { row: number; relation: Relation }[] = [];
    const write = () => {
      const packed = packRelations(batch.map(({ relation }) => relation));
      const rows = batch.map(({ row }) => row);
      batch = [];
      this.#putAll(edges, packed, () => {}, rows);
    };
    for (const each of relations) if (batch.push(each) === OLD_AT_ONCE) write();
    write();
    this.#flush(edges);
  }

  /** See `GraphStore.retractEvidence`. */
  retract(document: string, holds: (quote: string) => boolean): void {
    const cited = this.#sql.cited.get(document)?.["row"] as number | undefined;
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
        if (kept.length > 0) this.#setEvidence(edges, row, statement, kept);
        else {
          this.#statements.set(row, null);
          edges.remove(row);
          this.#live--;
        }
      }
      return changed;
    });
  }

  /** Lets go of what is in memory; it is read again when needed. */
  release(): void {
    this.#edges = undefined;
    this.#citing = undefined;
    this.#statements.forget();
    this.#rows.forget();
  }

  /** One transaction: after a failure nothing that is in memory counts any more. */
  #write(work: (edges: EdgeTable) => number): number {
    this.#rows.bound();
    try {
      return transaction(this.#db, () => {
        const edges = this.#current();
        const changed = work(edges);
        if (changed > 0) this.#flush(edges);
        return changed;
      });
    } catch (error) {
      this.release();
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

  #putAll(edges: EdgeTable, packed: PackedRelations, onDangling: OnDangling, rows?: number[]): number {
    const { count, text, fields } = packed;
    const known = this.#rows;
    const predicates = packed.predicates.map((name) => known.predicate(name));
    let changed = 0;
    let field = 0;
    let start = 0;
    for (let place = 0; place < count; place++) {
      const subjectEnd = fields[field]!;
      const objectEnd = fields[field + 1]!;
      const way = fields[field + 2]!;
      const contextEnd = fields[field + 3]!;
      const pieces = fields[field + 4]!;
      const evidence = { text, fields, at: field + 5, pieces, start: contextEnd };
      field += 5 + 2 * pieces;
      const next = pieces > 0 ? fields[field - 1]! : contextEnd;
      const hasSubject = known.readEnd(text, start, subjectEnd, 0);
      const hasObject = known.readEnd(text, subjectEnd, objectEnd, 3);
      if (!hasSubject || !hasObject) {
        onDangling(place, hasSubject ? textIn(text, subjectEnd, objectEnd) : textIn(text, start, subjectEnd));
        start = next;
        continue;
      }
      start = next;
      const predicate = predicates[way >> 1]!;
      const negated = (way & 1) === 1;
      const hasContext = contextEnd > objectEnd;
      const context = hasContext ? bytesBits(text, objectEnd, contextEnd) : NOTHING;
      const { ends } = known;
      const bits = identityOf([ends[1]!, ends[2]!], predicate.bits, [ends[4]!, ends[5]!], negated, context);
      const from = ends[0]!;
      const to = ends[3]!;
      const facts = { subject: from, object: to, predicate: predicate.row, negated, support: pieces };
      const there = rows ? 0 : edges.find(bits, facts);
      if (there > 0) {
        if (pieces > 0 && this.#unite(edges, there, this.#evidenceOf(evidence))) changed++;
        continue;
      }
      changed++;
      this.#live++;
      const at = edges.append(facts, bits, rows?.[place]);
      const out = this.#statements;
      out.begin(at);
      out.ascii("[");
      out.number(from);
      out.ascii(",");
      out.number(predicate.row);
      out.ascii(",");
      out.number(to);
      out.ascii(negated ? ",1," : ",0,");
      if (hasContext) out.bytes(text, objectEnd, contextEnd);
      else out.ascii("0");
      if (pieces === 1) this.#appendEvidence(evidence, at);
      out.ascii("]");
      out.end();
      if (pieces > 1) this.#unite(edges, at, this.#evidenceOf(evidence));
    }
    return changed;
  }

  /** The one piece of evidence of a new relation, from bytes to bytes. */
  #appendEvidence({ text, fields, at, start }: PackedEvidence, row: number): void {
    const documentEnd = fields[at]!;
    const document = this.#rows.cited(text, start, documentEnd);
    const out = this.#statements;
    out.ascii(",[");
    out.number(document);
    out.ascii(",");
    out.bytes(text, documentEnd, fields[at + 1]!);
    out.ascii("]");
    this.#cite(row, document);
  }

  #evidenceOf({ text, fields, at, pieces, start }: PackedEvidence): StoredEvidence[] {
    const evidence: StoredEvidence[] = [];
    let from = start;
    for (let piece = 0; piece < pieces; piece++) {
      const documentEnd = fields[at + 2 * piece]!;
      const end = fields[at + 2 * piece + 1]!;
      const rest = JSON.parse(`[${textIn(text, documentEnd, end)}]`) as [string];
      evidence.push([this.#rows.cited(text, from, documentEnd), ...rest]);
      from = end;
    }
    return evidence;
  }

  /** Unites evidence with what the relation has: one piece per document and quote, the newer wins. */
  #unite(edges: EdgeTable, row: number, newer: readonly StoredEvidence[]): boolean {
    const statement = this.#statements.get(row)!;
    const pieces = statement.slice(EVIDENCE) as StoredEvidence[];
    let changed = false;
    for (const piece of newer) {
      const at = pieces.findIndex(([document, quote]) => document === piece[0] && quote === piece[1]);
      if (at >= 0 && JSON.stringify(pieces[at]) === JSON.stringify(piece)) continue;
      if (at < 0) pieces.push(piece);
      else pieces[at] = piece;
      changed = true;
      this.#cite(row, piece[0]);
    }
    if (changed) this.#setEvidence(edges, row, statement, pieces);
    return changed;
  }

  #setEvidence(edges: EdgeTable, row: number, statement: Statement, evidence: readonly StoredEvidence[]): void {
    this.#statements.set(row, [...statement.slice(0, EVIDENCE), ...evidence] as Statement);
    edges.setSupport(row, evidence.length);
  }

  #cite(row: number, document: number): void {
    if (!this.#citing) return;
    const rows = this.#citing.get(document);
    if (rows) rows.add(row);
    else this.#citing.set(document, new Set([row]));
  }

  #readCiting(): Map<number, Set<number>> {
    this.#statements.flush();
    this.#citing = new Map();
    for (const { block, body } of this.#sql.statements.iterate()) {
      for (const [place, statement] of parseBlock(body as Uint8Array).entries()) {
        const evidence = (statement?.slice(EVIDENCE) ?? []) as StoredEvidence[];
        for (const [document] of evidence) this.#cite(firstRowOf(Number(block)) + place, document);
      }
    }
    return this.#citing;
  }
}

/** Evidence of one relation of a batch; see `PackedRelations.fields`. */
interface PackedEvidence {
  text: Uint8Array;
  fields: Int32Array;
  at: number;
  pieces: number;
  start: number;
}

function prepare(db: DatabaseSync) {
  return {
    version: db.prepare("PRAGMA data_version"),
    cited: db.prepare("SELECT row FROM cited WHERE id = ?"),
    edges: db.prepare("SELECT block, body FROM edges ORDER BY block"),
    putEdges: db.prepare("INSERT OR REPLACE INTO edges (block, body) VALUES (?, ?)"),
    statements: db.prepare("SELECT block, body FROM statements ORDER BY block"),
    fact: db.prepare("SELECT value FROM facts WHERE key = ?"),
    putFact: db.prepare("INSERT OR REPLACE INTO facts (key, value) VALUES (?, ?)"),
  } satisfies Record<string, StatementSync>;
}
