/** A citation as it is read, whichever way, and the document that it makes. */
import type { Document, KnowledgeRecord, Section } from "../../../../schemas/index.ts";
import { integrityOf, noticesOf, relatedOf, type Comment } from "./standing.ts";

/** The parts of a PubmedArticle that a document takes something from. */
export interface Citation {
  pmid: string;
  title: string;
  /** In the language of the article. */
  vernacular: string;
  sections: Section[];
  /** Of the issue, and of the electronic article. */
  issued: string | undefined;
  electronic: string | undefined;
  /** When the record was last changed, ISO 8601. */
  revised: string | undefined;
  journal: string;
  authors: string[];
  types: string[];
  /** Published as a retracted paper. */
  retracted: boolean;
  mesh: string[];
  /** Kind (`doi`, `pmc`) and value. */
  ids: { kind: string; value: string }[];
  /** The DOI beside the pages: older records have it there alone. */
  location: string;
  /** Numbers at ClinicalTrials.gov. */
  trials: string[];
  comments: Comment[];
  languages: string[];
  copyright: string;
}

/** The records of a citation: its document, and what it says of others. */
export function recordsOfCitation(citation: Citation): KnowledgeRecord[] {
  const { comments, revised } = citation;
  const record: KnowledgeRecord = {
    type: "document",
    document: documentOfCitation(citation),
    ...(revised ? { revised } : {}),
  };
  if (comments.length === 0) return [record];
  return [record, ...noticesOf(comments).map((notice): KnowledgeRecord => ({ type: "notice", ...notice }))];
}

export function documentOfCitation(citation: Citation): Document {
  const { issued, electronic, sections, authors, types, mesh, trials, comments, languages } = citation;
  const published = issued ?? electronic;
  const related = relatedOf(trials, comments);
  const integrity = integrityOf(citation.retracted, comments);
  const document: Document = {
    id: `PMID:${citation.pmid}`,
    title: hasTitle(citation.title) || !citation.vernacular ? citation.title : citation.vernacular,
    sections,
  };
  // What is empty is left out; the order is that of the schema.
  if (published) document.published = published;
  if (citation.journal) document.journal = citation.journal;
  if (authors.length > 0) document.authors = authors;
  if (types.length > 0) document.publicationTypes = types;
  if (mesh.length > 0) document.mesh = mesh;
  document.identifiers = identifiersOf(citation);
  if (related) document.related = related;
  const language = languages.join(", ");
  if (language) document.language = language;
  if (integrity) document.integrity = integrity;
  if (citation.copyright) document.licence = citation.copyright;
  return document;
}

/** `[Not Available].` stands where nobody has translated the title: the vernacular one is the title then. */
export function hasTitle(title: string): boolean {
  return title !== "" && !/^\[?not available\]?\.?$/i.test(title);
}

const IDS: Record<string, string> = { doi: "doi", pmc: "pmcid", bookaccession: "bookaccession" };

export function identifiersOf({
  pmid,
  ids,
  location,
  trials,
}: Pick<Citation, "pmid" | "ids" | "location" | "trials">): Record<string, string> {
  const identifiers: Record<string, string> = { pmid };
  for (const { kind, value } of ids) {
    const name = IDS[kind];
    if (name && value) identifiers[name] = value;
  }
  if (location) identifiers["doi"] ??= location;
  if (trials[0]) identifiers["nct"] = trials[0];
  return identifiers;
}

export const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** The parts of a date as they are written. */
export interface DateParts {
  year?: string;
  month?: string;
  day?: string;
  /** `2012 Jul-Aug`, in place of the others. */
  medline?: string;
}

/** As far as it is exact, ISO 8601. */
export function dateOfParts(parts: DateParts): string | undefined {
  const [year, month = ""] = parts.year === undefined ? inWords(parts.medline ?? "") : [parts.year, parts.month];
  if (!year || !/^\d{4}$/.test(year)) return undefined;
  const number = /^\d+$/.test(month) ? Number(month) : MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  if (number < 1 || number > 12) return year;
  const day = Number(/^\d{1,2}$/.exec(parts.day ?? "")?.[0] ?? 0);
  const upToMonth = `${year}-${number < 10 ? "0" : ""}${number}`;
  return day >= 1 && day <= 31 ? `${upToMonth}-${day < 10 ? "0" : ""}${day}` : upToMonth;
}

/** The first year and month of `1998 Dec-1999 Jan`, `Winter 2003`, `Dec 1998-Jan 1999`. */
function inWords(date: string): string[] {
  const [, before, year, after] =
    /(?:\b([A-Z][a-z]{2})[a-z]*\.?\s+)?\b(\d{4})\b(?:\s*([A-Z][a-z]{2}))?/.exec(date) ?? [];
  return [year ?? "", before ?? after ?? ""];
}
