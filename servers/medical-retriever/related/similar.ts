/** More like this: the words that set a document or a text apart, asked as a query. */
import { documentText } from "../../../schemas/index.ts";
import { tokenize } from "../../knowledge/tokenize.ts";
import { fromIndex, withLive } from "../local/pool.ts";
import { rank, type Ranked } from "../local/ranked.ts";
import { TermQuery } from "../local/ranking.ts";
import { idf, widened, type CollectionStatistics } from "../local/statistics.ts";
import { localOutcome } from "../outcomes.ts";
import { askedConcepts } from "../relevance/asked-concepts.ts";
import { plainConcepts, type Concept } from "../relevance/concepts.ts";
import type { CallContext, Retriever } from "../retriever.ts";
import { linkedTo, type Linked } from "./linked.ts";
import type { Subject } from "./subject.ts";

/** So many words describe a subject; more describe the single document. */
const SUBJECT_TERMS = 25;
/** Share of those words that a document on the same subject has. */
const LEAST_COVERAGE = 0.15;
/** Title, abstract and what else comes first: the whole of a full text or label says what is in this one alone. */
const MAX_TEXT = 3000;
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
  const concepts = index ? subjectConcepts(retriever, subject, text, index) : [];
  const [pool, linked] = await Promise.all([
    fromIndex(retriever, { concepts, range: {}, wanted: true }, context),
    linkedTo(retriever, "similar", subject, NEIGHBOURS, context),
  ]);
  for (const id of subject.ids) pool.documents.delete(id);
  const all = await withLive(pool, linked.things, context.signal);
  const query = new TermQuery(concepts.length > 0 ? concepts : tokenize(text), widened(pool.index, all.live));
  const ranked = rank([...all.documents.values()], query, { now: all.newest, leastCoverage: LEAST_COVERAGE });
  const isHere = ranked.some(({ id }) => pool.documents.has(id));
  const [, ...live] = linked.outcomes;
  return { ...linked, ranked, outcomes: [localOutcome(pool, isHere), ...live] };
}

/** What the title names, in all its names, and the words that set the text apart. */
function subjectConcepts(
  { knowledge }: Retriever,
  { document, name }: Subject,
  text: string,
  index: CollectionStatistics,
): Concept[] {
  const known = ({ own, others }: Concept) =>
    [own, ...others.map(({ terms }) => terms)].some((terms) => terms.every((term) => index.frequency(term) > 0));
  const title = askedConcepts(knowledge, document?.title ?? name).filter(known);
  const named = title.filter((concept) => concept.named !== undefined);
  const said = new Set(named.flatMap(({ own }) => own));
  return [...named, ...plainConcepts(subjectTerms(text, index).filter((term) => !said.has(term)))];
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
