/** Words that no stored document has, and that are nearly a name of the vocabulary: `asprin` is searched for as aspirin, and that is said. */
import { linkName, type Knowledge } from "../../knowledge/index.ts";
import { tokenize } from "../../knowledge/tokenize.ts";
import type { CollectionStatistics } from "../local/statistics.ts";

/** Shorter words are near to too many others. */
const LONG_WORD = /(?<![\p{L}\p{N}-])\p{L}{6,}(?![\p{L}\p{N}-])/gu;
const MOST_WORDS = 5;
const MOST_BEARERS = 10;
/** Longer texts are documents, not questions. */
const MOST_TEXT = 1000;

export interface Respelt {
  query: string;
  notes: string[];
}

/** Where a word is near to several names it stays as it is: drugs that look alike are not to be confused. */
export function respelt(
  query: string,
  index: Pick<CollectionStatistics, "documents" | "frequency">,
  { graph }: Pick<Knowledge, "graph">,
): Respelt {
  if (index.documents === 0 || query.length > MOST_TEXT) return { query, notes: [] };
  const isKnown = (text: string) => tokenize(text).some((term) => index.frequency(term) > 0);
  const unknown = [...new Set(query.match(LONG_WORD) ?? [])].filter((word) => !isKnown(word)).slice(0, MOST_WORDS);
  let asked = query;
  const notes: string[] = [];
  for (const word of unknown) {
    const near = linkName(graph, word, { upTo: "fuzzy", limit: MOST_BEARERS }).filter(({ match }) => match === "fuzzy");
    const names = [...new Set(near.map(({ matchedName }) => matchedName.toLowerCase()))];
    const [name = ""] = names;
    if (names.length > 1) notes.push(`${word} may be a misspelling of ${names.slice(0, 3).join(" or ")}`);
    if (names.length !== 1 || !isKnown(name)) continue;
    asked = asked.replaceAll(word, name);
    notes.push(`no stored document mentions ${word}: taken as a misspelling of ${name}`);
  }
  return { query: asked, notes };
}
