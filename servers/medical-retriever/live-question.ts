/** A question as live sources are asked it: the user's words, and what the vocabulary and the collection know of them. */
import { linkText, type Knowledge } from "../knowledge/index.ts";
import type { EvidenceFilter } from "./filter.ts";
import type { NamedEntity, SourceQuestion } from "./sources/source.ts";

/** Records of one source that can take part in the ranking. */
const RECORDS = 20;
/** Longer texts are documents: what they are about stands at their beginning. */
const MOST_TEXT = 1000;

export function liveQuestion(
  knowledge: Knowledge,
  query: string,
  { from, to, kinds }: EvidenceFilter,
  rarity: (term: string) => number,
): SourceQuestion {
  let named: readonly NamedEntity[] | undefined;
  return {
    query,
    entities: () => (named ??= entitiesIn(knowledge, query)),
    rarity,
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(kinds ? { kinds } : {}),
    ...(kinds ? { kinds } : {}),
    limit: RECORDS,
  };
}

/** What the question names, longest mention first. Without a vocabulary the words alone must do. */
function entitiesIn(knowledge: Knowledge, query: string): NamedEntity[] {
  try {
    return linkText(knowledge.graph, query.slice(0, MOST_TEXT))
      .flatMap(({ id, name, category, synonyms = [], mention }) =>
        mention ? [{ id, name, category, synonyms, text: mention.text }] : [],
      )
      .toSorted((a, b) => b.text.length - a.text.length);
  } catch (error) {
    process.stderr.write(`the vocabulary cannot be asked: ${(error as Error).message}\n`);
    return [];
  }
}
