/** E-books (EPUB): chapters in reading order. */
import { posix } from "node:path";
import { parseHTML } from "linkedom";
import type { Section } from "../../../../schemas/index.ts";
import type { DomDocument } from "../dom.ts";
import { damaged } from "../failures.ts";
import { blocksOf } from "../html-blocks.ts";
import { nestingDepth } from "../html-depth.ts";
import type { Parsed } from "../index.ts";
import { xmlTree } from "../xml/tree.ts";
import { all, at, textOf, type XmlElement } from "../../../knowledge/sources/xml.ts";
import type { OfficePackage } from "./package.ts";

const MAX_CHAPTERS = 2000;
const MOST_TEXT = 2_000_000;
const MAX_DEPTH = 500;
/** Only names inside the file: fonts may be scrambled, but text that is encrypted cannot be read. */
const ENCRYPTION = "META-INF/encryption.xml";

export async function parseEpub(parts: OfficePackage): Promise<Parsed> {
  const root = await rootFile(parts);
  const book = await treeOf(parts, root);
  const items = new Map(
    all(book, "manifest", "item").map(({ attributes }) => [attributes["id"] ?? "", attributes["href"] ?? ""]),
  );
  const spine = all(book, "spine", "itemref").map(({ attributes }) => items.get(attributes["idref"] ?? ""));
  const sections: Section[] = [];
  const missing: string[] = [];
  let length = 0;
  const locked = parts.has(ENCRYPTION) ? ((await parts.textOf(ENCRYPTION)) ?? "") : "";
  for (const [i, href] of spine.entries()) {
    if (i >= MAX_CHAPTERS || length > MOST_TEXT) {
      missing.push(`only the first ${i} of ${spine.length} chapters were read`);
      break;
    }
    const path = posix.join(posix.dirname(root), decoded(href ?? ""));
    if (locked.includes(path)) {
      missing.push(`chapter ${i + 1} is encrypted`);
      continue;
    }
    const text = await parts.textOf(path);
    if (text === undefined) missing.push(`chapter ${i + 1} is missing from the file`);
    else
      for (const section of chapterSections(text)) {
        sections.push(section);
        length += section.text.length;
      }
  }
  const said = (name: string) => all(book, "metadata", name).map(textOf).filter(Boolean);
  const [title, published, publisher, language] = ["title", "date", "publisher", "language"].map(
    (name) => said(name)[0],
  );
  return {
    ...(title ? { title } : {}),
    ...(said("creator").length > 0 ? { authors: said("creator") } : {}),
    ...(/^\d{4}(?:-\d\d)*/.test(published ?? "") ? { published: /^\d{4}(?:-\d\d){0,2}/.exec(published!)![0] } : {}),
    ...(publisher ? { publisher } : {}),
    ...(language ? { language } : {}),
    sections,
    ...(missing.length > 0 ? { incomplete: missing.slice(0, 10).join("; ") } : {}),
  };
}

async function rootFile(parts: OfficePackage): Promise<string> {
  const container = await treeOf(parts, "META-INF/container.xml");
  const path = at(container, "rootfiles", "rootfile")?.attributes["full-path"];
  if (!path) throw damaged("e-book", new Error("it does not say where its contents are"));
  return path;
}

async function treeOf(parts: OfficePackage, path: string): Promise<XmlElement> {
  const text = await parts.textOf(path);
  if (text === undefined) throw damaged("e-book", new Error(`its part ${path} is missing`));
  return xmlTree(text, true).root;
}

function chapterSections(html: string): Section[] {
  if (nestingDepth(html) > MAX_DEPTH) throw damaged("e-book", new Error("a chapter nests too deep"));
  const body = /<body[\s>][^]*<\/body>/i.exec(html)?.[0] ?? html;
  const { document } = parseHTML(`<html>${body}</html>`) as unknown as { document: DomDocument };
  return blocksOf(document.body ?? document.documentElement).sections;
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href.split("#")[0]!);
  } catch {
    return href;
  }
}
