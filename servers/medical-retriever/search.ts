/** A question to the local index and to PubMed at once, ranked together by one measure. Each source says how it went. */
import type { Document, DocumentHit, Outcome, Passage } from "../../schemas/index.ts";
import { invalidArguments } from "../kit/index.ts";
import { linkText } from "../knowledge/index.ts";
import { tokenize } from "../knowledge/tokenize.ts";
import { listKey, readCursor, writeCursor } from "../kit/cursor.ts";
import { fromIndex, withLive, type Pool } from "./local/pool.ts";
import { idf, TermQuery, widened } from "./local/ranking.ts";
import { LAMBDA, rank, type Ranked } from "./local/ranked.ts";
import { integrityNotes } from "./integrity.ts";
import { isOffline } from "../kit/offline.ts";
import { makePage } from "./page.ts";
import type { CallContext, Retriever } from "./retriever.ts";
import { SOURCES, type SourceName } from "./source-names.ts";
import { askPubmed, type LiveAnswer } from "./sources/live.ts";

export interface SearchOptions {
  limit?: number;
  sources?: readonly SourceName[];
  /** Weight of relevance against authority. */
  lambda?: number;
  /** Dates of publication, `YYYY[-MM[-DD]]`, inclusive. */
  from?: string;
  to?: string;
  cursor?: string;
}

export interface SearchResult {
  query: string;
  documents: DocumentHit[];
  passages: Passage[];
  outcomes: Outcome[];
  notes: string[];
  lambda: number;
  relevanceMethod: string;
  total: number;
  nextCursor?: string;
}

/** A question is read no further than this. */
const MAX_QUERY = 4000;

/** @throws ToolError for a query without words; a source that fails is an outcome */
export async function search(
  retriever: Retriever,
  question: string,
  options: SearchOptions,
  context: CallContext,
): Promise<SearchResult> {
  const { limit = 10, lambda = LAMBDA, from, to } = options;
  const query = question.slice(0, MAX_QUERY);
  const sources = new Set(options.sources?.length ? options.sources : isOffline() ? ["local"] : SOURCES);
  const terms = [...new Set(tokenize(query))];
  if (terms.length === 0) {
    throw invalidArguments("the query has no word to search for", "name a disease, drug, gene or finding");
  }
  const key = listKey(query, [...sources].toSorted(), lambda, from, to, retriever.local.revision());
  const { offset } = readCursor(options.cursor, key);

  const local = await fromIndex(retriever, { terms, range: { from, to }, wanted: sources.has("local") }, context);
  const rarity = (term: string) => (local.index ? idf(local.index, term) : 0);
  const names = () => linkText(retriever.knowledge.graph, query).flatMap(({ mention }) => mention?.text ?? []);
  const live = sources.has("pubmed")
    ? await askPubmed(retriever, { query, names, rarity, from, to }, context)
    : undefined;

  const pool = withLive(retriever, local, live?.documents ?? []);
  const termQuery = new TermQuery(terms, widened(local.index, pool.live));
  const ranked = rank([...pool.documents.values()], termQuery, { lambda, now: pool.newest });
  const page = makePage(documentsOf(retriever, pool, ranked.slice(offset, offset + limit)), query, limit);
  const next = offset + page.taken;
  const more = page.taken > 0 && next < ranked.length;
  return {
    query,
    documents: page.documents,
    passages: page.passages,
    outcomes: [
      ...(sources.has("local") ? [localOutcome(pool, ranked)] : []),
      ...(live ? [liveOutcome(live, pool, ranked)] : []),
    ],
    notes: [
      ...(question.length > MAX_QUERY ? [`only the first ${MAX_QUERY} characters were searched`] : []),
      ...unknownWords(query, pool, sources.has("local")),
      ...(live?.notes ?? []),
      ...integrityNotes(page.documents),
      ...(from || to ? ["documents without a date of publication are left out"] : []),
    ],
    lambda,
    relevanceMethod: "bm25",
    total: ranked.length,
    ...(more ? { nextCursor: writeCursor(key, next) } : {}),
  };
}

/** The texts of ranked documents; one that vanished since it was indexed is left out. */
export function documentsOf(
  { knowledge }: Retriever,
  pool: Pool,
  ranked: readonly Ranked[],
): { hit: Ranked; document: Document }[] {
  return ranked.flatMap((hit) => {
    const stored = pool.documents.get(hit.id)?.document ?? knowledge.documents.get(hit.id);
    return stored ? [{ hit, document: stored }] : [];
  });
}

export function localOutcome({ failure, documents, index }: Pool, ranked: readonly Ranked[]): Outcome {
  const source = "local";
  if (failure) return { source, outcome: "unavailable", message: failure };
  if (ranked.some(({ id }) => documents.get(id)?.from === "local")) return { source, outcome: "found" };
  const message = index?.documents === 0 ? "no documents are stored" : "no stored document is about this";
  return { source, outcome: "empty", message };
}

function liveOutcome({ failure, stale, count, documents }: LiveAnswer, pool: Pool, ranked: readonly Ranked[]): Outcome {
  const source = "pubmed";
  if (failure) return { source, outcome: "unavailable", message: failure };
  const shown = ranked.filter(({ id }) => pool.documents.get(id)?.from === "pubmed").length;
  if (documents.length === 0) return { source, outcome: "empty", message: "PubMed has no record for these words" };
  const message = `${documents.length} of ${count} records were ranked, ${shown} of them are about this`;
  if (stale)
    return { source, outcome: "degraded", message: `older copies, since PubMed could not be asked: ${message}` };
  return { source, outcome: shown > 0 ? "found" : "empty", message };
}

/** Words of the query that no stored document has: the reason why an answer may be missing. */
function unknownWords(query: string, { index }: Pool, asked: boolean): string[] {
  if (!index || !asked || index.documents === 0) return [];
  const words = query.match(/[\p{L}\p{N}]+(?:[-/][\p{L}\p{N}]+)*/gu) ?? [];
  const unknown = [...new Set(words)].filter((word) => {
    const terms = tokenize(word);
    return terms.length > 0 && terms.every((term) => index.frequency(term) === 0);
  });
  return unknown.length > 0 ? [`no stored document mentions: ${unknown.slice(0, 10).join(", ").slice(0, 300)}`] : [];
}
