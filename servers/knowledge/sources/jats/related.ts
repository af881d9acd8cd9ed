/** What a JATS article says of others, and others of it: retractions, corrections, concerns, and what it cites. */
import type { Integrity } from "../../../../schemas/index.ts";
import { all, at, children, textOf, type XmlElement } from "../xml.ts";

/** What a link to another article is, in the words of the many vocabularies in use (JATS4R, PMC, publishers). */
interface LinkKind {
  type: RegExp;
  /** Name in `related`. */
  name: string;
  /** Standing of this article, or of the one it is linked to. */
  ofThis?: Integrity;
  ofOther?: Integrity;
}

const LINKS: readonly LinkKind[] = [
  { type: /^partial-?retract(?:ion|ed)-?(?:article|of)$/, name: "partialRetractionOf", ofOther: "corrected" },
  { type: /^retracted-article$|^retraction-of$/, name: "retractionOf", ofOther: "retracted" },
  { type: /^corrected-article$|^(?:correction|erratum)-(?:of|for)$/, name: "erratumFor", ofOther: "corrected" },
  { type: /^object-of-concern$|^expression-of-concern-for$/, name: "expressionOfConcernFor", ofOther: "concern" },
  { type: /^partial-retraction(?:-forward|-in)?$/, name: "partialRetractionIn", ofThis: "corrected" },
  { type: /^retraction(?:-forward|-notice|-in)?$/, name: "retractionIn", ofThis: "retracted" },
  { type: /^(?:correction|erratum|corrigendum)(?:-forward|-in)?$/, name: "erratumIn", ofThis: "corrected" },
  { type: /^(?:expression-of-)?concern(?:-forward|-in)?$/, name: "expressionOfConcernIn", ofThis: "concern" },
  { type: /^commentary-article$/, name: "commentOn" },
  { type: /^commentary$|^letter$|^article-reference-commentary$/, name: "commentIn" },
  { type: /^companion$/, name: "companion" },
  { type: /^preprint$/, name: "preprint" },
];

/** A notice names its subject by a bare link more often than not. */
const SUBJECT_OF: Record<string, string> = {
  retraction: "retracted-article",
  correction: "corrected-article",
  "expression-of-concern": "object-of-concern",
};

const FROM_WORST: readonly Integrity[] = ["retracted", "concern", "corrected"];

export interface Links {
  /** For `Document.related`. */
  related: Record<string, string[]>;
  integrity: Integrity | undefined;
  /** What this article says of the standing of others. */
  notices: { document: string; integrity: Integrity }[];
}

export function linksOf(article: XmlElement, meta: XmlElement | undefined, title: string): Links {
  const related: Record<string, string[]> = {};
  const notices: Links["notices"] = [];
  const standing = new Set<Integrity | undefined>();
  // Journals rename what they retract; a retraction's own title begins otherwise.
  if (/^\W*retracted(?: article| paper| chapter)?\W*[:–—\]-]/i.test(title)) standing.add("retracted");
  for (const link of linkElements(article, meta)) {
    const kind = kindOf(article, link);
    if (!kind) continue;
    if (kind.ofThis) standing.add(kind.ofThis);
    for (const id of idsOf(link).slice(0, 1)) {
      (related[kind.name] ??= []).push(id);
      if (kind.ofOther) notices.push({ document: id, integrity: kind.ofOther });
    }
  }
  return { related, notices, integrity: FROM_WORST.find((one) => standing.has(one)) };
}

/** A paper and its notice link to each other with the same words: what this one is decides who is meant. */
function kindOf(article: XmlElement, link: XmlElement): LinkKind | undefined {
  const type = (link.attributes["related-article-type"] ?? "").toLowerCase();
  const own = article.attributes["article-type"] ?? "";
  const subject = SUBJECT_OF[own];
  const meant = subject && (type === "" || type === own || type === "retraction-forward") ? subject : type;
  return LINKS.find((kind) => kind.type.test(meant));
}

function linkElements(article: XmlElement, meta: XmlElement | undefined): XmlElement[] {
  const inText = all(article, "body", "p", "related-article");
  return [...children(meta, "related-article"), ...children(at(article, "front"), "related-article"), ...inText];
}

/** Ids of what a link leads to, the most useful first. */
function idsOf(link: XmlElement): string[] {
  const said = [
    [link.attributes["ext-link-type"] ?? "", link.attributes["xlink:href"] ?? ""],
    ...children(link, "pub-id").map((id) => [id.attributes["pub-id-type"] ?? "", textOf(id)]),
  ];
  return inOrder(said.flatMap(([kind, value]) => idOf(kind!, value!) ?? []));
}

function idOf(kind: string, value: string): string | undefined {
  const text = value.trim().replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, "");
  if (/^10\.\d{3,}\/\S+$/.test(text)) return `DOI:${text}`;
  if ((kind === "pmid" || kind === "pubmed") && /^\d{1,9}$/.test(text)) return `PMID:${text}`;
  if ((kind === "pmcid" || kind === "pmc") && /^(?:PMC)?\d+$/i.test(text)) return `PMC:PMC${text.replace(/^PMC/i, "")}`;
  return undefined;
}

const USEFUL = ["PMID:", "DOI:", "PMC:"];

function inOrder(ids: string[]): string[] {
  return ids.toSorted(
    (a, b) => USEFUL.indexOf(a.slice(0, a.indexOf(":") + 1)) - USEFUL.indexOf(b.slice(0, b.indexOf(":") + 1)),
  );
}

/** What the reference lists name by an identifier, each once, in their order: its PMID, else its DOI, else its PMCID. */
export function citedBy(article: XmlElement): string[] {
  const cited = new Set<string>();
  for (const ref of referencesIn(at(article, "back"))) {
    for (const citation of citationsIn(ref)) {
      const ids = children(citation, "pub-id").map((id) => idOf(id.attributes["pub-id-type"] ?? "", textOf(id)));
      const links = children(citation, "ext-link").map((link) => idOf("", link.attributes["xlink:href"] ?? ""));
      const [id] = inOrder([...ids, ...links].filter((one) => one !== undefined));
      if (id) cited.add(id);
    }
  }
  return [...cited];
}

function referencesIn(element: XmlElement | undefined): XmlElement[] {
  const elements = (element?.children ?? []).filter((child) => typeof child !== "string");
  return elements.flatMap((child) => (child.name === "ref" ? [child] : referencesIn(child)));
}

/** A reference may hold several, and one in several forms. */
function citationsIn(ref: XmlElement): XmlElement[] {
  const elements = ref.children.filter((child) => typeof child !== "string");
  return elements.flatMap((child) => {
    if (child.name === "citation-alternatives") return citationsIn(child).slice(0, 1);
    return /(?:citation|^product)$/.test(child.name) ? [child] : [];
  });
}
