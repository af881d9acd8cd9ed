/** A record of Europe PMC (`resultType=core`, and `lite` as far as it goes) as a document. */
import type { Document, Integrity } from "../../../../schemas/index.ts";
import { listOf } from "../answer-checks.ts";
import { plainText, sectionsOf } from "./prose.ts";

/** What is read of a record; everything may be missing, and lists of one may be the one. */
export interface EuropePmcRecord {
  id?: string | number;
  /** MED (PubMed), PMC, PPR (preprints), AGR, CBA, PAT … */
  source?: string;
  pmid?: string | number;
  pmcid?: string;
  doi?: string;
  title?: string;
  authorString?: string;
  authorList?: { author?: Author | Author[] };
  journalTitle?: string;
  journalInfo?: { journal?: { title?: string } };
  bookOrReportDetails?: { publisher?: string };
  pubYear?: string | number;
  firstPublicationDate?: string;
  electronicPublicationDate?: string;
  abstractText?: string;
  pubType?: string;
  pubTypeList?: { pubType?: string | string[] };
  meshHeadingList?: { meshHeading?: MeshHeading | MeshHeading[] };
  language?: string;
  isOpenAccess?: string;
  inEPMC?: string;
  license?: string;
  citedByCount?: number | string;
  commentCorrectionList?: { commentCorrection?: Notice | Notice[] };
}
interface MeshHeading {
  descriptorName?: string;
}
interface Author {
  fullName?: string;
  lastName?: string;
  initials?: string;
  collectiveName?: string;
}
interface Notice {
  id?: string | number;
  source?: string;
  /** `Retraction in`, `Erratum for`, `Comment on`, `Preprint of` … */
  type?: string;
}

/** @returns undefined for a record without an id, or of something that is no publication (patents) */
export function documentOf(record: EuropePmcRecord, fetchedAt?: string): Document | undefined {
  const id = documentId(record);
  if (!id) return undefined;
  const types = publicationTypes(record);
  const citations = Number(record.citedByCount ?? Number.NaN);
  const document: Document = {
    id,
    title: plainText(record.title ?? ""),
    sections: sectionsOf(record.abstractText ?? ""),
    published: published(record),
    journal: plainText(record.journalInfo?.journal?.title ?? record.journalTitle ?? ""),
    publisher: record.bookOrReportDetails?.publisher,
    authors: authors(record),
    publicationTypes: types,
    mesh: listOf(record.meshHeadingList?.meshHeading).flatMap(({ descriptorName }) => descriptorName ?? []),
    identifiers: identifiers(record),
    related: related(record),
    language: record.language,
    integrity: integrity(record, types),
    licence: record.license,
    impact: Number.isInteger(citations) && citations >= 0 ? { citations } : undefined,
    fetchedAt,
  };
  return Object.fromEntries(Object.entries(document).filter(([key, value]) => isKept(key, value))) as Document;
}

/** `PMID:…` where there is one, so that the record is the same as PubMed's. */
function documentId({ id, source, pmid, pmcid }: EuropePmcRecord): string | undefined {
  if (pmid ?? (source === "MED" && id)) return `PMID:${pmid ?? id}`;
  if (source === "PPR" && id) return `PPR:${id}`;
  if (pmcid) return `PMC:${pmcid}`;
  return source === "PMC" && id ? `PMC:PMC${String(id).replace("PMC", "")}` : undefined;
}

function identifiers({ id, source, pmid, pmcid, doi }: EuropePmcRecord): Record<string, string> {
  return {
    ...((pmid ?? source === "MED") ? { pmid: String(pmid ?? id) } : {}),
    ...(doi ? { doi } : {}),
    ...(pmcid ? { pmcid } : {}),
    ...(source === "PPR" ? { ppr: String(id) } : {}),
  };
}

function published({ firstPublicationDate, electronicPublicationDate, pubYear }: EuropePmcRecord): string | undefined {
  const dates = [firstPublicationDate, electronicPublicationDate, pubYear === undefined ? undefined : String(pubYear)];
  return dates.find((date) => date !== undefined && /^\d{4}(?:-\d\d){0,2}$/.test(date));
}

function authors({ authorList, authorString = "" }: EuropePmcRecord): string[] {
  const listed = listOf(authorList?.author).map(
    ({ fullName, lastName, initials, collectiveName }) =>
      fullName ?? (lastName ? [lastName, initials].filter(Boolean).join(" ") : (collectiveName ?? "")),
  );
  return (listed.length > 0 ? listed : authorString.replace(/\.$/, "").split(/,\s*/)).map(plainText).filter(Boolean);
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

function publicationTypes({ pubTypeList, pubType = "", source }: EuropePmcRecord): string[] {
  const given = [...listOf(pubTypeList?.pubType), ...pubType.split(/;\s*/)].map((type) => type.trim()).filter(Boolean);
  const types = given.map(
    (type) => TYPES[type.toLowerCase()] ?? (type === type.toLowerCase() ? capitalised(type) : type),
  );
  const all = source === "PPR" ? ["Preprint", ...types] : types;
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

function integrity(record: EuropePmcRecord, types: readonly string[]): Integrity | undefined {
  const withdrawn = types.some((type) => /^(?:retracted publication|.*\bwithdraw|.*\bremoval\b)/i.test(type));
  if (withdrawn || /^\W*(?:retracted|withdrawn)(?: article| paper)?\s*[:.\]]/i.test(record.title ?? ""))
    return "retracted";
  const notices = noticesOf(record).map(({ type = "" }) => type);
  return STANDING.find(([pattern]) => notices.some((type) => pattern.test(type)))?.[1];
}

const NOTICES = /^(?:retract|erratum|expression of concern|corrected|partial retraction|update|preprint)/i;

/** Keys as PubMed's records have them: `Retraction in` → retractionIn. */
function related(record: EuropePmcRecord): Record<string, string[]> | undefined {
  const found: Record<string, string[]> = {};
  for (const { id, source, type = "" } of noticesOf(record)) {
    if (id === undefined || !NOTICES.test(type) || (source !== "MED" && source !== "PPR")) continue;
    const key = type
      .toLowerCase()
      .replace(/ and /, "and ")
      .replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
    (found[key] ??= []).push(`${source === "MED" ? "PMID" : "PPR"}:${id}`);
  }
  return Object.keys(found).length > 0 ? found : undefined;
}

function noticesOf({ commentCorrectionList }: EuropePmcRecord): Notice[] {
  return listOf(commentCorrectionList?.commentCorrection);
}

function isKept(key: string, value: unknown): boolean {
  if (key === "title" || key === "sections") return true;
  return !(value === undefined || value === "" || (Array.isArray(value) && value.length === 0));
}
