/** The documents that compete for one question: candidates of the local index and records from live sources, each once. */
import type { Document, Integrity } from "../../../schemas/index.ts";
import { orAborted } from "../../kit/http/scope.ts";
import { kindOf } from "../authority.ts";
import type { CallContext, Retriever } from "../retriever.ts";
import type { Rankable } from "./ranked.ts";
import type { TermedDocument } from "./ranking.ts";
import { termsOf } from "./rows.ts";
import { plainTerms, type DocumentIndex, type IndexFilter } from "./document-index.ts";

/** The index's own scoring differs little from ours: what is beyond these is not in our first fifty. */
const CANDIDATES = 200;

interface Contender extends Rankable {
  from: "local" | "pubmed";
  /** Present where it does not come from the store. */
  document?: Document;
}

export interface Pool {
  documents: Map<string, Contender>;
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
  const documents = new Map(candidates.map((candidate) => [candidate.id, { ...candidate, from: "local" as const }]));
  return { documents, index, live: [], newest: index.newest };
}

/** Adds live records. Of a document that is also stored, the stored text is kept, and the worse news about its integrity. */
export function withLive({ knowledge }: Retriever, pool: Pool, live: readonly Document[]): Pool {
  const documents = new Map(pool.documents);
  const added: TermedDocument[] = [];
  let { newest = "" } = pool;
  for (const record of live) {
    const stored = knowledge.documents.get(record.id);
    const document = stored ? { ...stored, integrity: worse(stored.integrity, record.integrity) } : record;
    const terms = documents.get(document.id)?.terms ?? termsOf(document);
    if (!stored) added.push(terms);
    const { id, published, integrity } = document;
    documents.set(id, {
      id,
      terms,
      published,
      integrity,
      kind: kindOf(document),
      from: stored ? "local" : "pubmed",
      document,
    });
    if (published && published > newest) newest = published;
  }
  return { ...pool, documents, live: added, newest: newest || undefined };
}

const BAD_NEWS: readonly Integrity[] = ["ok", "corrected", "concern", "retracted"];

function worse(a: Integrity | undefined, b: Integrity | undefined): Integrity | undefined {
  if (!a || !b) return a ?? b;
  return BAD_NEWS.indexOf(a) >= BAD_NEWS.indexOf(b) ? a : b;
}
