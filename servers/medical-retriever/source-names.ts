/** The sources that a search can ask. */
export const SOURCES = [
  "local",
  "pubmed",
  "europepmc",
  "pmc",
  "openfda",
  "dailymed",
  "clinicaltrials",
  "rxnav",
] as const;
export type SourceName = (typeof SOURCES)[number];
