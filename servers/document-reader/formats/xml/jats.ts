/** JATS XML in a file: an article, or several as PMC and Europe PMC answer them. */
import { articleOf } from "../../../knowledge/sources/jats/article.ts";
import type { XmlElement } from "../../../knowledge/sources/xml.ts";
import type { Parsed } from "../index.ts";
import { oneOrMany } from "./index.ts";

/** An article may name no identifier: the file that it stands in is one. */
const UNNAMED = "article";

/** @returns undefined where it holds no article in this form */
export function jatsArticles(root: XmlElement): Parsed | undefined {
  const articles = root.name === "article" ? [root] : articlesIn(root);
  const found = articles.filter(({ children }) =>
    children.some((child) => typeof child !== "string" && /^(?:front|body)$/.test(child.name)),
  );
  return oneOrMany(
    found.map((article) => articleOf(article, UNNAMED).document),
    "full texts",
  );
}

/** Articles of a set, wherever in it they stand; not those within articles. */
function articlesIn(root: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  const waiting = [root];
  while (waiting.length > 0) {
    for (const child of waiting.pop()!.children) {
      if (typeof child === "string") continue;
      if (child.name === "article") found.push(child);
      else waiting.push(child);
    }
  }
  return found;
}
