/**
 * Any XML as text that can be read and quoted: prose (elements within text) as paragraphs under its headings, data as lines of
 * `name: value`, indented as it nests. Walks without recursion: files may nest deep.
 */
import type { Section } from "../../../../schemas/index.ts";
import type { XmlElement } from "../../../knowledge/sources/xml.ts";
import type { Parsed } from "../index.ts";

const HEADING = /^(?:title|head|heading|h[1-6]|label|caption)$/i;
const RECORDS_A_SECTION = 100;
const MAX_INDENT = 8;
/** Attributes that say how, not what. */
const PLUMBING = /^(?:xmlns(?::|$)|xsi:|xml:(?!lang)|style$|class$)/;

export function genericXml(root: XmlElement): Parsed {
  const sections = isProse(root) ? proseSections(root) : dataSections(root);
  const title = titleOf(root);
  return { ...(title ? { title } : {}), sections: sections.filter(({ text }) => text.trim()) };
}

/** Text beside elements is how prose is written, never data. */
function isProse(root: XmlElement): boolean {
  let mixed = 0;
  let elements = 0;
  for (const element of elementsIn(root)) {
    elements += 1;
    const hasWords = element.children.some((child) => typeof child === "string" && child.trim());
    if (hasWords && element.children.some((child) => typeof child !== "string")) mixed += 1;
  }
  return mixed > 0 && mixed > elements / 100;
}

function* elementsIn(root: XmlElement): Generator<XmlElement> {
  const waiting = [root];
  while (waiting.length > 0) {
    const element = waiting.pop()!;
    yield element;
    for (let i = element.children.length - 1; i >= 0; i--) {
      const child = element.children[i]!;
      if (typeof child !== "string") waiting.push(child);
    }
  }
}

function titleOf(root: XmlElement): string | undefined {
  let seen = 0;
  for (const element of elementsIn(root)) {
    if (++seen > 50) return undefined;
    if (/(?:^|:)(?:title|name|headline)$/i.test(element.name)) {
      const text = flat(element);
      if (text && text.length <= 300) return text;
    }
  }
  return undefined;
}

/** A paragraph for each element that holds words of its own, a section for each heading. */
function proseSections(root: XmlElement): Section[] {
  const sections: Section[] = [{ label: "", text: "" }];
  const waiting: XmlElement[] = [root];
  while (waiting.length > 0) {
    const element = waiting.pop()!;
    const hasWords = element.children.some((child) => typeof child === "string" && child.trim());
    if (!hasWords) {
      for (const child of element.children.toReversed()) if (typeof child !== "string") waiting.push(child);
      continue;
    }
    const text = flat(element);
    if (HEADING.test(element.name) && text.length <= 300) sections.push({ label: text, text: "" });
    else {
      const section = sections.at(-1)!;
      section.text += section.text ? `\n\n${text}` : text;
    }
  }
  return sections;
}

function dataSections(root: XmlElement): Section[] {
  let top = root;
  for (;;) {
    const inner = top.children.filter((child) => typeof child !== "string");
    if (inner.length !== 1 || inner[0]!.children.every((child) => typeof child === "string")) break;
    top = inner[0]!;
  }
  const records = top.children.filter((child) => typeof child !== "string");
  if (records.length === 0) return [{ label: "", text: dataLines(top).join("\n") }];
  const own = attributesOf(top);
  const head = own ? [{ label: "", text: `${top.name}: ${own}` }] : [];
  if (records.length <= RECORDS_A_SECTION && records.some(hasElements)) {
    return [
      ...head,
      ...merged(records.map((record) => ({ label: labelOf(record), text: dataLines(record).join("\n") }))),
    ];
  }
  const sections: Section[] = [];
  for (let at = 0; at < records.length; at += RECORDS_A_SECTION) {
    const part = records.slice(at, at + RECORDS_A_SECTION);
    const label = records.length > RECORDS_A_SECTION ? `${top.name} ${at + 1}–${at + part.length}` : top.name;
    sections.push({ label, text: part.flatMap((record) => dataLines(record)).join("\n") });
  }
  return [...head, ...sections];
}

function hasElements(element: XmlElement): boolean {
  return element.children.some((child) => typeof child !== "string");
}

/** Neighbours that hold one line each stand together. */
function merged(sections: Section[]): Section[] {
  const joined: Section[] = [];
  for (const section of sections.filter(({ text }) => text)) {
    const last = joined.at(-1);
    const isShort = !section.text.includes("\n");
    if (isShort && last?.label === "") last.text += `\n${section.text}`;
    else joined.push(isShort ? { label: "", text: section.text } : section);
  }
  return joined;
}

function labelOf(element: XmlElement): string {
  const { id, name, title } = element.attributes;
  const said = title ?? name ?? id;
  return said ? `${element.name} ${said}` : element.name;
}

function dataLines(root: XmlElement): string[] {
  const lines: string[] = [];
  const waiting: [XmlElement, number][] = [[root, 0]];
  while (waiting.length > 0) {
    const [element, depth] = waiting.pop()!;
    const inner = element.children.filter((child) => typeof child !== "string");
    const words = element.children
      .filter((child) => typeof child === "string")
      .join(" ")
      .replace(/\s+/g, " ")
      .trim();
    const attributes = attributesOf(element);
    const name = attributes ? `${element.name} (${attributes})` : element.name;
    if (words || attributes || inner.length > 0) {
      lines.push(
        `${"  ".repeat(Math.min(depth, MAX_INDENT))}${name}${words ? `: ${words}` : inner.length > 0 ? ":" : ""}`,
      );
    }
    for (const child of inner.toReversed()) waiting.push([child, depth + 1]);
  }
  return lines;
}

function attributesOf(element: XmlElement): string {
  return Object.entries(element.attributes)
    .filter(([name, value]) => !PLUMBING.test(name) && value.trim())
    .map(([name, value]) => `${name} ${value.replace(/\s+/g, " ").trim()}`)
    .join(", ");
}

/** All words of an element in order. */
function flat(root: XmlElement): string {
  const parts: string[] = [];
  const waiting: (XmlElement | string)[] = [root];
  while (waiting.length > 0) {
    const node = waiting.pop()!;
    if (typeof node === "string") parts.push(node);
    else for (const child of node.children.toReversed()) waiting.push(child);
  }
  return parts.join("").replace(/\s+/g, " ").trim();
}
