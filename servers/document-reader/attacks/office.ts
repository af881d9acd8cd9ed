/** Office files that run, fetch, hide or overflow. */
import { gzipSync } from "node:zlib";
import { makeDocx, makeOpenDocument, makePptx, paragraph, relationsXml, shape } from "../testing/office.ts";
import { makeZip, zipOf } from "../testing/zip.ts";
import { bytesOf, latin1, utf8, type Attack } from "./attack.ts";

/** The container of old and of locked Office files: its header, and the names of its streams. */
const ole = (...streams: string[]) =>
  bytesOf(
    "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    new Uint8Array(504),
    ...streams.map((name) => Buffer.from(name, "utf16le")),
    new Uint8Array(2000),
  );

const EXTERNAL = "http://127.0.0.1:1/template.dotm";

export const officeFiles: Attack[] = [
  {
    what: "macros in a Word file",
    name: "a.docm",
    bytes: () => makeDocx(paragraph("kept"), { "word/vbaProject.bin": "Shell(x)" }),
    reads: /kept/,
    never: /Shell/,
    missing: /macros are not read/,
  },
  {
    what: "a template on the web",
    name: "a.docx",
    bytes: () =>
      makeDocx(paragraph("kept"), {
        "word/_rels/document.xml.rels": relationsXml([["r9", "attachedTemplate", EXTERNAL]]),
      }),
    reads: /kept/,
    missing: /linked from elsewhere/,
  },
  {
    what: "a picture on the web",
    name: "a.docx",
    bytes: () =>
      makeDocx(
        `${paragraph("kept")}<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:link="r9"/></w:drawing></w:r></w:p>`,
        { "word/_rels/document.xml.rels": relationsXml([["r9", "image", "http://127.0.0.1:1/p.png"]]) },
      ),
    reads: /kept/,
    missing: /linked from elsewhere/,
  },
  {
    what: "a picture from this machine",
    name: "a.docx",
    bytes: () =>
      makeDocx(paragraph("kept"), {
        "word/_rels/document.xml.rels": relationsXml([["r9", "image", "file:///etc/passwd"]]),
      }),
    reads: /kept/,
    never: /root:/,
  },
  {
    what: "an embedded program",
    name: "a.docx",
    bytes: () => makeDocx(paragraph("kept"), { "word/embeddings/oleObject1.bin": "MZ" }),
    reads: /kept/,
    missing: /1 embedded file is not read/,
  },
  {
    what: "a field that asks for data (DDE)",
    name: "a.docx",
    bytes: () =>
      makeDocx(
        `<w:p><w:r><w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"</w:instrText></w:r><w:r><w:t>kept</w:t></w:r></w:p>`,
      ),
    reads: /kept/,
  },
  {
    what: "a part that leads out of the file",
    name: "a.docx",
    bytes: () =>
      makeDocx(paragraph("kept"), {
        "word/_rels/document.xml.rels": relationsXml([["r9", "styles", "../../../../etc/passwd"]]),
      }),
    reads: /kept/,
    never: /root:/,
  },
  {
    what: "a main part that leads out of the file",
    name: "a.docx",
    bytes: () =>
      makeDocx(paragraph("kept"), { "_rels/.rels": relationsXml([["r1", "officeDocument", "../../etc/passwd"]]) }),
    reads: /./,
    never: /root:/,
  },
  {
    what: "a Word file that bombs",
    name: "a.docx",
    bytes: () => makeDocx(paragraph(" ".repeat(80_000_000))),
    refused: /limit is|times its size|more than/,
  },
  {
    what: "a Word file with overlapping parts",
    name: "a.docx",
    bytes: () => makeDocx(paragraph("x"), {}, [{ path: "word/styles.xml", data: "x", offset: 0 }]),
    refused: /overlap/,
  },
  {
    what: "a link that runs a script",
    name: "a.docx",
    bytes: () =>
      makeDocx(`<w:p><w:hyperlink r:id="r9"><w:r><w:t>kept</w:t></w:r></w:hyperlink></w:p>`, {
        "word/_rels/document.xml.rels": relationsXml([["r9", "hyperlink", "javascript:alert(1)"]]),
      }),
    reads: /kept/,
    never: /alert/,
  },
  {
    what: "markup as words",
    name: "a.docx",
    bytes: () => makeDocx(paragraph("&lt;script&gt;x()&lt;/script&gt; kept")),
    reads: /<script>x\(\)<\/script> kept/,
  },
  {
    what: "a locked Word file",
    name: "a.docx",
    bytes: () => ole("EncryptionInfo", "EncryptedPackage"),
    refused: /password/,
  },
  { what: "an Excel file of before 2007", name: "a.xls", bytes: () => ole("Workbook"), refused: /before 2007/ },
  { what: "a Word file of before 2007", name: "a.doc", bytes: () => ole("WordDocument"), refused: /before 2007/ },
  { what: "a container of an unknown kind", name: "a.dat", bytes: () => ole("Whatever"), refused: /old container/ },
  {
    what: "a locked OpenDocument file",
    name: "a.odt",
    bytes: () =>
      makeZip([
        { path: "mimetype", data: "application/vnd.oasis.opendocument.text", method: 0 },
        { path: "content.xml", data: "x", flags: 1 },
      ]),
    refused: /password/,
  },
  {
    what: "a slide that leads to itself for its notes",
    name: "a.pptx",
    bytes: () =>
      makePptx([shape("kept")], {
        "ppt/slides/_rels/slide1.xml.rels": relationsXml([["n", "notesSlide", "slide1.xml"]]),
      }),
    reads: /kept/,
  },
  {
    what: "notes from this machine",
    name: "a.pptx",
    bytes: () =>
      makePptx([shape("kept")], {
        "ppt/slides/_rels/slide1.xml.rels": relationsXml([["n", "notesSlide", "file:///etc/passwd"]]),
      }),
    reads: /kept/,
    never: /root:/,
  },
  {
    what: "one slide shown ten thousand times",
    name: "a.pptx",
    bytes: () =>
      makePptx([shape("kept")], {
        "ppt/presentation.xml": `<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst>${'<p:sldId r:id="s1"/>'.repeat(10_000)}</p:sldIdLst></p:presentation>`,
      }),
    reads: /kept/,
    missing: /1000 of 10000 slides/,
  },
  {
    what: "blanks repeated a billion times",
    name: "a.odt",
    bytes: () => makeOpenDocument("text", '<text:p>a<text:s text:c="1000000000"/>kept</text:p>'),
    reads: /kept/,
  },
  {
    what: "tables in tables, nine hundred deep",
    name: "a.odt",
    bytes: () =>
      makeOpenDocument(
        "text",
        `${"<table:table><table:table-row><table:table-cell>".repeat(300)}<text:p>kept</text:p>${"</table:table-cell></table:table-row></table:table>".repeat(300)}`,
      ),
    reads: /kept/,
  },
  {
    what: "an e-book whose chapters lead out of it",
    name: "a.epub",
    bytes: () =>
      zipOf({
        mimetype: "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
        "b.opf":
          '<package><metadata/><manifest><item id="a" href="../../../etc/passwd"/><item id="b" href="b.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
        "b.xhtml": "<html><body><p>kept</p></body></html>",
      }),
    reads: /kept/,
    never: /root:/,
    missing: /chapter 1 is missing/,
  },
  {
    what: "groups without bottom in RTF",
    name: "a.rtf",
    bytes: () => latin1(`{\\rtf1 ${"{".repeat(200_000)}kept${"}".repeat(200_000)}}`),
    reads: /kept/,
  },
  {
    what: "an object in RTF",
    name: "a.rtf",
    bytes: () => latin1("{\\rtf1 kept{\\object\\objupdate{\\*\\objdata 4d5a9000}}}"),
    reads: /kept/,
    never: /4d5a/,
  },
  {
    what: "RTF that says to skip a billion letters",
    name: "a.rtf",
    bytes: () => latin1("{\\rtf1\\uc1000000000\\u8364 ?kept words}"),
    reads: /€/,
  },
  {
    what: "an Office file inside of a gzip",
    name: "a.docx.gz",
    bytes: () => gzipSync(makeDocx(paragraph("kept"))),
    reads: /kept/,
  },
  {
    what: "a Word file that calls itself a page",
    name: "a.html",
    bytes: () => makeDocx(paragraph("kept")),
    contentType: "text/html",
    reads: /kept/,
  },
  {
    what: "a page that calls itself a Word file",
    name: "a.docx",
    bytes: () => utf8("<!doctype html><p>kept"),
    contentType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    reads: /kept/,
  },
];
