/** What the documents that match a question explain of its words: abbreviations of its phrases, and what its abbreviations mean. */
import type { Candidate } from "../local/document-index.ts";
import type { StoredTexts } from "../stored-texts.ts";
import { abbreviationsIn, sayingsOf } from "./abbreviations.ts";
import { withAlternatives, type Concept } from "./concepts.ts";

/** The best matching documents are read: more of them add nothing (`npm run bench:retrieval`). */
const READ = 12;
/** Long documents take long to open, and explain little more: in characters of search terms. */
const MOST_TERMS = 20_000;
const MOST_TEXT = 20_000;

/** The concepts, with what is learnt of them as other ways to say them. @param relevances of the candidates, by words */
export function explained(
  question: string,
  concepts: readonly Concept[],
  relevances: ReadonlyMap<string, number>,
  candidates: ReadonlyMap<string, Candidate>,
  texts: StoredTexts,
): Concept[] {
  const best = [...relevances]
    .filter(([, relevance]) => relevance > 0)
    .toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, READ)
    .map(([id]) => id)
    .filter((id) => (candidates.get(id)?.terms.joined?.length ?? 0) <= MOST_TERMS);
  texts.readAll(best);
  const abbreviations = best.flatMap((id) => {
    const document = texts.read(id);
    if (!document) return [];
    const text = [document.title, ...document.sections.map((section) => section.text)].join("\n");
    return abbreviationsIn(text.slice(0, MOST_TEXT));
  });
  return withAlternatives(concepts, sayingsOf(question, concepts, abbreviations));
}
