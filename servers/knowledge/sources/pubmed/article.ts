/** PubMed's XML (DTD pubmed_250101) as documents: articles and book chapters, from efetch and from baseline and update files. */
import type { Document, Integrity } from "../../../../schemas/index.ts";
import { all, at, children, parseXml, textOf, type XmlElement } from "../xml.ts";

/** Parts of a citation that no document takes anything from. */
export const UNREAD: ReadonlySet<string> = new Set([
  "AffiliationInfo",
  "ChemicalList",
  "CitationSubset",
  "CoiStatement",
  "DateCompleted",
  "DateRevised",
  "EndingDate",
  "ForeName",
  "GeneSymbolList",
  "GrantList",
  "History",
  "ISOAbbreviation",
  "ISSN",
  "Identifier",
  "InvestigatorList",
  "Issue",
  "Keyword",
  "KeywordList",
  "MedlineJournalInfo",
  "NumberOfReferences",
  "OtherAbstract",
  "OtherID",
  "Pagination",
  "PersonalNameSubjectList",
  "PublicationStatus",
  "QualifierName",
  "RefSource",
  "ReferenceList",
  "StartingDate",
  "Suffix",
  "SupplMeshList",
  "Volume",
]);

/** All records of an efetch answer. @throws Error on text that is no PubMed XML */
export function parsePubmed(xml: string, fetchedAt?: string): Document[] {
  const root = parseXml(xml);
  if (root.name !== "PubmedArticleSet") throw new Error(`expected a PubmedArticleSet, got ${root.name}`);
  return [...children(root, "PubmedArticle"), ...children(root, "PubmedBookArticle")]
    .map(documentOf)
    .filter((document) => document !== undefined)
    .map((document) => (fetchedAt ? { ...document, fetchedAt } : document));
}

/** @param record a PubmedArticle or PubmedBookArticle. @returns undefined where it has no PMID or no article */
export function documentOf(record: XmlElement): Document | undefined {
  return record.name === "PubmedBookArticle" ? chapter(record) : article(record);
}

/** What this record says of the standing of others: a retraction of the retracted paper, an erratum of the corrected one. */
export function noticesIn(record: XmlElement): { document: string; integrity: Integrity }[] {
  return commentsOf(record).flatMap((comment) => {
    const integrity = SAID_OF_OTHERS[comment.attributes["RefType"] ?? ""];
    const document = pmidOf(comment);
    return integrity && document ? [{ document, integrity }] : [];
  });
}

function article(record: XmlElement): Document | undefined {
  const citation = at(record, "MedlineCitation");
  const body = at(citation, "Article");
  const pmid = textOf(at(citation, "PMID"));
  if (!pmid || !body) return undefined;
  const types = all(body, "PublicationTypeList", "PublicationType");
  return withoutEmpty({
    id: `PMID:${pmid}`,
    title: textOf(at(body, "ArticleTitle")) || textOf(at(body, "VernacularTitle")),
    sections: sectionsOf(at(body, "Abstract")),
    published: publishedOf(body),
    journal: textOf(at(body, "Journal", "Title")),
    authors: authorsOf(at(body, "AuthorList")),
    publicationTypes: types.map(textOf),
    mesh: all(citation, "MeshHeadingList", "MeshHeading", "DescriptorName").map(textOf),
    identifiers: identifiersOf(pmid, record),
    related: relatedOf(record),
    language: children(body, "Language").map(textOf).join(", "),
    integrity: integrityOf(types, commentsOf(record)),
    licence: textOf(at(body, "Abstract", "CopyrightInformation")),
  });
}

/** GeneReviews, StatPearls and the like. */
function chapter(record: XmlElement): Document | undefined {
  const body = at(record, "BookDocument");
  const pmid = textOf(at(body, "PMID"));
  if (!pmid) return undefined;
  const book = textOf(at(body, "Book", "BookTitle"));
  return withoutEmpty({
    id: `PMID:${pmid}`,
    title: textOf(at(body, "ArticleTitle")) || book,
    sections: sectionsOf(at(body, "Abstract")),
    published: dateOf(at(body, "ContributionDate")) ?? dateOf(at(body, "Book", "PubDate")),
    journal: book,
    publisher: textOf(at(body, "Book", "Publisher", "PublisherName")),
    authors: authorsOf(at(body, "AuthorList")),
    publicationTypes: children(body, "PublicationType").map(textOf),
    identifiers: identifiersOf(pmid, record),
  });
}

function sectionsOf(abstract: XmlElement | undefined): Document["sections"] {
  return children(abstract, "AbstractText")
    .map((part) => ({ label: part.attributes["Label"] ?? "", text: textOf(part) }))
    .filter(({ text }) => text !== "");
}

/** The issue's date; where that is missing, the electronic one. */
function publishedOf(body: XmlElement): string | undefined {
  const issue = dateOf(at(body, "Journal", "JournalIssue", "PubDate"));
  return issue ?? dateOf(at(body, "ArticleDate"));
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** `<Year>2012</Year><Month>Jul</Month><Day>12</Day>`, or `<MedlineDate>2012 Jul-Aug</MedlineDate>`, as far as it is exact. */
function dateOf(date: XmlElement | undefined): string | undefined {
  const [year, month = ""] = at(date, "Year")
    ? [textOf(at(date, "Year")), textOf(at(date, "Month"))]
    : (/^(\d{4})\s*([A-Z][a-z]{2})?/.exec(textOf(at(date, "MedlineDate")))?.slice(1) ?? []);
  if (!year || !/^\d{4}$/.test(year)) return undefined;
  const number = /^\d+$/.test(month) ? Number(month) : MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  if (number < 1 || number > 12) return year;
  const day = textOf(at(date, "Day"));
  const upToMonth = `${year}-${String(number).padStart(2, "0")}`;
  return /^\d{1,2}$/.test(day) ? `${upToMonth}-${day.padStart(2, "0")}` : upToMonth;
}

function authorsOf(list: XmlElement | undefined): string[] {
  return children(list, "Author")
    .map((author) => {
      const person = [textOf(at(author, "LastName")), textOf(at(author, "Initials"))].filter(Boolean).join(" ");
      return person || textOf(at(author, "CollectiveName"));
    })
    .filter(Boolean);
}

function identifiersOf(pmid: string, record: XmlElement): Record<string, string> {
  const identifiers: Record<string, string> = { pmid };
  const lists = [at(record, "PubmedData", "ArticleIdList"), at(record, "BookDocument", "ArticleIdList")];
  for (const id of lists.flatMap((list) => children(list, "ArticleId"))) {
    const kind = { doi: "doi", pmc: "pmcid", bookaccession: "bookaccession" }[id.attributes["IdType"] ?? ""];
    if (kind && textOf(id)) identifiers[kind] = textOf(id);
  }
  // Older records have it with the pages alone.
  const location = all(record, "MedlineCitation", "Article", "ELocationID").find(
    ({ attributes }) => attributes["EIdType"] === "doi" && attributes["ValidYN"] !== "N",
  );
  if (location) identifiers["doi"] ??= textOf(location);
  const [trial] = trialsOf(record);
  if (trial) identifiers["nct"] = trial;
  return identifiers;
}

function trialsOf(record: XmlElement): string[] {
  return all(record, "MedlineCitation", "Article", "DataBankList", "DataBank")
    .filter((bank) => textOf(at(bank, "DataBankName")) === "ClinicalTrials.gov")
    .flatMap((bank) => all(bank, "AccessionNumberList", "AccessionNumber").map(textOf));
}

/** Trials, notices about this record, and what it is a notice about. */
function relatedOf(record: XmlElement): Record<string, string[]> | undefined {
  const related: Record<string, string[]> = {};
  const trials = trialsOf(record).map((trial) => `NCT:${trial}`);
  if (trials.length > 0) related["trial"] = trials;
  for (const comment of commentsOf(record)) {
    const type = comment.attributes["RefType"] ?? "";
    const pmid = pmidOf(comment);
    if (pmid && (type in SAID_OF_OTHERS || type in SAID_OF_THIS || type.startsWith("Update"))) {
      (related[type.charAt(0).toLowerCase() + type.slice(1)] ??= []).push(pmid);
    }
  }
  return Object.keys(related).length > 0 ? related : undefined;
}

function commentsOf(record: XmlElement): XmlElement[] {
  return all(record, "MedlineCitation", "CommentsCorrectionsList", "CommentsCorrections");
}

function pmidOf(comment: XmlElement): string | undefined {
  const pmid = textOf(at(comment, "PMID"));
  return /^\d+$/.test(pmid) ? `PMID:${pmid}` : undefined;
}

const SAID_OF_OTHERS: Record<string, Integrity> = {
  RetractionOf: "retracted",
  RetractedandRepublishedFrom: "retracted",
  ExpressionOfConcernFor: "concern",
  ErratumFor: "corrected",
  PartialRetractionOf: "corrected",
  CorrectedandRepublishedFrom: "corrected",
};

const SAID_OF_THIS: Record<string, Integrity> = {
  RetractionIn: "retracted",
  RetractedandRepublishedIn: "retracted",
  ExpressionOfConcernIn: "concern",
  ErratumIn: "corrected",
  PartialRetractionIn: "corrected",
  CorrectedandRepublishedIn: "corrected",
};

const FROM_WORST: readonly Integrity[] = ["retracted", "concern", "corrected"];

/** D016441 is "Retracted Publication"; the notice of a retraction (D016440) is another document, which stands. */
function integrityOf(types: XmlElement[], notices: XmlElement[]): Integrity | undefined {
  const retracted = types.some(
    (type) => type.attributes["UI"] === "D016441" || textOf(type) === "Retracted Publication",
  );
  if (retracted) return "retracted";
  const said = new Set(notices.map((notice) => SAID_OF_THIS[notice.attributes["RefType"] ?? ""]));
  return FROM_WORST.find((integrity) => said.has(integrity));
}

function withoutEmpty(document: Document): Document {
  const entries = Object.entries(document).filter(
    ([key, value]) =>
      key === "title" ||
      key === "sections" ||
      !(value === undefined || value === "" || (Array.isArray(value) && value.length === 0)),
  );
  return Object.fromEntries(entries) as Document;
}
