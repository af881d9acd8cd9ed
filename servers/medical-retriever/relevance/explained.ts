/** What the documents that match a question explain of its words: abbreviations of its phrases, and what its abbreviations mean. */
import type { Knowledge } from "../../knowledge/index.ts";
import type { Candidate, DocumentIndex } from "../local/document-index.ts";
import { TermQuery } from "../local/ranking.ts";
import { abbreviationsIn, sayingsOf } from "./abbreviations.ts";
import { withAlternatives, type Concept } from "./concepts.ts";

/** The best matching documents are read; `npm run bench:retrieval` finds no use in more. */
const READ = 30;
/** Long documents take long to open, and explain little more: in characters of search terms. */
const MOST_TERMS = 20_000;
const MOST_TEXT = 20_000;

/** The concepts, with what is learnt of them as other ways to say them. */
export function explained(
  question: string,
  concepts: readonly Concept[],
  candidates: readonly Candidate[],
  index: DocumentIndex,
  { documents }: Pick<Knowledge, "documents">,
): Concept[] {
  const relevances = new TermQuery(concepts, index).judge(candidates.map(({ terms }) => terms));
  const abbreviations = candidates
    .map((candidate, i) => ({ candidate, relevance: relevances[i]!.relevance }))
    .toSorted((a, b) => b.relevance - a.relevance || (a.candidate.id < b.candidate.id ? -1 : 1))
    .slice(0, READ)
    .filter(({ candidate, relevance }) => relevance > 0 && (candidate.terms.joined?.length ?? 0) <= MOST_TERMS)
    .flatMap(({ candidate }) => {
      const document = documents.get(candidate.id);
      if (!document) return [];
      const text = [document.title, ...document.sections.map((section) => section.text)].join("\n");
      return abbreviationsIn(text.slice(0, MOST_TEXT));
    });
  return withAlternatives(concepts, sayingsOf(question, concepts, abbreviations));
}
