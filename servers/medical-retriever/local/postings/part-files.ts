/**
 * The files of one part of the index, never written again: `postings-N.bin` holds the lists of its terms, `terms-N.db` says
 * of each term in how many documents it is and where its list lies. A part that a change made counts what it took away below zero.
 *
 * A list is its directory and its pieces, one for each window in which the term occurs. An entry of the directory has
 * 8 bytes: the window (32 bits), the number of postings (16), the largest impact among them (8), and nothing (8). A piece
 * has the places in the window (16 bits each, ascending), then the impacts (8 bits each), and fills an even number of bytes.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import { openDatabase } from "../../../knowledge/sqlite.ts";

export const ENTRY_BYTES = 8;

export const postingsFile = (part: number): string => `postings-${part}.bin`;
export const termsFile = (part: number): string => `terms-${part}.db`;

export function pieceBytes(postings: number): number {
  return 3 * postings + (postings & 1);
}

/** A term in one part. */
export interface Place {
  /** In how many of the part's documents it is, less those that the part took away. */
  documents: number;
  /** Where its list begins, and how long it is in bytes and pieces; no pieces where there is none. */
  at: number;
  bytes: number;
  pieces: number;
}

const SCHEMA = `CREATE TABLE terms (
  term TEXT PRIMARY KEY, documents INTEGER NOT NULL, at INTEGER NOT NULL, bytes INTEGER NOT NULL, pieces INTEGER NOT NULL
) WITHOUT ROWID;`;

/** Writes the terms of a part. Without a journal: a part that was not finished is made again. */
export class TermsWriter {
  readonly #db: DatabaseSync;
  readonly #add: StatementSync;

  /** @param path of a file that does not exist */
  constructor(path: string) {
    this.#db = openDatabase(path);
    // By way of DELETE: from WAL to OFF, readers would still look for the log.
    this.#db.exec("PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
    this.#db.exec(`${SCHEMA} BEGIN`);
    this.#add = this.#db.prepare("INSERT INTO terms (term, documents, at, bytes, pieces) VALUES (?, ?, ?, ?, ?)");
  }

  /** Quickest where terms ascend. */
  add(term: string, { documents, at, bytes, pieces }: Place): void {
    this.#add.run(term, documents, at, bytes, pieces);
  }

  finish(): void {
    this.#db.exec("COMMIT");
    this.#db.close();
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }
}

export class TermsReader {
  readonly #db: DatabaseSync;
  readonly #get: StatementSync;

  constructor(path: string) {
    this.#db = openDatabase(path, { readOnly: true });
    this.#get = this.#db.prepare("SELECT documents, at, bytes, pieces FROM terms WHERE term = ?");
  }

  get(term: string): Place | undefined {
    return this.#get.get(term) as Place | undefined;
  }

  /** Some of the terms that have a list, any of them. */
  some(count: number): string[] {
    const rows = this.#db.prepare("SELECT term FROM terms WHERE pieces > 0 LIMIT ?").all(count);
    return rows.map(({ term }) => term as string);
  }

  close(): void {
    this.#db.close();
  }
}
