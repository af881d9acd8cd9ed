/** How each source of a search went, in words: a failure never looks like an empty answer. */
import type { Outcome } from "../../schemas/index.ts";
import { tokenize } from "../knowledge/tokenize.ts";
import type { SourceReport } from "./fan-out/fan-out.ts";
import { isPlainTerm } from "./local/plain-terms.ts";
import type { Pool } from "./local/pool.ts";

/**
 * @param shown whether a document of the local collection is in the list
 * @param filtered whether only some dates or kinds were asked for
 */
export function localOutcome(
  { failure, index }: Pick<Pool, "failure" | "index">,
  shown: boolean,
  filtered = false,
): Outcome {
  const source = "local";
  if (failure) return { source, outcome: "unavailable", message: failure };
  if (shown) return { source, outcome: "found" };
  const none = filtered
    ? "no stored document of these dates and kinds is about this"
    : "no stored document is about this";
  const message = index?.documents === 0 ? "no documents are stored" : none;
  return { source, outcome: "empty", message };
}

/**
 * @param shown how many of its records are in the list
 * @param nothing what it means where it has none
 */
export function liveOutcome(
  { source, outcome, message, documents, count }: SourceReport,
  shown: number,
  nothing = "has no record for these words",
): Outcome {
  if (outcome === "unavailable" || outcome === "inapplicable")
    return { source, outcome, ...(message ? { message } : {}) };
  if (documents.length === 0) return { source, outcome, message: message ?? nothing };
  const of = count === undefined || count <= documents.length ? "" : ` of ${count}`;
  const given = `gave ${documents.length}${of} ${(count ?? documents.length) === 1 ? "record" : "records"}, ${shown} in the list`;
  if (outcome === "degraded") return { source, outcome, message: `${message}: ${given}` };
  return { source, outcome: shown > 0 ? "found" : "empty", message: given };
}

const MOST_NOTES = 3;

/** What sources say of the question, each with its name. */
export function sourceNotes(reports: readonly SourceReport[]): string[] {
  return reports.flatMap(({ source, notes }) =>
    [...new Set(notes)].slice(0, MOST_NOTES).map((note) => `${source}: ${note.slice(0, 300)}`),
  );
}

/** Words of the query that no stored document has: the reason why an answer may be missing. */
export function unknownWords(query: string, index: Pool["index"]): string[] {
  if (!index || index.documents === 0) return [];
  const words = query.match(/[\p{L}\p{N}]+(?:[-/][\p{L}\p{N}]+)*/gu) ?? [];
  const unknown = [...new Set(words)].filter((word) => {
    const terms = tokenize(word);
    // Of ordinary words a small collection lacks many; they tell nothing.
    return terms.length > 0 && terms.every((term) => index.frequency(term) === 0 && !isPlainTerm(term));
  });
  return unknown.length > 0 ? [`no stored document mentions: ${unknown.slice(0, 10).join(", ").slice(0, 300)}`] : [];
}
