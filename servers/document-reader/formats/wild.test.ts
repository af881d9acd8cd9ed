import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeDocx, makeOpenDocument, makePptx, makeXlsx, paragraph, shape } from "../testing/office.ts";
import { makePdf } from "../testing/pdf.ts";
import { makeTar } from "../testing/tar.ts";
import { zipOf } from "../testing/zip.ts";
import { readBytes } from "./read-bytes.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const SHEET =
  '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45356</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells>';
const STRINGS = "<sst><si><t>Drug</t></si></sst>";
const OPF =
  '<package><metadata><title>B</title></metadata><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>';
const TEXT =
  '<text:h text:outline-level="1">Methods</text:h><text:p>Dose<text:note><text:p>daily</text:p></text:note></text:p><text:list><text:list-item><text:p>x</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell table:number-columns-repeated="2"><text:p>a</text:p></table:table-cell></table:table-row></table:table>';
const SPL =
  '<?xml version="1.0"?><document xmlns="urn:hl7-org:v3"><setId root="ABC"/><title>L</title><component><structuredBody><component><section><title>1 X</title><text><paragraph>For hearts.</paragraph></text></section></component></structuredBody></component></document>';
const JATS =
  '<?xml version="1.0"?><article><front><article-meta><article-id pub-id-type="doi">10.1000/x</article-id><title-group><article-title>S</article-title></title-group></article-meta></front><body><sec><title>M</title><p>Text<sup>2</sup></p></sec></body></article>';
const CIF =
  "data_X\n_entry.id X\nloop_\n_entity.id\n_entity.type\n1 polymer\n2 'non polymer'\n_struct.title\n;A\nB\n;\n";
const PDB =
  "HEADER    OXYGEN TRANSPORT                        07-MAR-84   4HHB\nCOMPND    MOL_ID: 1;\nCOMPND   2 MOLECULE: X;\nSEQRES   1 A    4  VAL LEU SER PRO\nATOM      1  N   VAL A   1\n";
const LD =
  '{"@context":"https://schema.org","@type":"Article","headline":"A","articleBody":"B","author":[{"name":"C"}]}';

/** A name, what a part of it says, and how the file is made of that part. */
const FILES: [name: string, part: string, make: (part: Uint8Array) => Uint8Array][] = [
  [
    "a.docx",
    `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraph("x", "H1")}<w:tbl><w:tr><w:tc>${paragraph("y")}</w:tc></w:tr></w:tbl></w:body></w:document>`,
    (part) => makeDocx("", { "word/document.xml": part }),
  ],
  [
    "a.xlsx",
    `<?xml version="1.0"?><worksheet>${SHEET}</worksheet>`,
    (part) => makeXlsx({ S: "" }, { "xl/worksheets/sheet1.xml": part, "xl/sharedStrings.xml": STRINGS }),
  ],
  ["b.xlsx", STRINGS, (part) => makeXlsx({ S: SHEET }, { "xl/sharedStrings.xml": part })],
  [
    "a.pptx",
    `<?xml version="1.0"?><p:sld xmlns:p="p" xmlns:a="a">${shape("T", "title")}${shape("b")}</p:sld>`,
    (part) => makePptx([""], { "ppt/slides/slide1.xml": part }),
  ],
  [
    "b.pptx",
    '<p:presentation xmlns:r="r"><p:sldIdLst><p:sldId r:id="s1"/></p:sldIdLst></p:presentation>',
    (part) => makePptx([shape("b")], { "ppt/presentation.xml": part }),
  ],
  [
    "a.odt",
    `<?xml version="1.0"?><office:document-content xmlns:office="o">${TEXT}</office:document-content>`,
    (part) => makeOpenDocument("text", Buffer.from(part).toString()),
  ],
  [
    "a.epub",
    OPF,
    (part) =>
      zipOf({
        mimetype: "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
        "b.opf": part,
        "a.xhtml": "<p>x</p>",
      }),
  ],
  ["a.zip", "", () => zipOf({ "a.txt": "x", "b/c.txt": "y" })],
  [
    "a.tar",
    "",
    () =>
      makeTar([
        { path: "a.txt", data: "x" },
        { path: "x", type: "x", data: "14 path=a/b\n" },
        { path: "b", data: "y" },
      ]),
  ],
  ["a.txt.gz", "some words", gzipSync],
  [
    "a.rtf",
    "{\\rtf1\\ansi{\\stylesheet{\\s1 heading 1;}}\\pard\\s1 M\\par\\trowd a\\cell b\\cell\\row{\\footnote x}\\u8364 ?}",
    (part) => part,
  ],
  ["a.json", LD, (part) => part],
  ["a.csv", 'Drug,Dose\n"a ""b""",1\n', (part) => part],
  ["a.xml", SPL, (part) => part],
  ["b.xml", JATS, (part) => part],
  ["a.cif", CIF, (part) => part],
  ["a.pdb", PDB, (part) => part],
  ["a.md", "# T\n\n```\n# x\n```\n## D ##\n", (part) => part],
  ["a.html", "<html><title>T</title><h1>M</h1><table><tr><td rowspan=2>a<td>b</table><ul><li>x", (part) => part],
  ["a.pdf", "", () => makePdf(["Some words.", "More."], { title: "T" })],
];

interface Change {
  at: number;
  cut: number;
  put: string;
}

/** Bytes cut out and put in at places from 0 to 1. */
const changes: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.oneof(fc.constant(0), fc.nat(20), fc.constant(100_000)),
    put: fc.oneof(
      fc.constant(""),
      fc.string({ maxLength: 5 }),
      fc.constantFrom("<", ">", "</", '"', "&", "\0", "-1", "99999999999", "{", "}", "é", "\ud800", "__proto__"),
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

function changed(bytes: Uint8Array, all: readonly Change[]): Uint8Array {
  let changing = Buffer.from(bytes);
  for (const { at, cut, put } of all) {
    const place = Math.floor(at * changing.length);
    changing = Buffer.concat([changing.subarray(0, place), Buffer.from(put), changing.subarray(place + cut)]);
  }
  return new Uint8Array(changing);
}

/** How reading ended: a fault in a parser's program shows as a TypeError or ReferenceError. */
async function ending(name: string, bytes: Uint8Array): Promise<string> {
  try {
    await readBytes({ name, bytes });
    return "read";
  } catch (error) {
    return (error as Error).name;
  }
}

describe.each(FILES)("%s with bytes changed", (name, part, make) => {
  it("is read, or refused for a reason", async () => {
    expect(await ending(name, make(utf8(part)))).toBe("read");
    await fc.assert(
      fc.asyncProperty(changes, fc.boolean(), async (all, isOutside) => {
        const bytes = isOutside || !part ? changed(make(utf8(part)), all) : make(changed(utf8(part), all));
        expect(await ending(name, bytes)).not.toMatch(/TypeError|ReferenceError/);
      }),
      { numRuns: 100 },
    );
  });
});
