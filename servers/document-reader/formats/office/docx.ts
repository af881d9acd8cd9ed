/** Word files: mammoth reads them, from parts that were checked and bounded here before; its HTML becomes sections. */
import mammoth from "mammoth";
import { parseHTML } from "linkedom";
import type { Section } from "../../../../schemas/index.ts";
import { damaged } from "../failures.ts";
import type { DomDocument } from "../dom.ts";
import { blocksOf } from "../html-blocks.ts";
import type { Parsed } from "../index.ts";
import { readXml } from "../xml/reader.ts";
import { withLinearFormulas } from "./formulas.ts";
import type { OfficePackage } from "./package.ts";
import { leftOut, propertiesOf } from "./properties.ts";
import { storedZip } from "./stored-zip.ts";

/** What mammoth reads. Pictures, fonts and whatever else is in the file never reach it. */
const READ =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/(?:_rels\/)?(?:document\d*|styles\d*|numbering\d*|footnotes\d*|endnotes\d*|comments\d*|commentsExtended)\.xml(?:\.rels)?)$/i;
/** A book of a thousand pages has some 30 MB of XML. */
const MAX_XML = 64 * 1024 * 1024;
/** Word itself nests tables some dozens deep; mammoth reads by recursion. */
const MAX_DEPTH = 400;
const WORDPROCESSING = /\bxmlns:([\w.-]+)\s*=\s*["'][^"']*\/wordprocessingml\/(?:2006\/)?main["']/;
const HEADINGS = /<(h[1-6])>([^]*?)<\/\1>/g;

export async function parseDocx(parts: OfficePackage): Promise<Parsed> {
  const main = (await parts.mainPart()) ?? "word/document.xml";
  const html = await htmlOf(parts);
  const { document } = parseHTML(`<html><body>${html}</body></html>`) as unknown as { document: DomDocument };
  const levels = levelsOf(html);
  const sections = blocksOf(document.body!).sections.map((section) => withLevel(section, levels));
  const properties = await propertiesOf(parts);
  const missing = await leftOut(parts, main);
  const heading = sections.find(({ label }) => label);
  return {
    ...properties,
    ...(properties.title ? {} : heading?.level === 1 ? { title: heading.label } : {}),
    sections: sections.map(({ text, ...section }) => ({ ...section, text: text.replace(/ ?↑$/gm, "") })),
    ...(missing ? { incomplete: missing } : {}),
  };
}

async function htmlOf(parts: OfficePackage): Promise<string> {
  const checked: [string, Uint8Array][] = [];
  let left = MAX_XML;
  for (const path of parts.paths(READ)) {
    const bytes = await parts.bytesOf(path);
    if (!bytes) continue;
    left -= bytes.length;
    if (left < 0) throw damaged("Word file", new Error(`its text has more than ${MAX_XML} bytes`));
    const xml = (await parts.textOf(path)) ?? "";
    checkXml(path, xml);
    const readable = withLinearFormulas(unwrapped(xml), (words) => wordsOf(xml, words));
    checked.push([path, readable === xml ? bytes : new TextEncoder().encode(readable)]);
  }
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: storedZip(checked) },
      {
        styleMap: [
          "comment-reference => sup",
          "p[style-name='Title'] => h1:fresh",
          "p[style-name='Subtitle'] => p:fresh",
        ],
        convertImage: mammoth.images.imgElement(async () => ({ src: "" })),
      },
    );
    return value;
  } catch (error) {
    throw damaged("Word file", error);
  }
}

/**
 * Without what mammoth passes over with all that is in it: fields of one piece (numbers of tables, references), changes of
 * direction, and readings above a word, of which the word stays.
 * @param xml well-formed
 */
function unwrapped(xml: string): string {
  const prefix = WORDPROCESSING.exec(xml)?.[1] ?? "w";
  if (!new RegExp(`<${prefix}:(?:fldSimple|ruby|dir|bdo)\\b`).test(xml)) return xml;
  const readings = new RegExp(`<${prefix}:(rt|rubyPr)\\b(?:[^>"'/]|"[^"]*"|'[^']*')*>[^]*?</${prefix}:\\1>`, "g");
  const wrappers = new RegExp(`</?${prefix}:(?:fldSimple|rubyBase|ruby|dir|bdo)\\b(?:[^>"']|"[^"]*"|'[^']*')*>`, "g");
  return xml.replace(readings, "").replace(wrappers, "");
}

/** Words as a run of this document. */
function wordsOf(xml: string, words: string): string {
  const prefix = WORDPROCESSING.exec(xml)?.[1] ?? "w";
  return `<${prefix}:r><${prefix}:t xml:space="preserve">${words}</${prefix}:t></${prefix}:r>`;
}

/** @throws ToolError on what this format does not have, and on nesting that no writer makes */
function checkXml(path: string, text: string): void {
  let depth = 0;
  const problem = readXml(
    text,
    {
      open() {
        if (++depth > MAX_DEPTH) throw damaged("Word file", new Error(`${path} nests more than ${MAX_DEPTH} deep`));
      },
      close: () => (depth -= 1),
    },
    false,
  );
  if (problem) throw damaged("Word file", new Error(`${path}: ${problem}`));
}

/** Depth of each heading, in the order of the text. */
function levelsOf(html: string): { words: string; level: number }[] {
  return [...html.matchAll(HEADINGS)].map(([, tag, inner]) => ({
    words: lettersOf(inner!.replace(/<[^>]*>/g, "").replace(/&\w+;/g, "")),
    level: Number(tag![1]),
  }));
}

function withLevel(section: Section, levels: { words: string; level: number }[]): Section {
  if (!section.label) return section;
  const words = lettersOf(section.label.replace(/[&<>"]/g, ""));
  const at = levels.findIndex((heading) => heading.words === words);
  if (at < 0) return section;
  const { level } = levels[at]!;
  levels.splice(0, at + 1);
  return { ...section, level };
}

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, "");
}
