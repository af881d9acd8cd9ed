/** Documents of record, their passages, and the authority and integrity that are shown with them. */
import { z } from "zod";

/** Where a document stands: a retracted paper is never evidence, and says so wherever it appears. */
export const Integrity = z.enum(["ok", "corrected", "concern", "retracted"]);
export type Integrity = z.infer<typeof Integrity>;

export const Section = z.object({
  label: z.string().default(""),
  text: z.string(),
  /** Page (PDF), slide or sheet on which the section begins, counted from 1. */
  page: z.number().int().positive().optional(),
  /** Where in `text` each further page begins, ascending: after the first of them comes page `page + 1`. */
  pageBreaks: z.array(z.number().int().nonnegative()).optional(),
  /** Depth of the heading, 1 the highest. */
  level: z.number().int().positive().optional(),
});
export type Section = z.infer<typeof Section>;

/** Auth(d) in [0,1] with its parts, so that a reader sees why a document ranks where it does. */
export const Authority = z.object({
  score: z.number().min(0).max(1),
  parts: z.record(z.string(), z.number()),
});
export type Authority = z.infer<typeof Authority>;

/** How much an article is cited. What a source does not say is absent, never 0. */
export const Impact = z.object({
  /** Relative citation ratio (iCite): 1 is the NIH-funded median of its field and year. */
  rcr: z.number().nonnegative().optional(),
  /** Of the RCR among NIH publications, 0–100. */
  percentile: z.number().min(0).max(100).optional(),
  citations: z.number().int().nonnegative().optional(),
  /** Clinical articles (trials, guidelines) that cite it. */
  clinicalCitations: z.number().int().nonnegative().optional(),
  /** Approximate potential to translate: the chance of a later citation by a clinical article, 0–1. */
  apt: z.number().min(0).max(1).optional(),
  /** Whether it is a clinical article itself. */
  clinical: z.boolean().optional(),
});
export type Impact = z.infer<typeof Impact>;

/**
 * A document of record. `id` is CURIE-like and stable: `PMID:…`, `PMC:…`, `NCT:…`, `SPL:…`, `NDA:…`, `URL:…`,
 * `NOTE:…` (starter evidence notes), `HPOA:…` (a disease's HPO annotations).
 */
export const Document = z.object({
  id: z.string().min(1),
  title: z.string(),
  sections: z.array(Section).default([]),
  /** ISO 8601 date, possibly only year or year-month. */
  published: z.string().optional(),
  journal: z.string().optional(),
  /** Who says it: regulator, society, trial group, database. */
  publisher: z.string().optional(),
  authors: z.array(z.string()).optional(),
  /** Kinds of publication in PubMed's words where they fit: "Practice Guideline", "Drug Label", "Randomized Controlled Trial", "Review", "Curated Database". */
  publicationTypes: z.array(z.string()).optional(),
  mesh: z.array(z.string()).optional(),
  /** Other identifiers of the same document: {doi, pmid, pmcid, nct, setid, rxcui, ndc, url}; several of a kind with ", " between. */
  identifiers: z.record(z.string(), z.string()).optional(),
  /** Ids of what this one names, by what it is to it: {trial, publication, retractionIn, erratumFor, application, substance, …}. */
  related: z.record(z.string(), z.array(z.string())).optional(),
  /** As the source gives it: `eng`, `fre`. */
  language: z.string().optional(),
  integrity: Integrity.optional(),
  licence: z.string().optional(),
  impact: Impact.optional(),
  /** `sha256:…` of `documentText`: says of which text the offsets are, where a page or file may change. */
  contentHash: z.string().optional(),
  /** When it was fetched from a live source, ISO 8601; absent for what was imported. */
  fetchedAt: z.string().optional(),
  /** True where a live source could not be asked and an older copy is shown. */
  stale: z.boolean().optional(),
  authority: Authority.optional(),
});
export type Document = z.infer<typeof Document>;

/** A document in a result list: no sections, with the ranking that put it there. */
export const DocumentHit = Document.omit({ sections: true }).extend({
  score: z.number().optional(),
  relevance: z.number().optional(),
});
export type DocumentHit = z.infer<typeof DocumentHit>;

/** A verbatim span of `documentText(document)`: `text === documentText(d).slice(start, end)`. */
export const Passage = z.object({
  /** `<document>#<start>-<end>`; of a page or file that may change `<document>@sha256:<16 digits>#<start>-<end>`. */
  id: z.string(),
  document: z.string(),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  text: z.string(),
  section: z.string().optional(),
  /** Page on which it begins, where the document has pages. */
  page: z.number().int().positive().optional(),
  score: z.number().optional(),
});
export type Passage = z.infer<typeof Passage>;

/** The one text of a document that all offsets (passages, quotes, findings) point into. */
export function documentText(document: Pick<Document, "title"> & { sections?: Section[] }): string {
  const parts = [document.title];
  for (const { label, text } of document.sections ?? []) parts.push(label ? `${label}\n${text}` : text);
  return parts.join("\n\n");
}

export function passageId(document: string, start: number, end: number): string {
  return `${document}#${start}-${end}`;
}
