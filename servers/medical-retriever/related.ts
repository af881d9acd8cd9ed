/** More like this: the words that set a document or a text apart, asked as a query. */
import type { DocumentHit, Outcome, Passage } from "../../schemas/index.ts";
import { documentText } from "../../schemas/index.ts";
import { invalidArguments } from "../kit/index.ts";
import { tokenize } from "../knowledge/tokenize.ts";
import { getDocument } from "./get-document.ts";
import { integrityNotes } from "./integrity.ts";
import { fromIndex } from "./local/pool.ts";
import { idf, TermQuery } from "./local/ranking.ts";
import { rank } from "./local/ranked.ts";
import type { DocumentIndex } from "./local/document-index.ts";
import { makePage } from "./page.ts";
import type { CallContext, Retriever } from "./retriever.ts";
import { localOutcome } from "./outcomes.ts";
import { documentsOf } from "./search.ts";

export interface RelatedOptions {
  /** Of a document; else `text`. */
  id?: string;
  text?: string;
  limit?: number;
}

export interface RelatedResult {
  to: string;
  documents: DocumentHit[];
  passages: Passage[];
  outcomes: Outcome[];
  notes: string[];
}

/** So many words describe a subject; more describe the single document. */
const SUBJECT_TERMS = 25;
/** Share of those words that a document on the same subject has. */
const LEAST_COVERAGE = 0.15;
const MAX_TEXT = 50_000;

/** @throws ToolError where neither an id nor a text is given, or the id is unknown */
export async function findRelated(
  retriever: Retriever,
  { id, text, limit = 10 }: RelatedOptions,
  context: CallContext,
): Promise<RelatedResult> {
  const to = id ? (await getDocument(retriever, id, context)).document : undefined;
  if (!to && !text) throw invalidArguments("neither id nor text was given", "give the id of a document, or a text");
  const index = await retriever.local.index(context.progress).catch(() => undefined);
  const terms = index ? subjectTerms(to ? documentText(to) : text!, index) : [];
  const pool = await fromIndex(retriever, { terms, range: {}, wanted: true }, context);
  if (to) pool.documents.delete(to.id);
  const ranked = pool.index
    ? rank([...pool.documents.values()], new TermQuery(terms, pool.index), {
        now: pool.newest,
        leastCoverage: LEAST_COVERAGE,
      })
    : [];
  const page = makePage(
    documentsOf(retriever, { documents: new Map() }, ranked.slice(0, limit)),
    to?.title ?? text!,
    limit,
  );
  return {
    to: to?.id ?? text!.slice(0, 200),
    documents: page.documents,
    passages: page.passages,
    outcomes: [localOutcome(pool, ranked.length > 0)],
    notes: [...integrityNotes(to ? [to] : []), ...integrityNotes(page.documents)],
  };
}

/** The terms that the text repeats and the collection does not. */
function subjectTerms(text: string, index: DocumentIndex): string[] {
  const counts = new Map<string, number>();
  for (const term of tokenize(text.slice(0, MAX_TEXT))) counts.set(term, (counts.get(term) ?? 0) + 1);
  const weight = ([term, count]: [string, number]) => (1 + Math.log(count)) * idf(index, term);
  return [...counts]
    .filter(([term]) => index.frequency(term) > 0)
    .toSorted((a, b) => weight(b) - weight(a) || (a[0] < b[0] ? -1 : 1))
    .slice(0, SUBJECT_TERMS)
    .map(([term]) => term);
}
