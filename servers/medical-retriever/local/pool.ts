/** The documents that compete for one question: candidates of the local index and records from live sources, each once. */
import type { Document } from "../../../schemas/index.ts";
import { orAborted } from "../../kit/http/scope.ts";
import { kindOf } from "../kinds.ts";
import { candidateTerms, type Concept } from "../relevance/concepts.ts";
import { explained } from "../relevance/explained.ts";
import type { Asked } from "../relevance/meaning.ts";
import type { CallContext, Retriever } from "../retriever.ts";
import { StoredTexts } from "../stored-texts.ts";
import type { Rankable } from "./ranked.ts";
import { TermQuery, type TermedDocument } from "./ranking.ts";
import { EngineAway } from "./engine.ts";
import { termsOf } from "./rows.ts";
import type { Candidate, DocumentIndex, IndexFilter } from "./document-index.ts";

/** The index scores nearly as ranking does: 200 of them rank no better (`npm run bench:retrieval`), and reading them is what takes the time. */
const CANDIDATES = 120;
/** By words that were learnt from the first candidates. */
const MORE_CANDIDATES = 50;

export interface Pool {
  documents: Map<string, Rankable>;
  /** What was asked, with what the documents themselves explain of it. */
  concepts: readonly Concept[];
  /** Undefined where the index could not be opened. */
  index: DocumentIndex | undefined;
  /** The question by meaning; undefined where words alone decide. */
  asked?: Asked | undefined;
  /** Why the local documents could not be searched. */
  failure?: string;
  /** Terms of the documents that the index does not count. */
  live: TermedDocument[];
  /** Ages are counted from the newest document in sight, so that the order does not change with the clock. */
  newest: string | undefined;
}

export interface LocalQuestion {
  concepts: readonly Concept[];
  /** In the user's words; without it, meaning and abbreviations are left out. */
  query?: string;
  range: IndexFilter;
  /** Of the caller, who reads some of the same documents. */
  texts?: StoredTexts;
  /** False where only the statistics of the collection are needed. */
  wanted: boolean;
}

/** The index's candidates. A damaged index is built anew, once; a failure is told, not thrown. */
export async function fromIndex(retriever: Retriever, question: LocalQuestion, context: CallContext): Promise<Pool> {
  const { signal } = context;
  try {
    return await askIndex(retriever, question, context).catch(async (error: unknown) => {
      signal.throwIfAborted();
      // A server that is away has an index all the same.
      if (error instanceof EngineAway) throw error;
      await retriever.local.discard();
      return askIndex(retriever, question, context);
    });
  } catch (error) {
    signal.throwIfAborted();
    const failure = `the local index could not be used: ${error instanceof Error ? error.message : String(error)}`;
    const { concepts } = question;
    return { documents: new Map(), concepts, index: undefined, live: [], newest: undefined, failure };
  }
}

async function askIndex(
  { local, meaning, knowledge }: Retriever,
  { concepts, query, range, wanted, texts = new StoredTexts(knowledge) }: LocalQuestion,
  { signal, progress }: CallContext,
): Promise<Pool> {
  const [index, question] = await Promise.all([
    orAborted(
      local.index((done, total) => progress?.(done, total, "building the search index")),
      signal,
    ),
    query === undefined ? undefined : meaning.asked(query, signal),
  ]);
  const isComparable = index.documents === 0 || index.embedder === question?.identity;
  const asked = isComparable ? question : undefined;
  if (!wanted) return { documents: new Map(), concepts, index, asked, live: [], newest: index.newest };
  const vector = index.embedder === undefined ? undefined : asked?.vector;
  const found = new Map<string, Candidate>();
  const find = async (terms: Parameters<DocumentIndex["candidates"]>[0]["terms"], limit: number, nearest = limit) => {
    const candidates = await index.candidates({ terms, vector, filter: range, limit, nearest });
    for (const candidate of candidates) if (!found.has(candidate.id)) found.set(candidate.id, candidate);
  };
  const terms = candidateTerms(concepts);
  await find(terms, CANDIDATES);
  const byWords = new TermQuery(concepts, index).judge([...found.values()].map((candidate) => candidate.terms));
  const relevances = new Map([...found.keys()].map((id, i) => [id, byWords[i]!.relevance]));
  const all = query === undefined ? concepts : explained(query, concepts, relevances, found, texts);
  const more = candidateTerms(all).filter(({ term }) => !terms.some((known) => known.term === term));
  if (more.length > 0) await find(more, MORE_CANDIDATES, 0);
  const documents = new Map<string, Rankable>(found);
  if (asked && vector) for (const [id, document] of asked.near(found, relevances)) documents.set(id, document);
  return { documents, concepts: all, index, asked, live: [], newest: index.newest };
}

/** Adds what live sources have, each thing once. What is also stored stands by its text of record, which the index counts. */
export async function withLive(
  pool: Pool,
  live: readonly { document: Document; stored: boolean }[],
  signal: AbortSignal,
): Promise<Pool> {
  const documents = new Map(pool.documents);
  const added: TermedDocument[] = [];
  let { newest = "" } = pool;
  const unread = live.flatMap(({ document }) =>
    documents.get(document.id)?.similarity === undefined ? [document] : [],
  );
  const similarities = (await pool.asked?.toLive(unread, signal)) ?? new Map<string, number>();
  for (const { document, stored } of live) {
    const { id, published, integrity, impact } = document;
    const before = documents.get(id);
    const terms = before?.terms ?? termsOf(document);
    if (!stored) added.push(terms);
    const similarity = before?.similarity ?? similarities.get(id);
    documents.set(id, { id, terms, published, integrity, impact, kind: kindOf(document), similarity });
    if (published && published > newest) newest = published;
  }
  return { ...pool, documents, live: added, newest: newest || undefined };
}

/** What Rel is made of. */
export function relevanceMethod({ documents, asked }: Pick<Pool, "documents" | "asked">): string {
  const byMeaning = [...documents.values()].some(({ similarity }) => similarity !== undefined);
  return byMeaning && asked ? `bm25+embedding:${asked.name}` : "bm25";
}
