/** XML that asks for files, grows without end or nests without bottom: alone and inside of Office files. */
import { makeDocx, makeOpenDocument, makePptx, makeXlsx, paragraph, relationsXml } from "../testing/office.ts";
import { zipOf } from "../testing/zip.ts";
import { doctypeWith, LAUGHS, SECRET, utf8, type Attack } from "./attack.ts";

const HEAD = '<?xml version="1.0"?>';
const ENTITIES = /declares (?:entities|a document type)/;
const FILE = 'x SYSTEM "file:///etc/passwd"';
const xml = (what: string, text: string, rest: Partial<Attack>): Attack => ({
  what,
  name: "a.xml",
  bytes: () => utf8(HEAD + text),
  ...rest,
});
const entity = (what: string, definition: string, root = "<r>&x;</r>"): Attack =>
  xml(what, doctypeWith(definition) + root, { refused: ENTITIES });

/** The same trick in the XML of every package format. */
function packaged(what: string, doctype: string): Attack[] {
  const w = `${HEAD}${doctype}<w:document xmlns:w="w"><w:body>${paragraph("&x;")}</w:body></w:document>`;
  const sheet = `${HEAD}${doctype}<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>`;
  const strings = `${HEAD}${doctype}<sst><si><t>&x;</t></si></sst>`;
  const slide = `${HEAD}${doctype}<p:sld xmlns:p="p" xmlns:a="a"><a:t>&x;</a:t></p:sld>`;
  const content = `${HEAD}${doctype}<office:document-content xmlns:office="o"><office:body/></office:document-content>`;
  return [
    { what: `${what} in a Word file`, name: "a.docx", bytes: () => makeDocx(w), refused: ENTITIES },
    {
      what: `${what} in a Word file's styles`,
      name: "a.docx",
      bytes: () =>
        makeDocx(paragraph("x"), { "word/styles.xml": `${HEAD}${doctype}<w:styles xmlns:w="w">&x;</w:styles>` }),
      refused: ENTITIES,
    },
    { what: `${what} in an Excel sheet`, name: "a.xlsx", bytes: () => makeXlsx({ S: sheet }), refused: ENTITIES },
    {
      what: `${what} in an Excel file's strings`,
      name: "a.xlsx",
      bytes: () => makeXlsx({ S: "" }, { "xl/sharedStrings.xml": strings }),
      refused: ENTITIES,
    },
    { what: `${what} in a PowerPoint slide`, name: "a.pptx", bytes: () => makePptx([slide]), refused: ENTITIES },
    {
      what: `${what} in a relations part`,
      name: "a.pptx",
      bytes: () =>
        makePptx(["x"], { "ppt/_rels/presentation.xml.rels": `${HEAD}${doctype}<Relationships>&x;</Relationships>` }),
      refused: ENTITIES,
    },
    {
      what: `${what} in an OpenDocument file`,
      name: "a.odt",
      bytes: () => makeOpenDocument("text", content),
      refused: ENTITIES,
    },
    {
      what: `${what} in an e-book`,
      name: "a.epub",
      bytes: () =>
        zipOf({
          mimetype: "application/epub+zip",
          "META-INF/container.xml": `${HEAD}${doctype}<container>&x;</container>`,
        }),
      refused: ENTITIES,
    },
  ];
}

const deep = (depth: number) => "<a>".repeat(depth) + "x" + "</a>".repeat(depth);
const wide = Array.from({ length: 50_000 }, (_, i) => `<i n="${i}"/>`).join("");

export const xmlFiles: Attack[] = [
  xml("a billion laughs", `${LAUGHS}<r>&lol9;</r>`, { refused: ENTITIES }),
  xml("quadratic growth", `<!DOCTYPE r [<!ENTITY a "${"x".repeat(100_000)}">]><r>${"&a;".repeat(10_000)}</r>`, {
    refused: ENTITIES,
  }),
  entity("a file of this machine", FILE),
  entity("a page on the web", 'x SYSTEM "http://127.0.0.1:1/"'),
  entity("a parameter entity", '% p SYSTEM "http://127.0.0.1:1/e.dtd"> %p; <!ENTITY x "y"'),
  entity("an entity that holds itself", 'x "&x;"'),
  entity("a public identifier", 'x PUBLIC "-//X//Y" "file:///etc/passwd"'),
  entity("an unparsed entity", 'x SYSTEM "file:///etc/passwd" NDATA gif'),
  entity("entities in an attribute", FILE, '<r a="&x;"/>'),
  {
    what: "a file of this machine in UTF-16",
    name: "a.xml",
    bytes: () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`${doctypeWith(FILE)}<r>&x;</r>`, "utf16le")]),
    contentType: "application/xml",
    refused: ENTITIES,
  },
  {
    what: "a picture (SVG) that asks for a file",
    name: "a.svg",
    bytes: () => utf8(`${HEAD}${doctypeWith(FILE)}<svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>`),
    contentType: "image/svg+xml",
    refused: ENTITIES,
  },
  {
    what: "a picture (SVG) with a script",
    name: "a.svg",
    bytes: () =>
      utf8(
        '<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>fetch("http://127.0.0.1")</script><text>Dose</text></svg>',
      ),
    contentType: "image/svg+xml",
    reads: /Dose/,
  },
  {
    what: "a label (SPL) that asks for a file",
    name: "label.xml",
    bytes: () => utf8(`${HEAD}${doctypeWith(FILE)}<document xmlns="urn:hl7-org:v3"><title>&x;</title></document>`),
    refused: ENTITIES,
  },
  {
    what: "an article (JATS) that asks for a file",
    name: "a.nxml",
    bytes: () => utf8(`${HEAD}${doctypeWith(FILE)}<article><front/><body><p>&x;</p></body></article>`),
    refused: ENTITIES,
  },
  {
    what: "PubMed XML that asks for a file",
    name: "p.xml",
    bytes: () => utf8(`${HEAD}${doctypeWith(FILE)}<PubmedArticleSet>&x;</PubmedArticleSet>`),
    refused: ENTITIES,
  },
  xml(
    "a document type on the web, which is never fetched",
    '<!DOCTYPE r SYSTEM "http://127.0.0.1:1/r.dtd"><r><n>kept</n></r>',
    { reads: /kept/ },
  ),
  xml(
    "XInclude of a file",
    '<r xmlns:xi="http://www.w3.org/2001/XInclude"><n>kept</n><xi:include href="file:///etc/passwd" parse="text"/></r>',
    { reads: /kept/, never: SECRET },
  ),
  xml(
    "a stylesheet on the web",
    '<?xml-stylesheet href="http://127.0.0.1:1/x.xsl" type="text/xsl"?><r><n>kept</n></r>',
    { reads: /kept/ },
  ),
  xml("a schema on the web", '<r xmlns:xsi="x" xsi:schemaLocation="x http://127.0.0.1:1/x.xsd"><n>kept</n></r>', {
    reads: /kept/,
  }),
  xml("a hundred thousand elements in each other", deep(100_000), { refused: /nests/ }),
  xml("nine hundred elements in each other, which is read", deep(900), { reads: /x/ }),
  xml("an attribute of 10 MB", `<r a="${"x".repeat(10_000_000)}"><n>kept</n></r>`, { reads: /kept|xxx/ }),
  xml(
    "thirty thousand attributes",
    `<r ${Array.from({ length: 30_000 }, (_, i) => `a${i}="1"`).join(" ")}><n>kept</n></r>`,
    { reads: /kept/ },
  ),
  xml("fifty thousand empty elements", `<r>${wide}</r>`, { reads: /n 49/ }),
  xml("a name of 5 MB", `<${"n".repeat(5_000_000)}/>`, { refused: /holds no text|cannot be read/ }),
  xml("a comment that is never closed", "<r><n>kept</n><!-- ", { reads: /kept/, missing: /damaged/ }),
  xml("text that breaks off", "<r><n>kept</n><m>half", { reads: /kept/, missing: /damaged/ }),
  xml("a character that XML does not have", "<r><n>kept</n><m>&#0;</m></r>", { reads: /kept/, missing: /damaged/ }),
  xml("CDATA of scripts", "<r><n><![CDATA[<script>x</script>]]></n></r>", { reads: /<script>x/ }),
  ...packaged("a billion laughs", LAUGHS),
  ...packaged("an external entity", doctypeWith(FILE)),
  {
    what: "elements without bottom in a Word file",
    name: "a.docx",
    bytes: () => makeDocx(`${"<w:sdt>".repeat(5000)}${"</w:sdt>".repeat(5000)}`),
    refused: /nests/,
  },
  {
    what: "a Word file that lacks its text",
    name: "a.docx",
    bytes: () =>
      zipOf({
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relationsXml([["r1", "officeDocument", "word/document.xml"]]),
      }),
    refused: /cannot be read/,
  },
];
