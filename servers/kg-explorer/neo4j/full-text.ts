/** Exact identifiers as a query of Neo4j's full-text indexes, which read Lucene's language. */

/** Each term as a whole, whatever it holds. */
export function exactTerms(terms: readonly string[]): string {
  return terms.map((term) => `"${term.replace(/["\\]/g, "\\$&")}"`).join(" ");
}
