/** The least that Word, Excel, PowerPoint and OpenDocument files consist of, with parts of one's own. */
import { makeZip, type ZipFile } from "./zip.ts";

type Parts = Readonly<Record<string, string | Uint8Array>>;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

function packed(parts: Parts, more: readonly ZipFile[] = []): Uint8Array {
  return makeZip([...Object.entries(parts).map(([path, data]) => ({ path, data })), ...more]);
}

/** @param relations `[id, last part of the type, target]`; external where the target is an address */
export function relationsXml(relations: readonly (readonly [id: string, type: string, target: string])[]): string {
  const each = relations.map(([id, type, target]) => {
    const mode = /^[a-z]+:/i.test(target) ? ' TargetMode="External"' : "";
    return `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"${mode}/>`;
  });
  return `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join("")}</Relationships>`;
}

const CONTENT_TYPES = `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>`;

/** @param body of the document: paragraphs `<w:p>…</w:p>`, or a whole part that begins with `<` and `?` or `!` */
export function makeDocx(body: string, parts: Parts = {}, more: readonly ZipFile[] = []): Uint8Array {
  const document = /^<[?!]/.test(body)
    ? body
    : `${XML}<w:document xmlns:w="${W}" xmlns:r="${RELATIONS}"><w:body>${body}</w:body></w:document>`;
  return packed(
    {
      "[Content_Types].xml": CONTENT_TYPES,
      "_rels/.rels": relationsXml([["r1", "officeDocument", "word/document.xml"]]),
      "word/document.xml": document,
      ...parts,
    },
    more,
  );
}

export function paragraph(text: string, style = ""): string {
  return `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ""}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

/** @param sheets name → `<row>…</row>` */
export function makeXlsx(sheets: Readonly<Record<string, string>>, parts: Parts = {}): Uint8Array {
  const names = Object.keys(sheets);
  const list = names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="s${i + 1}"/>`).join("");
  const files = Object.fromEntries(
    Object.values(sheets).map((rows, i) => [
      `xl/worksheets/sheet${i + 1}.xml`,
      /^<[?!]/.test(rows)
        ? rows
        : `${XML}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${rows}</worksheet>`,
    ]),
  );
  return packed({
    "[Content_Types].xml": CONTENT_TYPES,
    "_rels/.rels": relationsXml([["r1", "officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `${XML}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${RELATIONS}"><sheets>${list}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relationsXml([
      ...names.map((_, i) => [`s${i + 1}`, "worksheet", `worksheets/sheet${i + 1}.xml`] as const),
      ["st", "styles", "styles.xml"],
      ["ss", "sharedStrings", "sharedStrings.xml"],
    ]),
    ...files,
    ...parts,
  });
}

/** @param slides `<p:sp>…</p:sp>` of each */
export function makePptx(slides: readonly string[], parts: Parts = {}): Uint8Array {
  const files = Object.fromEntries(
    slides.map((shapes, i) => [
      `ppt/slides/slide${i + 1}.xml`,
      /^<[?!]/.test(shapes)
        ? shapes
        : `${XML}<p:sld xmlns:p="p" xmlns:a="a"><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`,
    ]),
  );
  return packed({
    "[Content_Types].xml": CONTENT_TYPES,
    "_rels/.rels": relationsXml([["r1", "officeDocument", "ppt/presentation.xml"]]),
    "ppt/presentation.xml": `${XML}<p:presentation xmlns:p="p" xmlns:r="${RELATIONS}"><p:sldIdLst>${slides.map((_, i) => `<p:sldId id="${256 + i}" r:id="s${i + 1}"/>`).join("")}</p:sldIdLst></p:presentation>`,
    "ppt/_rels/presentation.xml.rels": relationsXml(
      slides.map((_, i) => [`s${i + 1}`, "slide", `slides/slide${i + 1}.xml`] as const),
    ),
    ...files,
    ...parts,
  });
}

export function shape(text: string, kind = "body"): string {
  const lines = text.split("\n").map((line) => `<a:p><a:r><a:t>${line}</a:t></a:r></a:p>`);
  return `<p:sp><p:nvSpPr><p:nvPr><p:ph type="${kind}"/></p:nvPr></p:nvSpPr><p:txBody>${lines.join("")}</p:txBody></p:sp>`;
}

/** @param kind "text", "spreadsheet", "presentation" */
export function makeOpenDocument(kind: string, content: string): Uint8Array {
  const names = ["office", "text", "table", "draw", "presentation"]
    .map((name) => `xmlns:${name}="urn:${name}"`)
    .join(" ");
  const whole = /^<[?!]/.test(content)
    ? content
    : `${XML}<office:document-content ${names}><office:body><office:${kind}>${content}</office:${kind}></office:body></office:document-content>`;
  return makeZip([
    { path: "mimetype", data: `application/vnd.oasis.opendocument.${kind}`, method: 0 },
    { path: "content.xml", data: whole },
  ]);
}
