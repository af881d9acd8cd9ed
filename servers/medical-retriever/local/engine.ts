/** What an engine does for the index: it finds rows. Everything else of a document is read from the records. */
import type { IndexQuestion } from "./document-index.ts";
import type { Prepared } from "./preparing/prepare.ts";

export interface Found {
  byTerms: readonly number[];
  /** May end with rows that have no vector. */
  byVector: readonly number[];
}

export interface Engine {
  /** Rows by terms, and rows by vector. What the filter says of days may be left to the caller. @throws Error where it fails */
  find(question: IndexQuestion): Promise<Found>;
  close(): void;
}

/** Documents on their way into an engine; `vectors[i]` is that of row i, where it has one. */
export type Entry = Pick<Prepared, "rows" | "months" | "kinds" | "records" | "lengths" | "termsAt"> & {
  vectors?: readonly (Float32Array | undefined)[] | undefined;
};

/** What an engine adds to the postings and records that every index has. */
export interface EngineWriter {
  add(entry: Entry): Promise<void>;
  remove(rows: readonly number[]): Promise<void>;
  /** Takes out what came after a row: of a build that was killed. */
  removeAfter(row: number): Promise<void>;
  /** Makes what was written quick to search. */
  finish(): Promise<void>;
  close(): void;
}

/** `new`: an index from nothing; `resumed`: one that a killed build began; `changes`: of the index that is in use. */
export type WriteMode = "new" | "resumed" | "changes";

/** The engine cannot be asked at present; the index may be as it should. The message says what to do. */
export class EngineAway extends Error {}
