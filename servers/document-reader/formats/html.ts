/**
 * Web pages: first what is plainly not text is taken out, then the article is what Readability finds, unless that would
 * lose text or tables; title, date and identifiers come from the page's own data.
 */
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import type { Section } from "../../../schemas/index.ts";
import type { DomDocument, DomElement } from "./dom.ts";
import { blocksOf, type Blocks } from "./html-blocks.ts";
import { nestingDepth } from "./html-depth.ts";
import { betweenTags, collapse } from "./html-text.ts";
import { linkedArticle } from "./html/json-ld.ts";
import { prune, pruneLinkLists } from "./html/prune.ts";
import { scriptedArticle } from "./html/script-data.ts";
import { isStyledAway } from "./html/styled-away.ts";
import { openPanels, unwrap } from "./html/unfold.ts";
import { openUnseenParts, otherPages } from "./html/unseen-parts.ts";
import type { Parsed } from "./index.ts";

/** Readability parses and scores a page several times, by recursion; larger and deeper pages are taken whole. */
const MAX_READABLE_TAGS = 30_000;
const MAX_READABLE_LENGTH = 2_000_000;
const MAX_READABLE_DEPTH = 500;
/** Patterns of the parsers take quadratic time over longer runs, wherever these stand. */
const MOST_BLANKS = 200;
const BLANKS = new RegExp(`\\s{${MOST_BLANKS},}`, "g");
/** Deeper pages are taken as their bare text. */
const MAX_DEPTH = 20_000;
/** An article with less of the page's text than this, after furniture was taken out, is a wrong guess. */
const LEAST_SHARE = 0.8;
/** Of this many headings, some may belong to what stands around an article. */
const FEW_HEADINGS = 3;
/** A page that shows less of its article than this draws it by script. */
const SHOWN_SHARE = 0.5;

export function parseHtml(given: string): Parsed {
  const html = given.replace(BLANKS, (run) => run.slice(0, MOST_BLANKS));
  const depth = nestingDepth(html);
  if (depth > MAX_DEPTH) return bareText(html);
  const page = withBody(html);
  const { document } = parseHTML(page) as unknown as { document: DomDocument };
  const tags = html.split("<", MAX_READABLE_TAGS + 1).length;
  const readable = depth <= MAX_READABLE_DEPTH && html.length <= MAX_READABLE_LENGTH && tags <= MAX_READABLE_TAGS;
  const data = pageData(document);
  const linked = linkedArticle(document);
  const scripted = readable ? scriptedArticle(document) : "";
  const others = otherPages(document);
  openUnseenParts(document);
  if (depth <= MAX_READABLE_DEPTH) clear(document);
  const whole = blocksOf(mainOf(document));
  const article = readable ? articleOf(document) : undefined;
  const shown = article?.blocks && !loses(article.blocks, whole) ? article.blocks : whole;
  const title = data.title || linked?.title || article?.title || firstHeading(whole) || "";
  const kept = inData(shown, linked?.body ?? "", scripted) ?? shown.sections;
  const sections = (kept.length > 0 ? kept : named(others))
    .map(({ label, text }, i) => ({ label: i === 0 && label === title ? "" : label, text }))
    .filter(({ label, text }) => label || text);
  return {
    ...(title ? { title } : {}),
    sections,
    ...(linked?.authors ? { authors: linked.authors } : {}),
    ...(linked?.publisher ? { publisher: linked.publisher } : {}),
    ...isoDate(linked?.published ?? article?.published),
    ...data.optional,
  };
}

/** What the page's data say, where it shows less than half of that. */
function inData(shown: Blocks, linked: string, scripted: string): Section[] | undefined {
  if (shown.length < SHOWN_SHARE * linked.length) return [{ label: "", text: linked }];
  if (shown.length > SHOWN_SHARE * scripted.length) return undefined;
  const { document } = parseHTML(`<html><body>${scripted}</body></html>`) as unknown as { document: DomDocument };
  const drawn = blocksOf(document.body!);
  return shown.length < SHOWN_SHARE * drawn.length ? drawn.sections : undefined;
}

/** A page of frames, or one that only leads on, holds nothing else: these addresses say where its text is. */
function named(pages: readonly string[]): Section[] {
  return pages.length > 0 ? [{ label: "Pages that this one shows or leads to", text: pages.join("\n") }] : [];
}

/** Takes out what is not the page's text. */
function clear(document: DomDocument): void {
  const root = document.body ?? document.documentElement;
  openPanels(document);
  // An article finder throws the styles away that say so.
  for (const styled of root.querySelectorAll("[style]")) if (isStyledAway(styled)) styled.remove();
  prune(root);
  unwrap(document);
  pruneLinkLists(root);
}

/** Neither `<html>` nor `<body>` need be written, but the DOM finds nothing in a page that lacks one of them. */
function withBody(html: string): string {
  if (/<body[\s>]/i.test(html)) return /<html[\s>]/i.test(html) ? html : `<html>${html}</html>`;
  return `<html><body>${html.replace(/<\/?html(?:\s[^>]*)?>/gi, "")}</body></html>`;
}

/** For pages that were made to be hard to parse. */
function bareText(html: string): Parsed {
  const plain = collapse(betweenTags(html).replaceAll("\n", " "));
  return {
    sections: plain ? [{ label: "", text: plain }] : [],
    incomplete: "the page nests too deep to be read with its structure",
  };
}

function loses(article: Blocks, whole: Blocks): boolean {
  const fewer = (part: number, of: number) => of > FEW_HEADINGS && part < LEAST_SHARE * of;
  return (
    article.length < LEAST_SHARE * whole.length ||
    article.tableRows < whole.tableRows ||
    fewer(article.sections.length, whole.sections.length)
  );
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
  const article = readArticle(document);
  if (!article) return undefined;
  return {
    ...(article.content ? { blocks: blocksOf(article.content) } : {}),
    ...(article.title ? { title: article.title } : {}),
    ...isoDate(article.publishedTime),
  };
}

/** Readability and the DOM it works on exhaust the stack on some huge pages: those are taken whole. */
function readArticle(document: DomDocument) {
  try {
    return new Readability<DomElement>(document, {
      keepClasses: true,
      serializer: (node) => node as DomElement,
    }).parse();
  } catch {
    return null;
  }
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
    first("citation_publication_date", "citation_date", "article:published_time", "dc.date", "dcterms.issued") ??
      document.querySelector("time[itemprop=datePublished], time[pubdate]")?.getAttribute("datetime"),
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
    // The page's name without the site's, where the heading shows which part that is.
    title: first("citation_title", "og:title") || (heading && tag?.includes(heading) ? heading : tag || heading),
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
