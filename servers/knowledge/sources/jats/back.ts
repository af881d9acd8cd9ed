/** What stands around the body: funding, competing interests, thanks, appendices, notes, and figures kept apart from the text. */
import type { Section } from "../../../../schemas/index.ts";
import { all, at, children, textOf, type XmlElement } from "../xml.ts";
import { Prose } from "./prose.ts";
import { contentSections, floatSections, sectionsOf } from "./sections.ts";

export function keywordSections(meta: XmlElement | undefined): Section[] {
  const words = children(meta, "kwd-group")
    .filter((group) => !isMesh(group))
    .flatMap(keywordsOf);
  return words.length > 0 ? [{ label: "Keywords", text: [...new Set(words)].join("; ") }] : [];
}

export function meshOf(meta: XmlElement | undefined): string[] {
  return children(meta, "kwd-group").filter(isMesh).flatMap(keywordsOf);
}

function isMesh({ attributes }: XmlElement): boolean {
  return /mesh/i.test(attributes["kwd-group-type"] ?? "") || /mesh/i.test(attributes["vocab"] ?? "");
}

function keywordsOf(group: XmlElement): string[] {
  const compound = children(group, "compound-kwd").map((one) =>
    children(one, "compound-kwd-part").map(textOf).join(" "),
  );
  return [...children(group, "kwd").map(textOf), ...compound].filter(Boolean);
}

/** In the order of the article: what the front says of money and interests, then the back matter. */
export function backSections(article: XmlElement, meta: XmlElement | undefined): Section[] {
  const back = at(article, "back");
  return [
    ...fundingSections(meta),
    ...noteSections(all(meta, "author-notes", "fn"), "Author notes"),
    ...(back?.children ?? []).flatMap((part) => (typeof part === "string" ? [] : partSections(part))),
    ...["floats-group", "floats-wrap"].flatMap((name) => children(article, name).flatMap(floatsIn)),
  ];
}

const TITLES: Record<string, string> = {
  ack: "Acknowledgements",
  app: "Appendix",
  glossary: "Abbreviations",
  notes: "Notes",
  "def-list": "Abbreviations",
};

function partSections(part: XmlElement): Section[] {
  switch (part.name) {
    case "sec":
      return sectionsOf(part, "");
    case "fn-group":
      return noteSections(children(part, "fn"), textOf(at(part, "title")) || "Footnotes");
    case "app-group":
      return children(part, "app").flatMap(partSections);
    case "ack":
    case "app":
    case "glossary":
    case "notes":
      return contentSections(
        part,
        [textOf(at(part, "label")), textOf(at(part, "title"))].filter(Boolean).join(" ") || TITLES[part.name]!,
      );
    case "def-list":
      return contentSections({ ...part, children: [part] }, TITLES[part.name]!);
    case "fig":
    case "fig-group":
    case "table-wrap":
    case "table-wrap-group":
    case "boxed-text":
      return floatSections(part, "");
    default:
      return [];
  }
}

function floatsIn(group: XmlElement): Section[] {
  return group.children.flatMap((child) => (typeof child === "string" ? [] : partSections(child)));
}

function fundingSections(meta: XmlElement | undefined): Section[] {
  const lines = children(meta, "funding-group").flatMap((group) => {
    const statement = children(group, "funding-statement").map(textOf);
    if (statement.some(Boolean)) return statement;
    return children(group, "award-group").map((award) => {
      const source = children(award, "funding-source").map((one) =>
        textOf(at(one, "institution-wrap", "institution") ?? one),
      );
      return [source.join(", "), children(award, "award-id").map(textOf).join(", ")].filter(Boolean).join(": ");
    });
  });
  const text = lines.filter(Boolean).join("\n");
  return text ? [{ label: "Funding", text }] : [];
}

const INTERESTS = /^(?:conflict|coi-statement|competing-interests)$/i;

/** What is said of competing interests has a section of its own. */
function noteSections(notes: readonly XmlElement[], label: string): Section[] {
  const prose = new Prose();
  const text = (wanted: boolean) =>
    prose.blocks(notes.filter(({ attributes }) => INTERESTS.test(attributes["fn-type"] ?? "") === wanted));
  const [interests, others] = [text(true), text(false)];
  return [
    ...(interests ? [{ label: "Competing interests", text: interests }] : []),
    ...(others ? [{ label, text: others }] : []),
    ...prose.floats.flatMap((float) => floatSections(float, label)),
  ];
}
