/**
 * PubMed's XML (DTD pubmed_250101) as documents, read from a tree: articles and book chapters, from efetch and from baseline
 * and update files. Regular articles of large files are read by `regular.ts`, to the same documents.
 */
import type { Document, KnowledgeRecord } from "../../../../schemas/index.ts";
import { all, at, children, parseXml, textOf, type XmlElement } from "../xml.ts";
import { dateOfParts, documentOfCitation, identifiersOf, recordsOfCitation, type Citation } from "./citation.ts";
import type { Comment } from "./standing.ts";

/** Parts of a citation that no document takes anything from. */
export const UNREAD: ReadonlySet<string> = new Set([
  "AffiliationInfo",
  "ChemicalList",
  "CitationSubset",
  "CoiStatement",
  "DateCompleted",
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
export function recordsOf(record: XmlElement): KnowledgeRecord[] | undefined {
  if (record.name === "PubmedBookArticle") {
    const document = chapter(record);
    const revised = dateOf(at(record, "BookDocument", "DateRevised"));
    return document && [{ type: "document", document, ...(revised ? { revised } : {}) }];
  }
  const citation = citationOf(record);
  return citation && recordsOfCitation(citation);
}

export function documentOf(record: XmlElement): Document | undefined {
  if (record.name === "PubmedBookArticle") return chapter(record);
  const citation = citationOf(record);
  return citation && documentOfCitation(citation);
}

function citationOf(record: XmlElement): Citation | undefined {
  const citation = at(record, "MedlineCitation");
  const body = at(citation, "Article");
  const pmid = textOf(at(citation, "PMID"));
  if (!pmid || !body) return undefined;
  const types = all(body, "PublicationTypeList", "PublicationType");
  return {
    pmid,
    title: textOf(at(body, "ArticleTitle")),
    vernacular: textOf(at(body, "VernacularTitle")),
    sections: [...sectionsOf(at(body, "Abstract")), ...children(citation, "OtherAbstract").flatMap(otherSections)],
    issued: dateOf(at(body, "Journal", "JournalIssue", "PubDate")),
    electronic: dateOf(at(body, "ArticleDate")),
    revised: dateOf(at(citation, "DateRevised")),
    journal: textOf(at(body, "Journal", "Title")),
    authors: authorsOf(at(body, "AuthorList")),
    types: types.map(textOf),
    retracted: types.some((type) => type.attributes["UI"] === "D016441" || textOf(type) === "Retracted Publication"),
    mesh: all(citation, "MeshHeadingList", "MeshHeading", "DescriptorName").map(textOf),
    ids: idsOf(at(record, "PubmedData", "ArticleIdList")),
    location: locationOf(body),
    trials: trialsOf(body),
    comments: all(citation, "CommentsCorrectionsList", "CommentsCorrections").map(commentOf),
    languages: children(body, "Language").map(textOf),
    copyright: textOf(at(body, "Abstract", "CopyrightInformation")),
  };
}

/** GeneReviews, StatPearls and the like. */
function chapter(record: XmlElement): Document | undefined {
  const body = at(record, "BookDocument");
  const pmid = textOf(at(body, "PMID"));
  if (!pmid) return undefined;
  const book = textOf(at(body, "Book", "BookTitle"));
  const published = dateOf(at(body, "ContributionDate")) ?? dateOf(at(body, "Book", "PubDate"));
  const publisher = textOf(at(body, "Book", "Publisher", "PublisherName"));
  const authors = authorsOf(at(body, "AuthorList"));
  const types = children(body, "PublicationType").map(textOf);
  const lists = [at(record, "PubmedBookData", "ArticleIdList"), at(body, "ArticleIdList")];
  const language = children(body, "Language").map(textOf).join(", ");
  const licence = textOf(at(body, "Abstract", "CopyrightInformation"));
  return {
    id: `PMID:${pmid}`,
    title: textOf(at(body, "ArticleTitle")) || book,
    sections: sectionsOf(at(body, "Abstract")),
    ...(published ? { published } : {}),
    ...(book ? { journal: book } : {}),
    ...(publisher ? { publisher } : {}),
    ...(authors.length > 0 ? { authors } : {}),
    ...(types.length > 0 ? { publicationTypes: types } : {}),
    identifiers: identifiersOf({ pmid, ids: lists.flatMap(idsOf), location: "", trials: [] }),
    ...(language ? { language } : {}),
    ...(licence ? { licence } : {}),
  };
}

function sectionsOf(abstract: XmlElement | undefined): Document["sections"] {
  return children(abstract, "AbstractText")
    .map((part) => ({ label: part.attributes["Label"] ?? "", text: textOf(part) }))
    .filter(({ text }) => text !== "");
}

/** For patients, in another language, or by another service than the publisher: said so on each section. */
function otherSections(abstract: XmlElement): Document["sections"] {
  const { Type: type = "", Language: language = "eng" } = abstract.attributes;
  const name = /^plain-language/i.test(type) ? "Plain language summary" : "Abstract";
  const around = language === "eng" ? name : `${name} (${language})`;
  return sectionsOf(abstract).map(({ label, text }) => ({ label: label ? `${around} > ${label}` : around, text }));
}

/** `<Year>2012</Year><Month>Jul</Month><Day>12</Day>`, or `<MedlineDate>2012 Jul-Aug</MedlineDate>`. */
function dateOf(date: XmlElement | undefined): string | undefined {
  if (!date) return undefined;
  const year = at(date, "Year");
  return dateOfParts({
    ...(year ? { year: textOf(year) } : {}),
    month: textOf(at(date, "Month")),
    day: textOf(at(date, "Day")),
    medline: textOf(at(date, "MedlineDate")),
  });
}

function authorsOf(list: XmlElement | undefined): string[] {
  return children(list, "Author")
    .map((author) => {
      const person = [textOf(at(author, "LastName")), textOf(at(author, "Initials"))].filter(Boolean).join(" ");
      return person || textOf(at(author, "CollectiveName"));
    })
    .filter(Boolean);
}

function idsOf(list: XmlElement | undefined): Citation["ids"] {
  return children(list, "ArticleId").map((id) => ({ kind: id.attributes["IdType"] ?? "", value: textOf(id) }));
}

function locationOf(body: XmlElement | undefined): string {
  const location = children(body, "ELocationID").find(
    ({ attributes }) => attributes["EIdType"] === "doi" && attributes["ValidYN"] !== "N",
  );
  return textOf(location);
}

function trialsOf(body: XmlElement | undefined): string[] {
  return all(body, "DataBankList", "DataBank")
    .filter((bank) => textOf(at(bank, "DataBankName")) === "ClinicalTrials.gov")
    .flatMap((bank) => all(bank, "AccessionNumberList", "AccessionNumber").map(textOf));
}

function commentOf(comment: XmlElement): Comment {
  const pmid = textOf(at(comment, "PMID"));
  return { type: comment.attributes["RefType"] ?? "", document: /^\d+$/.test(pmid) ? `PMID:${pmid}` : undefined };
}
