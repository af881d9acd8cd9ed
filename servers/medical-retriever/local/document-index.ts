/** What every index of the stored documents offers, whichever engine keeps it: candidates for exact ranking, and the statistics that ranking needs. */
import type { Document } from "../../../schemas/index.ts";
import type { TermedDocument } from "./ranking.ts";
import type { CollectionStatistics } from "./statistics.ts";

/** A term of `tokenize`, and how much it counts among the candidates; 1 is usual. */
export interface WeightedTerm {
  term: string;
  weight: number;
}

export interface IndexFilter {
  /** Dates of publication, `YYYY[-MM[-DD]]`, inclusive; one that is known to the year only fits where it may lie in the range. */
  from?: string | undefined;
  to?: string | undefined;
  /** Of `KINDS`; none given means all. */
  kinds?: readonly string[] | undefined;
}

export interface IndexQuestion {
  /** Those that no document has are passed over. */
  terms: readonly WeightedTerm[];
  /** Of length 1 and by the embedder of the index: each candidate says how near it is. */
  vector?: Float32Array | undefined;
  filter?: IndexFilter | undefined;
  /** Candidates by terms. */
  limit: number;
  /** Candidates by vector; as many as by terms where it is absent. */
  nearest?: number | undefined;
}

/** A document that may answer the question, with what ranking needs. */
export interface Candidate {
  id: string;
  /** ISO 8601, or empty. */
  published: string;
  kind: string;
  integrity: string;
  /** How much it is cited, where that is known. */
  impact?: Document["impact"];
  terms: TermedDocument;
  /** Cosine of the question's vector and the document's, to some .002; absent where one of them has none. */
  similarity?: number;
}

export interface DocumentIndex extends CollectionStatistics {
  /** The latest date of publication in the collection: "now" for recency, so that ranking does not change with the clock. */
  readonly newest: string | undefined;
  /** Whose vectors it holds; undefined where it holds none. */
  readonly embedder: string | undefined;
  /** A generous first choice, in no particular order, each document once. @throws Error where the index fails */
  candidates(question: IndexQuestion): Promise<Candidate[]>;
  close(): void;
}

/** Terms that all count the same. */
export function plainTerms(terms: Iterable<string>): WeightedTerm[] {
  return [...new Set(terms)].map((term) => ({ term, weight: 1 }));
}

/** A date of publication may be known to the year or the month only: the first and the last day it may be, as numbers YYYYMMDD. */
export function daysOf(date: string): { first: number; last: number } {
  if (!DATE.test(date)) throw new Error(`${date} is no date: YYYY, YYYY-MM or YYYY-MM-DD`);
  const [year, month, day] = date.split("-").map(Number);
  const at = (m: number, d: number) => year! * 10_000 + m * 100 + d;
  return { first: at(month ?? 1, day ?? 1), last: at(month ?? 12, day ?? 31) };
}

const DATE = /^\d{4}(?:-\d\d){0,2}$/;
