/** PubMed as one of the sources of a search: asked under a short deadline, and a failure is an outcome, not an end. */
import type { Document } from "../../../schemas/index.ts";
import { asFailure } from "../../kit/index.ts";
import { isOffline } from "../../kit/offline.ts";
import type { CallContext, Retriever } from "../retriever.ts";
import type { PubmedSearch } from "./pubmed.ts";
import { pubmedTerms } from "./pubmed-query.ts";

/** A search must not wait longer than this for a source that is away. */
const DEADLINE_MS = 4000;
/** Records that take part in the ranking. */
const RECORDS = 20;

export interface LiveQuestion {
  query: string;
  /** Entities that the query mentions; asked only when needed. */
  names: () => string[];
  rarity: (term: string) => number;
  from?: string;
  to?: string;
}

export interface LiveAnswer {
  documents: Document[];
  /** How many records PubMed has for the words. */
  count: number;
  stale: boolean;
  /** Why PubMed could not be asked. */
  failure?: string;
  notes: string[];
}

export async function askPubmed(
  { pubmed, recent }: Retriever,
  { query, names, rarity, from, to }: LiveQuestion,
  { signal }: CallContext,
): Promise<LiveAnswer> {
  const answer: LiveAnswer = { documents: [], count: 0, stale: false, notes: [] };
  if (isOffline()) return { ...answer, failure: "live sources are switched off (MEDRESEARCHER_OFFLINE)" };
  const until = Date.now() + DEADLINE_MS;
  const call = () => ({ signal, deadlineMs: Math.max(1, until - Date.now()) });
  try {
    let found: PubmedSearch = { pmids: [], count: 0, warnings: [], stale: false };
    const named = names().map((text) => ({ text, name: text, synonyms: [] }));
    for (const term of pubmedTerms(query, named, rarity)) {
      found = await pubmed.search(term, RECORDS, { from, to }, call());
      if (found.pmids.length > 0) break;
    }
    const { documents, stale } = await pubmed.fetch(found.pmids, call());
    recent.put(documents);
    return { documents, count: found.count, stale: stale || found.stale, notes: found.warnings };
  } catch (error) {
    signal.throwIfAborted();
    return { ...answer, failure: asFailure(error).message };
  }
}
