/** PubMed XML in a file: an article, or several. */
import { documentOf } from "../../../knowledge/sources/pubmed/article.ts";
import { children, type XmlElement } from "../../../knowledge/sources/xml.ts";
import type { Parsed } from "../index.ts";
import { oneOrMany } from "./index.ts";

/** @returns undefined where it holds no article */
export function pubmedArticles(root: XmlElement): Parsed | undefined {
  const isSet = root.name === "PubmedArticleSet";
  const records = isSet ? [...children(root, "PubmedArticle"), ...children(root, "PubmedBookArticle")] : [root];
  return oneOrMany(
    records.flatMap((record) => documentOf(record) ?? []),
    "PubMed articles",
  );
}
