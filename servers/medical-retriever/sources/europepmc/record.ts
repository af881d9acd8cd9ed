/** A record of Europe PMC (`resultType=core`, and `lite` as far as it goes) as a document. */
import type { Document, Integrity } from "../../../../schemas/index.ts";
import { objects, text, texts } from "../../../knowledge/sources/json/loose.ts";
import { plainText, sectionsOf } from "./prose.ts";

/** @returns undefined for a record without an id, or of something that is no publication (patents) */
export function documentOf(record: unknown, fetchedAt?: string): Document | undefined {
  const id = documentId(record);
  if (!id) return undefined;
  const types = publicationTypes(record);
  const citations = text(record, "citedByCount");
  const document: Document = {
    id,
    title: plainText(text(record, "title")),
    sections: sectionsOf(text(record, "abstractText")),
    published: published(record),
    journal: plainText(text(record, "journalInfo", "journal", "title") || text(record, "journalTitle")),
    publisher: text(record, "bookOrReportDetails", "publisher"),
    authors: authors(record),
    publicationTypes: types,
    mesh: objects(record, "meshHeadingList", "meshHeading").flatMap((heading) => texts(heading, "descriptorName")),
    identifiers: identifiers(record),
    related: related(record),
    language: text(record, "language"),
    integrity: integrity(record, types),
    licence: text(record, "license"),
    impact: /^\d{1,9}$/.test(citations) ? { citations: Number(citations) } : undefined,
    fetchedAt,
  };
  return Object.fromEntries(Object.entries(document).filter(([key, value]) => isKept(key, value))) as Document;
}

interface Ids {
  pmid: string;
  pmcid: string;
  ppr: string;
  doi: string;
}

/** Empty where there is none. `source` says of what `id` is: MED (PubMed), PMC, PPR (preprints), PAT … */
function idsOf(record: unknown): Ids {
  const of = (source: string) => (text(record, "source") === source ? text(record, "id") : "");
  return {
    pmid: /^\d{1,9}$/.exec(text(record, "pmid") || of("MED"))?.[0] ?? "",
    pmcid: /^(?:PMC)?(\d{1,9})$/.exec(text(record, "pmcid") || of("PMC"))?.[1]?.replace(/^/, "PMC") ?? "",
    ppr: /^PPR\d{1,9}$/.exec(of("PPR"))?.[0] ?? "",
    doi: text(record, "doi"),
  };
}

/** `PMID:…` where there is one, so that the record is the same as PubMed's. */
function documentId(record: unknown): string | undefined {
  const { pmid, ppr, pmcid } = idsOf(record);
  if (pmid) return `PMID:${pmid}`;
  if (ppr) return `PPR:${ppr}`;
  return pmcid ? `PMC:${pmcid}` : undefined;
}

function identifiers(record: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(idsOf(record)).filter(([, id]) => id !== ""));
}

function published(record: unknown): string | undefined {
  const dates = ["firstPublicationDate", "electronicPublicationDate", "pubYear"].map((name) => text(record, name));
  return dates.find((date) => /^\d{4}(?:-\d\d){0,2}$/.test(date));
}

function authors(record: unknown): string[] {
  const listed = objects(record, "authorList", "author").map((author) => {
    const person = [text(author, "lastName"), text(author, "initials")].filter(Boolean).join(" ");
    return text(author, "fullName") || person || text(author, "collectiveName");
  });
  const said = text(record, "authorString").replace(/\.$/, "").split(/,\s*/);
  return (listed.length > 0 ? listed : said).map(plainText).filter(Boolean);
}

/** JATS words of publishers in those of PubMed. */
const TYPES: Record<string, string> = {
  "research-article": "Journal Article",
  "review-article": "Review",
  "case-report": "Case Reports",
  "systematic-review": "Systematic Review",
  "meta-analysis": "Meta-Analysis",
  "retracted-article": "Retracted Publication",
};
const SMALL = new Set(["of", "in", "and", "for", "to", "as", "by"]);

function publicationTypes(record: unknown): string[] {
  const given = [...texts(record, "pubTypeList", "pubType"), ...text(record, "pubType").split(/;\s*/)].filter(Boolean);
  const types = given.map(
    (type) => TYPES[type.toLowerCase()] ?? (type === type.toLowerCase() ? capitalised(type) : type),
  );
  const all = text(record, "source") === "PPR" ? ["Preprint", ...types] : types;
  return all.filter((type, at) => all.findIndex((other) => other.toLowerCase() === type.toLowerCase()) === at);
}

/** `clinical trial, phase iii` → `Clinical Trial, Phase III` */
function capitalised(type: string): string {
  return type
    .split(" ")
    .map((text) => (SMALL.has(text) ? text : capitalisedWord(text)))
    .join(" ");
}

function capitalisedWord(word: string): string {
  return /^[iv]+$/.test(word) ? word.toUpperCase() : word.replace(/(?:^|[-.])\w/g, (start) => start.toUpperCase());
}

const STANDING: readonly (readonly [RegExp, Integrity])[] = [
  [/^(?:retraction|retracted and republished) in$/i, "retracted"],
  [/^expression of concern in$/i, "concern"],
  [/^(?:erratum|corrected and republished|partial retraction) in$/i, "corrected"],
];

function integrity(record: unknown, types: readonly string[]): Integrity | undefined {
  const withdrawn = types.some((type) => /^(?:retracted publication|.*\bwithdraw|.*\bremoval\b)/i.test(type));
  if (withdrawn || /^\W*(?:retracted|withdrawn)(?: article| paper)?\s*[:.\]]/i.test(text(record, "title")))
    return "retracted";
  const notices = noticesOf(record).map((notice) => text(notice, "type"));
  return STANDING.find(([pattern]) => notices.some((type) => pattern.test(type)))?.[1];
}

const NOTICES = /^(?:retract|erratum|expression of concern|corrected|partial retraction|update|preprint)/i;

/** Keys as PubMed's records have them: `Retraction in` → retractionIn. */
function related(record: unknown): Record<string, string[]> | undefined {
  const found: Record<string, string[]> = {};
  for (const notice of noticesOf(record)) {
    const [type, id] = [text(notice, "type"), documentId(notice)];
    if (!id || !NOTICES.test(type)) continue;
    const key = type
      .toLowerCase()
      .replace(/ and /, "and ")
      .replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
    (found[key] ??= []).push(id);
  }
  return Object.keys(found).length > 0 ? found : undefined;
}

function noticesOf(record: unknown): unknown[] {
  return objects(record, "commentCorrectionList", "commentCorrection");
}

function isKept(key: string, value: unknown): boolean {
  if (key === "title" || key === "sections") return true;
  return !(value === undefined || value === "" || (Array.isArray(value) && value.length === 0));
}

/** Whether Europe PMC itself has the text. */
export function hasFullText(record: unknown): boolean {
  return text(record, "inEPMC") !== "N";
}
