/** The documents that compete for one question: candidates of the local index and records from live sources, each once. */
import type { Document } from "../../../schemas/index.ts";
import { orAborted } from "../../kit/http/scope.ts";
import { kindOf } from "../kinds.ts";
import type { CallContext, Retriever } from "../retriever.ts";
import type { Rankable } from "./ranked.ts";
import type { TermedDocument } from "./ranking.ts";
import { termsOf } from "./rows.ts";
import { plainTerms, type DocumentIndex, type IndexFilter } from "./document-index.ts";

/** The index's own scoring differs little from ours: what is beyond these is not in our first fifty. */
const CANDIDATES = 200;

export interface Pool {
  documents: Map<string, Rankable>;
  /** Undefined where the index could not be opened. */
  index: DocumentIndex | undefined;
  /** Why the local documents could not be searched. */
  failure?: string;
  /** Terms of the documents that the index does not count. */
  live: TermedDocument[];
  /** Ages are counted from the newest document in sight, so that the order does not change with the clock. */
  newest: string | undefined;
}

export interface LocalQuestion {
  terms: readonly string[];
  range: IndexFilter;
  /** False where only the statistics of the collection are needed. */
  wanted: boolean;
}

/** The index's candidates. A damaged index is built anew, once; a failure is told, not thrown. */
export async function fromIndex(retriever: Retriever, question: LocalQuestion, context: CallContext): Promise<Pool> {
  const { signal } = context;
  try {
    return await askIndex(retriever, question, context).catch(async () => {
      signal.throwIfAborted();
      await retriever.local.discard();
      return askIndex(retriever, question, context);
    });
  } catch (error) {
    signal.throwIfAborted();
    const failure = `the local index could not be used: ${error instanceof Error ? error.message : String(error)}`;
    return { documents: new Map(), index: undefined, live: [], newest: undefined, failure };
  }
}

async function askIndex(
  { local }: Retriever,
  { terms, range, wanted }: LocalQuestion,
  { signal, progress }: CallContext,
): Promise<Pool> {
  const index = await orAborted(
    local.index((done, total) => progress?.(done, total, "building the search index")),
    signal,
  );
  const candidates = wanted
    ? await index.candidates({ terms: plainTerms(terms), filter: range, limit: CANDIDATES })
    : [];
  const documents = new Map(candidates.map((candidate) => [candidate.id, candidate]));
  return { documents, index, live: [], newest: index.newest };
}

/** Adds what live sources have, each thing once. What is also stored stands by its text of record, which the index counts. */
export function withLive(pool: Pool, live: readonly { document: Document; stored: boolean }[]): Pool {
  const documents = new Map(pool.documents);
  const added: TermedDocument[] = [];
  let { newest = "" } = pool;
  for (const { document, stored } of live) {
    const { id, published, integrity, impact } = document;
    const terms = documents.get(id)?.terms ?? termsOf(document);
    if (!stored) added.push(terms);
    documents.set(id, { id, terms, published, integrity, impact, kind: kindOf(document) });
    if (published && published > newest) newest = published;
  }
  return { ...pool, documents, live: added, newest: newest || undefined };
}
