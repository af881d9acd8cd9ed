/** The sections of a JATS article: `Methods > Statistical analysis`, `Results > Table 1`, in document order. */
import type { Section } from "../../../../schemas/index.ts";
import { tableLines } from "../markup.ts";
import { at, children, textOf, type XmlElement } from "../xml.ts";
import { plainTable } from "./oasis.ts";
import { Prose } from "./prose.ts";

/** Abstracts beside the abstract, by their type. */
const ABSTRACTS: Record<string, string> = {
  graphical: "Graphical abstract",
  "plain-language-summary": "Plain language summary",
  "plain-language": "Plain language summary",
  "executive-summary": "Executive summary",
  "key-points": "Key points",
  "web-summary": "Summary",
  summary: "Summary",
  toc: "Summary",
  teaser: "Summary",
  precis: "Precis",
  highlights: "Highlights",
  "author-highlights": "Highlights",
  editor: "Editor's summary",
  video: "Video abstract",
};

/** Sections that have a type and no title. */
const SECTION_TYPES: Record<string, string> = {
  intro: "Introduction",
  materials: "Materials",
  methods: "Methods",
  "materials|methods": "Methods",
  subjects: "Subjects",
  cases: "Case",
  results: "Results",
  discussion: "Discussion",
  conclusions: "Conclusions",
  "supplementary-material": "Supplementary material",
  "COI-statement": "Competing interests",
  "data-availability": "Data availability",
};

/** Each abstract that there is, the main one first, parts of structured ones apart. */
export function abstractSections(meta: XmlElement | undefined): Section[] {
  const all = [...children(meta, "abstract"), ...children(meta, "trans-abstract")];
  return [...all.filter(isMain), ...all.filter((one) => !isMain(one))].flatMap((abstract) => {
    const type = abstract.attributes["abstract-type"];
    const title = textOf(at(abstract, "title"));
    const plain = /^(?:abstract|summary|)$/i.test(title);
    const name = (type && ABSTRACTS[type]) ?? (plain ? "Abstract" : title);
    const language = abstract.name === "trans-abstract" ? abstract.attributes["xml:lang"] : undefined;
    return contentSections(abstract, language ? `${name} (${language.toLowerCase()})` : name);
  });
}

function isMain({ name, attributes }: XmlElement): boolean {
  return name === "abstract" && !attributes["abstract-type"];
}

/** @param around names of the sections that this one is in */
export function sectionsOf(section: XmlElement, around: string): Section[] {
  const name = nameOf(section);
  return contentSections(section, name ? joined(around, name) : around);
}

/** What an element holds under a name that is given: its own prose, then tables, figures and boxes, then its sections. */
export function contentSections(element: XmlElement, label: string): Section[] {
  const prose = new Prose();
  const inner: XmlElement[] = [];
  const own = element.children.filter((child) => {
    if (typeof child === "string") return true;
    if (child.name === "sec" || child.name === "app") inner.push(child);
    return !/^(?:sec|app|title|label)$/.test(child.name);
  });
  const text = prose.blocks(own);
  return [
    ...(text ? [{ label, text }] : []),
    ...prose.floats.flatMap((float) => floatSections(float, label)),
    ...inner.flatMap((section) => sectionsOf(section, label)),
  ];
}

/** Tables, figures and boxes, under their own names: `Results > Table 1`. */
export function floatSections(float: XmlElement, around: string): Section[] {
  const prose = new Prose();
  const name = prose.line(at(float, "label")).replace(/[.:]\s*$/, "");
  const label = joined(around, name || KINDS[float.name] || "");
  if (float.name === "boxed-text") {
    const title = textOf(at(float, "title") ?? at(float, "caption", "title"));
    const rest = {
      ...float,
      children: float.children.filter((child) => typeof child === "string" || child.name !== "caption"),
    };
    const caption = children(float, "caption").map((one) =>
      prose.blocks(one.children.filter((child) => typeof child === "string" || child.name !== "title")),
    );
    const sections = contentSections(rest, [label, title].filter(Boolean).join(": "));
    return [...caption.filter(Boolean).map((text) => ({ label, text })), ...sections];
  }
  const caption = children(float, "caption").map((one) => prose.blocks(one.children));
  const inner = float.children.filter((child) => typeof child !== "string");
  const lines = [...caption, ...inner.flatMap((child) => contentOf(child, prose))].filter(Boolean);
  const deeper = inner.filter(({ name: kind }) => kind === "table-wrap" || kind === "fig" || kind === "boxed-text");
  return [
    ...(lines.length > 0 ? [{ label, text: lines.join("\n") }] : []),
    ...[...deeper, ...prose.floats].flatMap((child) => floatSections(child, name ? label : around)),
  ];
}

const KINDS: Record<string, string> = { "table-wrap": "Table", fig: "Figure", "boxed-text": "Box" };

/** Rows, notes and what else stands in a table or figure. */
function contentOf(element: XmlElement, prose: Prose): string[] {
  switch (element.name) {
    case "table":
    case "oasis:table":
      return tableLines(plainTable(element), (cell) => prose.blocks(cell.children));
    case "alternatives": {
      const tables = [...children(element, "table"), ...children(element, "oasis:table")].slice(0, 1);
      return (tables.length > 0 ? tables : element.children.filter((child) => typeof child !== "string")).flatMap(
        (child) => contentOf(child, prose),
      );
    }
    case "table-wrap-foot":
      return [prose.blocks(element.children.filter((child) => typeof child === "string" || child.name !== "title"))];
    case "label":
    case "caption":
    case "table-wrap":
    case "fig":
    case "boxed-text":
      return [];
    default:
      return [prose.blocks([element])];
  }
}

/** Its number and title, or what its type is called. */
function nameOf(section: XmlElement): string {
  const prose = new Prose();
  const title = prose.line(at(section, "title"));
  if (!title) return SECTION_TYPES[section.attributes["sec-type"] ?? ""] ?? prose.line(at(section, "label"));
  return [prose.line(at(section, "label")), title].filter(Boolean).join(" ");
}

function joined(around: string, name: string): string {
  return [around, name].filter(Boolean).join(" > ");
}
