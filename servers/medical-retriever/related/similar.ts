/** More like this: the words that set a document or a text apart, asked as a query. */
import { documentText } from "../../../schemas/index.ts";
import { tokenize } from "../../knowledge/tokenize.ts";
import { fromIndex, withLive } from "../local/pool.ts";
import { rank, type Ranked } from "../local/ranked.ts";
import { TermQuery } from "../local/ranking.ts";
import { idf, widened, type CollectionStatistics } from "../local/statistics.ts";
import { localOutcome } from "../outcomes.ts";
import { plainConcepts } from "../relevance/concepts.ts";
import type { CallContext, Retriever } from "../retriever.ts";
import { linkedTo, type Linked } from "./linked.ts";
import type { Subject } from "./subject.ts";

/** So many words describe a subject; more describe the single document. */
const SUBJECT_TERMS = 25;
/** Share of those words that a document on the same subject has. */
const LEAST_COVERAGE = 0.15;
const MAX_TEXT = 50_000;
/** Of PubMed's own neighbours. */
const NEIGHBOURS = 20;

export interface Similar extends Linked {
  /** Best first. */
  ranked: Ranked[];
}

/** Documents on the same subject: by the words here, by PubMed's neighbours of a paper, in one ranking. */
export async function similarTo(retriever: Retriever, subject: Subject, context: CallContext): Promise<Similar> {
  const index = await retriever.local.index(context.progress).catch(() => undefined);
  const text = subject.document ? documentText(subject.document) : subject.name;
  const terms = index ? subjectTerms(text, index) : [];
  const [pool, linked] = await Promise.all([
    fromIndex(retriever, { concepts: plainConcepts(terms), range: {}, wanted: true }, context),
    linkedTo(retriever, "similar", subject, NEIGHBOURS, context),
  ]);
  for (const id of subject.ids) pool.documents.delete(id);
  const all = await withLive(pool, linked.things, context.signal);
  const query = new TermQuery(terms.length > 0 ? terms : tokenize(text), widened(pool.index, all.live));
  const ranked = rank([...all.documents.values()], query, { now: all.newest, leastCoverage: LEAST_COVERAGE });
  const isHere = ranked.some(({ id }) => pool.documents.has(id));
  const [, ...live] = linked.outcomes;
  return { ...linked, ranked, outcomes: [localOutcome(pool, isHere), ...live] };
}

/** The terms that the text repeats and the collection does not. */
function subjectTerms(text: string, index: CollectionStatistics): string[] {
  const counts = new Map<string, number>();
  for (const term of tokenize(text.slice(0, MAX_TEXT))) counts.set(term, (counts.get(term) ?? 0) + 1);
  const weight = ([term, count]: [string, number]) => (1 + Math.log(count)) * idf(index, term);
  return [...counts]
    .filter(([term]) => index.frequency(term) > 0)
    .toSorted((a, b) => weight(b) - weight(a) || (a[0] < b[0] ? -1 : 1))
    .slice(0, SUBJECT_TERMS)
    .map(([term]) => term);
}
