/** A question to the local index and to live sources at once, ranked together by one measure. Each source says how it went. */
import type { Document, DocumentHit, Outcome, Passage } from "../../schemas/index.ts";
import { listKey, readCursor, writeCursor } from "../kit/cursor.ts";
import { orAborted } from "../kit/http/scope.ts";
import { invalidArguments } from "../kit/index.ts";
import { isOffline } from "../kit/offline.ts";
import { tokenize } from "../knowledge/tokenize.ts";
import { askLive, offlineNote } from "./ask-live.ts";
import { fits, readFilter, type EvidenceFilter } from "./filter.ts";
import { storedCopies } from "./identity/stored-copies.ts";
import { fingerprint, type RankedList } from "./kept-lists.ts";
import { keep, thingsOf } from "./live-records.ts";
import { fromIndex, relevanceMethod, withLive, type Pool } from "./local/pool.ts";
import { LAMBDA, rank, type Ranked, type RankOptions } from "./local/ranked.ts";
import { TermQuery } from "./local/ranking.ts";
import { widened } from "./local/statistics.ts";
import { idsNamedIn, namedRecords, withoutNumbers } from "./named-records.ts";
import { liveOutcome, localOutcome, sourceNotes, unknownWords } from "./outcomes.ts";
import { makePage } from "./page.ts";
import { askedConcepts } from "./relevance/asked-concepts.ts";
import { respelt } from "./relevance/respelling.ts";
import type { CallContext, Retriever } from "./retriever.ts";
import { SOURCES, type SourceName } from "./source-names.ts";
import { StoredTexts } from "./stored-texts.ts";

export interface SearchOptions {
  limit?: number;
  /** Those that are asked; all where absent. */
  sources?: readonly SourceName[];
  /** Weight of relevance against authority, 0 to 1. */
  lambda?: number;
  /** Dates of publication, `YYYY[-MM[-DD]]`, inclusive. */
  from?: string;
  to?: string;
  /** Kinds of evidence, as `KINDS` has them. */
  kinds?: readonly string[];
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
interface Question {
  query: string;
  sources: ReadonlySet<SourceName>;
  filter: EvidenceFilter;
  lambda: number;
}

/** @throws ToolError for a query without words or arguments out of range; a source that fails is an outcome */
export async function search(
  retriever: Retriever,
  text: string,
  options: SearchOptions,
  context: CallContext,
): Promise<SearchResult> {
  const question = readQuestion(text, options);
  const texts = new StoredTexts(retriever.knowledge);
  const { query, sources, filter, lambda } = question;
  const key = listKey(query, [...sources].toSorted(), lambda, filter, retriever.local.revision());
  const { offset, list: before } = readCursor(options.cursor, key);
  const list = (before && retriever.lists.get(key + before)) || (await makeList(retriever, texts, question, context));
  const made = fingerprint(list.ranked);
  if (before && before !== made) {
    throw invalidArguments(
      "what the sources answer has changed since the first page",
      "call again with the same arguments and without cursor",
    );
  }
  const { limit = 10 } = options;
  const page = makePage(documentsOf(texts, list, list.ranked.slice(offset, offset + limit)), list.asked, limit);
  const next = offset + page.taken;
  const more = page.taken > 0 && next < list.ranked.length;
  if (more) retriever.lists.keep(key + made, list);
  return {
    query,
    documents: page.documents,
    passages: page.passages,
    outcomes: list.outcomes.map((outcome) => (outcome.source === "local" ? orUnreadable(outcome, texts) : outcome)),
    notes: [
      ...(text.length > MAX_QUERY ? [`only the first ${MAX_QUERY} characters were searched`] : []),
      ...list.notes,
      ...page.notes,
    ],
    lambda,
    relevanceMethod: list.relevanceMethod,
    total: list.ranked.length,
    ...(more ? { nextCursor: writeCursor(key, next, undefined, made) } : {}),
  };
}

function readQuestion(text: string, options: SearchOptions): Question {
  const { lambda = LAMBDA } = options;
  if (!(lambda >= 0 && lambda <= 1)) {
    throw invalidArguments(`lambda is ${lambda}`, "give a weight from 0 (authority alone) to 1 (relevance alone)");
  }
  const query = text.slice(0, MAX_QUERY);
  if (tokenize(query).length === 0) {
    throw invalidArguments("the query has no word to search for", "name a disease, drug, gene or finding");
  }
  const sources = options.sources?.length ? options.sources : isOffline() ? (["local"] as const) : SOURCES;
  return { query, sources: new Set(sources), filter: readFilter(options), lambda };
}

/** An index that cannot be read is told of where it is searched. */
async function respeltFor({ local, knowledge }: Retriever, query: string, { signal, progress }: CallContext) {
  const tell = (done: number, total: number) => progress?.(done, total, "building the search index");
  const index = await orAborted(local.index(tell), signal).catch(() => undefined);
  signal.throwIfAborted();
  return index ? respelt(query, index, knowledge) : { query, notes: [] };
}

/** Asks everybody at once, and ranks what they have. */
async function makeList(
  retriever: Retriever,
  texts: StoredTexts,
  question: Question,
  context: CallContext,
): Promise<RankedList> {
  const { query, sources, filter, lambda } = question;
  const local = sources.has("local");
  const ids = idsNamedIn(query);
  const fromStored = async () => {
    const asked = local ? await respeltFor(retriever, query, context) : { query, notes: [] };
    const words = ids.length > 0 ? withoutNumbers(asked.query) : asked.query;
    const concepts = askedConcepts(retriever.knowledge, words);
    const pool = await fromIndex(retriever, { query: words, concepts, range: filter, wanted: local, texts }, context);
    return { pool, words, asked };
  };
  const [{ pool, words, asked }, reports, named] = await Promise.all([
    fromStored(),
    askLive(retriever, question, context),
    namedRecords(
      retriever,
      texts,
      ids,
      [...sources].some((source) => source !== "local"),
      context,
    ),
  ]);
  const { things, notes } = thingsOf(retriever, texts, reports, named.records);
  const wanted = things.filter(({ document }) => fits(document, filter));
  keep(retriever, wanted);

  const all = await withLive(pool, wanted, context.signal);
  const termQuery = new TermQuery(all.concepts, widened(pool.index, all.live));
  const documents = new Map(wanted.map(({ document }) => [document.id, document as Document]));
  const isNamed = (id: string) => named.records.some(({ document }) => document.id === id);
  const ranked = rankOnce(texts, all, documents, termQuery, { lambda, now: all.newest, isNamed });
  const shown = new Set(ranked.map(({ id }) => id));
  const shownOf = (source: SourceName) =>
    things.filter((thing) => shown.has(thing.document.id) && thing.sources.includes(source)).length;
  const isLocal = ({ id }: Ranked) => pool.documents.has(id) || things.some((t) => t.stored && t.document.id === id);
  return {
    asked: asked.query,
    ranked,
    documents,
    outcomes: [
      ...(local ? [localOutcome(pool, ranked.some(isLocal), isNarrowed(filter))] : []),
      ...reports.map((report) => liveOutcome(report, shownOf(report.source))),
    ],
    notes: [
      ...asked.notes,
      ...(local ? unknownWords(words, pool.index) : []),
      ...offlineNote(sources),
      ...retriever.meaning.notes(),
      ...sourceNotes(reports),
      ...named.notes,
      ...notes,
      ...(filter.from || filter.to ? ["documents without a date of publication are left out"] : []),
    ],
    relevanceMethod: relevanceMethod(all),
  };
}

function isNarrowed({ from, to, kinds }: EvidenceFilter): boolean {
  return (from ?? to ?? kinds) !== undefined;
}

/** Each thing once: of what is stored in two copies the better one, where the worse news about them puts it. */
function rankOnce(
  texts: StoredTexts,
  pool: Pool,
  documents: Map<string, Document>,
  query: TermQuery,
  options: RankOptions,
): Ranked[] {
  const ranked = rank([...pool.documents.values()], query, options);
  const ids = ranked.map(({ id }) => id);
  const { hidden, united } = storedCopies(texts, ids, documents);
  if (hidden.size === 0) return ranked;
  for (const [id, document] of united) documents.set(id, document);
  const once = [...pool.documents.values()]
    .filter(({ id }) => !hidden.has(id))
    .map((one) => ({ ...one, integrity: united.get(one.id)?.integrity ?? one.integrity }));
  return rank(once, query, options);
}

/** Documents that were found and cannot be read are no empty answer. */
function orUnreadable(outcome: Outcome, { failure }: StoredTexts): Outcome {
  return failure ? { source: outcome.source, outcome: "unavailable", message: failure } : outcome;
}

/** The texts of ranked documents; one that vanished since it was indexed is left out. */
function documentsOf(
  texts: StoredTexts,
  { documents }: Pick<RankedList, "documents">,
  ranked: readonly Ranked[],
): { hit: Ranked; document: Document }[] {
  texts.expect(ranked.flatMap(({ id }) => (documents.has(id) ? [] : [id])));
  return ranked.flatMap((hit) => {
    const document = documents.get(hit.id) ?? texts.get(hit.id);
    return document ? [{ hit, document }] : [];
  });
}
