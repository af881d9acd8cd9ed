/** A full-text article in JATS (Journal Article Tag Suite, and the NLM versions before it) as a document. */
import type { Document, Integrity } from "../../../../schemas/index.ts";
import { at, children, textOf, type XmlElement } from "../xml.ts";
import { backSections, keywordSections, meshOf } from "./back.ts";
import {
  authorsOf,
  identifiersOf,
  licenceOf,
  publicationTypesOf,
  publishedOf,
  revisedOf,
  trialsOf,
} from "./metadata.ts";
import { Prose } from "./prose.ts";
import { citedBy, linksOf } from "./related.ts";
import { abstractSections, contentSections } from "./sections.ts";

export interface JatsArticle {
  document: Document;
  /** False where only the front is given: publishers keep the text of many articles to themselves. */
  hasBody: boolean;
  /** When the archive last changed it, ISO 8601, where it says so. */
  revised: string | undefined;
  /** What this article, being a retraction or a correction, says of the standing of others. */
  notices: { document: string; integrity: Integrity }[];
}

/**
 * Reviews of it and answers to it (`sub-article`, `response`) are other people's texts and not taken in.
 * @param id of the document where the article names neither PMCID, PMID nor DOI
 * @throws Error where there is none of these
 */
export function articleOf(article: XmlElement, id?: string): JatsArticle {
  const meta = at(article, "front", "article-meta");
  const identifiers = identifiersOf(meta);
  const known = idOf(identifiers) ?? id;
  if (!known) throw new Error("names neither a PMCID nor a PMID nor a DOI");
  const body = at(article, "body");
  const title = titleOf(meta);
  const { related: linked, integrity, notices } = linksOf(article, meta, title);
  const [trials, cited] = [trialsOf(meta), citedBy(article)];
  const related = {
    ...linked,
    ...(trials.length > 0 ? { trial: trials } : {}),
    ...(cited.length > 0 ? { cites: cited } : {}),
  };
  const published = publishedOf(meta);
  const journal = journalOf(article);
  const authors = authorsOf(meta);
  const types = publicationTypesOf(article, meta);
  const mesh = meshOf(meta);
  const language = article.attributes["xml:lang"]?.toLowerCase();
  const licence = licenceOf(meta);
  const document: Document = {
    id: known,
    title,
    sections: [
      ...abstractSections(meta),
      ...keywordSections(meta),
      ...(body ? contentSections(body, "") : []),
      ...backSections(article, meta),
    ],
    ...(published ? { published } : {}),
    ...(journal ? { journal } : {}),
    ...(authors.length > 0 ? { authors } : {}),
    ...(types.length > 0 ? { publicationTypes: types } : {}),
    ...(mesh.length > 0 ? { mesh } : {}),
    ...(Object.keys(identifiers).length > 0 ? { identifiers } : {}),
    ...(Object.keys(related).length > 0 ? { related } : {}),
    ...(language ? { language } : {}),
    ...(integrity ? { integrity } : {}),
    ...(licence ? { licence } : {}),
  };
  return { document, hasBody: body !== undefined && textOf(body) !== "", revised: revisedOf(meta), notices };
}

function idOf({ pmcid, pmid, doi }: Record<string, string>): string | undefined {
  if (pmcid) return `PMC:${pmcid}`;
  return pmid ? `PMID:${pmid}` : doi && `DOI:${doi}`;
}

/** With its subtitle, without marks of footnotes. */
function titleOf(meta: XmlElement | undefined): string {
  const group = at(meta, "title-group");
  const parts = [...children(group, "article-title"), ...children(group, "subtitle")].map((part) =>
    new Prose().line({
      ...part,
      children: part.children.filter((child) => typeof child === "string" || !isMark(child)),
    }),
  );
  return parts.filter(Boolean).join(": ");
}

function isMark({ name, children: inner }: XmlElement): boolean {
  if (name === "xref" || name === "fn") return true;
  return name === "sup" && inner.length > 0 && inner.every((child) => typeof child !== "string" && isMark(child));
}

function journalOf(article: XmlElement): string {
  const meta = at(article, "front", "journal-meta");
  return textOf(at(meta, "journal-title-group", "journal-title") ?? at(meta, "journal-title"));
}
