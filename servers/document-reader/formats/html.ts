/** Web pages: the article as Readability finds it, unless that would lose text or tables; title, date and identifiers from the page's own data. */
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import type { DomDocument, DomElement } from "./dom.ts";
import { blocksOf, type Blocks } from "./html-blocks.ts";
import type { Parsed } from "./index.ts";

/** Readability scores every element several times; beyond this the page is taken whole. */
const MAX_ELEMENTS = 20_000;
/** An article with less of the page's text than this is a wrong guess. */
const LEAST_SHARE = 0.4;

export function parseHtml(html: string): Parsed {
  const { document } = parseHTML(/<html[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`) as unknown as {
    document: DomDocument;
  };
  const data = pageData(document);
  const whole = blocksOf(mainOf(document));
  const article = articleOf(document);
  const kept = article?.blocks && !loses(article.blocks, whole) ? article.blocks : whole;
  const title = data.title || article?.title || firstHeading(whole) || "";
  const sections = kept.sections.filter(({ label, text }) => text || label !== title);
  return {
    ...(title ? { title } : {}),
    sections,
    ...data.optional,
    ...(!data.optional.published && article?.published ? { published: article.published } : {}),
  };
}

function loses(article: Blocks, whole: Blocks): boolean {
  return article.length < LEAST_SHARE * whole.length || article.tableRows < whole.tableRows;
}

function mainOf(document: DomDocument): DomElement {
  const mains = document.querySelectorAll("main, [role=main]");
  if (mains.length === 1) return mains[0]!;
  const articles = document.querySelectorAll("article");
  if (articles.length === 1) return articles[0]!;
  return document.body ?? document.documentElement;
}

/** Changes the document: call it last. */
function articleOf(document: DomDocument): { blocks?: Blocks; title?: string; published?: string } | undefined {
  if (document.getElementsByTagName("*").length > MAX_ELEMENTS) return undefined;
  const article = new Readability<DomElement>(document, { serializer: (node) => node as DomElement }).parse();
  if (!article) return undefined;
  return {
    ...(article.content ? { blocks: blocksOf(article.content) } : {}),
    ...(article.title ? { title: article.title } : {}),
    ...isoDate(article.publishedTime),
  };
}

function firstHeading(blocks: Blocks): string | undefined {
  return blocks.sections.find(({ label }) => label)?.label;
}

/** What publishers say of a page in `<meta>`: the names that Google Scholar, Dublin Core and Open Graph ask for. */
function pageData(document: DomDocument) {
  const metas = new Map<string, string[]>();
  for (const meta of document.querySelectorAll("meta")) {
    const name = (meta.getAttribute("name") ?? meta.getAttribute("property") ?? "").toLowerCase();
    const content = meta.getAttribute("content")?.replace(/\s+/g, " ").trim();
    if (name && content) metas.set(name, [...(metas.get(name) ?? []), content]);
  }
  const first = (...names: string[]) => names.map((name) => metas.get(name)?.[0]).find(Boolean);
  const heading = document.querySelector("h1")?.textContent?.replace(/\s+/g, " ").trim();
  const tag = document.querySelector("title")?.textContent?.replace(/\s+/g, " ").trim();
  const { published } = isoDate(
    first("citation_publication_date", "citation_date", "article:published_time", "dc.date", "dcterms.issued"),
  );
  const doi = first("citation_doi", "dc.identifier")?.replace(/^(?:doi:\s*|https?:\/\/(?:dx\.)?doi\.org\/)/i, "");
  const pmid = first("citation_pmid");
  const identifiers = {
    ...(doi && /^10\.\d{4,}\//.test(doi) ? { doi } : {}),
    ...(pmid && /^\d+$/.test(pmid) ? { pmid } : {}),
  };
  const authors = metas.get("citation_author") ?? metas.get("dc.creator") ?? metas.get("author");
  const publisher = first("citation_publisher", "dc.publisher", "og:site_name");
  const journal = first("citation_journal_title");
  return {
    title: first("citation_title", "og:title") || tag || heading,
    optional: {
      ...(published ? { published } : {}),
      ...(authors ? { authors } : {}),
      ...(publisher ? { publisher } : {}),
      ...(journal ? { journal } : {}),
      ...(Object.keys(identifiers).length > 0 ? { identifiers } : {}),
    } satisfies Partial<Parsed>,
  };
}

/** `2024/3/5`, `2024-03-05T…`, `2024` as ISO 8601; words and other shapes say too little to be trusted. */
function isoDate(text: string | null | undefined): { published?: string } {
  const [, year, month, day] = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:$|[T\s])/.exec(text?.trim() ?? "") ?? [];
  if (!year) return {};
  return {
    published: [year, month, day]
      .filter((part) => part !== undefined)
      .map((part) => part.padStart(2, "0"))
      .join("-"),
  };
}
