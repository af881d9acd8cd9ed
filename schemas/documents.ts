/** Documents of record, their passages, and the authority and integrity that are shown with them. */
import { z } from "zod";

/** Where a document stands: a retracted paper is never evidence, and says so wherever it appears. */
export const Integrity = z.enum(["ok", "corrected", "concern", "retracted"]);
export type Integrity = z.infer<typeof Integrity>;

export const Section = z.object({
  label: z.string().default(""),
  text: z.string(),
});
export type Section = z.infer<typeof Section>;

/** Auth(d) in [0,1] with its parts, so that a reader sees why a document ranks where it does. */
export const Authority = z.object({
  score: z.number().min(0).max(1),
  parts: z.record(z.string(), z.number()),
});
export type Authority = z.infer<typeof Authority>;

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
  /** `<document>#<start>-<end>` */
  id: z.string(),
  document: z.string(),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  text: z.string(),
  section: z.string().optional(),
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
