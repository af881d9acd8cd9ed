/** XML files: the kinds that are known by their root element, and any other by its structure. */
import type { Document } from "../../../../schemas/index.ts";
import type { XmlElement } from "../../../knowledge/sources/xml.ts";
import type { Parsed } from "../index.ts";
import { localName } from "../xml/reader.ts";
import { genericXml } from "./generic.ts";
import { xmlTree } from "./tree.ts";

export async function parseXmlDocument(text: string): Promise<Parsed> {
  const { root, problem } = xmlTree(text);
  const known = await knownKind(root).catch(() => undefined);
  const parsed = known ?? genericXml(root);
  if (!problem) return parsed;
  return { ...parsed, incomplete: `the XML is damaged (${problem}); what stands before is given` };
}

/** @throws Error where it only looks like that kind */
async function knownKind(root: XmlElement): Promise<Parsed | undefined> {
  switch (localName(root.name)) {
    case "document":
      if (root.attributes["xmlns"] !== "urn:hl7-org:v3") return undefined;
      return asParsed((await import("../../../knowledge/sources/spl/label.ts")).labelDocument(root));
    case "article":
    case "pmc-articleset":
    case "articles":
    case "responseWrapper":
      return (await import("./jats.ts")).jatsArticles(root);
    case "PubmedArticleSet":
    case "PubmedArticle":
    case "PubmedBookArticle":
      return (await import("./pubmed.ts")).pubmedArticles(root);
    default:
      return undefined;
  }
}

/** A document of record without what its new place says. */
export function asParsed(document: Document): Parsed {
  const { id: _id, related: _related, authority: _authority, impact: _impact, ...parsed } = document;
  return parsed;
}

/** One document as it is; several as sections of one. @returns undefined for none */
export function oneOrMany(documents: readonly Document[], kind: string): Parsed | undefined {
  if (documents.length <= 1) return documents[0] && asParsed(documents[0]);
  return {
    title: `${documents.length} ${kind}`,
    sections: documents.map(({ id, title, journal, published, sections }) => ({
      label: `${id}: ${title}`,
      text: [
        [journal, published].filter(Boolean).join(", "),
        ...sections.map(({ label, text }) => (label ? `${label}: ${text}` : text)),
      ]
        .filter(Boolean)
        .join("\n\n"),
    })),
  };
}
