/** The sources that a search can ask. */
export const SOURCES = ["local", "pubmed"] as const;
export type SourceName = (typeof SOURCES)[number];
