/** Exact identifiers in Neo4j's full-text indexes, which read Lucene's language. */

/** A longer one is no identifier. Lucene takes no term beyond 32 kB: one such property ends the whole database. */
const LONGEST = 500;

/** The identifiers that are indexed. */
export function indexed(ids: readonly string[]): string[] {
  return ids.filter((id) => id.length <= LONGEST);
}

/** Each term as a whole, whatever it holds. */
export function exactTerms(terms: readonly string[]): string {
  return terms.map((term) => `"${term.replace(/["\\]/g, "\\$&")}"`).join(" ");
}
