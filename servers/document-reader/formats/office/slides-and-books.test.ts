import { describe, expect, it } from "vitest";
import { makeOpenDocument, makePptx, relationsXml, shape } from "../../testing/office.ts";
import { readFile, told } from "../../testing/read.ts";
import { zipOf } from "../../testing/zip.ts";

describe("a PowerPoint file", () => {
  it("has its slides in the order in which they are shown", async () => {
    const order =
      '<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst><p:sldId id="1" r:id="s2"/><p:sldId id="2" r:id="s1"/></p:sldIdLst></p:presentation>';
    const read = await readFile(
      "a.pptx",
      makePptx([shape("One", "title"), shape("Two", "ctrTitle")], { "ppt/presentation.xml": order }),
    );
    expect(read.sections.map(({ label, page }) => [label, page])).toEqual([
      ["Slide 1: Two", 1],
      ["Slide 2: One", 2],
    ]);
  });

  it("has texts, tables and notes, and says which slides are hidden", async () => {
    const table =
      "<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Drug</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>97 mg</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>";
    const slide = `<?xml version="1.0"?><p:sld xmlns:p="p" xmlns:a="a" show="0"><p:cSld><p:spTree>${shape("Doses", "title")}${shape("First\nSecond")}${table}${shape("7", "sldNum")}</p:spTree></p:cSld></p:sld>`;
    const notes = `<?xml version="1.0"?><p:notes xmlns:p="p" xmlns:a="a">${shape("Say this slowly.")}${shape("1", "sldNum")}</p:notes>`;
    const read = await readFile(
      "a.pptx",
      makePptx([slide], {
        "ppt/slides/_rels/slide1.xml.rels": relationsXml([["n", "notesSlide", "../notesSlides/notesSlide1.xml"]]),
        "ppt/notesSlides/notesSlide1.xml": notes,
      }),
    );
    expect(told(read)).toEqual(["Slide 1: Doses (hidden): First\nSecond\nDrug | 97 mg\n\nNotes:\nSay this slowly."]);
  });
});

describe("a diagram on a slide", () => {
  it("has its words as lines", async () => {
    const data = `<?xml version="1.0"?><dgm:dataModel xmlns:dgm="d" xmlns:a="a"><dgm:pt><dgm:t><a:p><a:r><a:t>Screen</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt><dgm:t><a:p><a:r><a:t>Treat</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>`;
    const read = await readFile(
      "a.pptx",
      makePptx([shape("Care", "title")], {
        "ppt/slides/_rels/slide1.xml.rels": relationsXml([["d", "diagramData", "../diagrams/data1.xml"]]),
        "ppt/diagrams/data1.xml": data,
      }),
    );
    expect(told(read)).toEqual(["Slide 1: Care: Screen\nTreat"]);
  });
});

describe("an OpenDocument text", () => {
  it("has headings, lists, tables, footnotes and comments, not what was struck out", async () => {
    const content = [
      "<text:tracked-changes><text:p>struck out</text:p></text:tracked-changes>",
      '<text:h text:outline-level="2">Methods</text:h>',
      '<text:p>Dose<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>daily</text:p></text:note-body></text:note> of<text:s text:c="2"/>97<office:annotation><text:p>Check this.</text:p></office:annotation> mg</text:p>',
      "<text:list><text:list-item><text:p>first</text:p><text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list></text:list-item></text:list>",
      "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>",
    ].join("");
    expect(told(await readFile("a.odt", makeOpenDocument("text", content)))).toEqual([
      "Methods: Dose[1] of 97 mg\n\n- first\n  - inner\n\na | b",
      "Footnotes: 1. daily",
      "Comments: Check this.",
    ]);
  });
});

describe("an e-book", () => {
  it("has its chapters in reading order, and says which cannot be read", async () => {
    const book = zipOf({
      mimetype: "application/epub+zip",
      "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OEBPS/b.opf"/></rootfiles></container>',
      "META-INF/encryption.xml": '<encryption><CipherReference URI="OEBPS/locked.xhtml"/></encryption>',
      "OEBPS/b.opf":
        '<package xmlns:dc="dc"><metadata><dc:title>A book</dc:title><dc:creator>Ada</dc:creator><dc:date>2024-03-05</dc:date></metadata><manifest><item id="a" href="a%20b.xhtml"/><item id="l" href="locked.xhtml"/><item id="z" href="z.xhtml"/></manifest><spine><itemref idref="z"/><itemref idref="l"/><itemref idref="a"/></spine></package>',
      "OEBPS/a b.xhtml": "<html><body><h1>Two</h1><p>second</p></body></html>",
      "OEBPS/z.xhtml": "<html><body><h1>One</h1><p>first</p></body></html>",
      "OEBPS/locked.xhtml": "x",
    });
    const read = await readFile("a.epub", book);
    expect(read).toMatchObject({
      title: "A book",
      authors: ["Ada"],
      published: "2024-03-05",
      incomplete: "chapter 2 is encrypted",
    });
    expect(told(read)).toEqual(["One: first", "Two: second"]);
  });
});

describe("Rich Text", () => {
  it.each([
    ["letters of other sets", "{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'f0\\'e8\\'e2\\'e5\\'f2}", ["Привет"]],
    ["letters beyond all sets", "{\\rtf1\\uc1 caf\\u233 e \\u8364 ?}", ["café €"]],
    ["headings by their depth", "{\\rtf1{\\outlinelevel0 Methods\\par}\\pard Text\\par}", ["Methods: Text"]],
    [
      "headings by their style",
      "{\\rtf1{\\stylesheet{\\s1 heading 1;}}\\pard\\s1 Methods\\par\\pard Text\\par}",
      ["Methods: Text"],
    ],
    ["tables", "{\\rtf1\\trowd\\pard\\intbl Drug\\cell Dose\\cell\\row\\pard After\\par}", ["Drug | Dose\nAfter"]],
    [
      "footnotes",
      "{\\rtf1 Dose{\\chftn}{\\footnote\\chftn  daily} given\\par}",
      ["Dose[1] given", "Footnotes: 1. daily"],
    ],
    ["what is not text", "{\\rtf1{\\fonttbl{\\f0 Arial;}}{\\pict 89504e47}{\\*\\unknown secret}kept}", ["kept"]],
  ])("with %s", async (_, text, expected) => expect(told(await readFile("a.rtf", text))).toEqual(expected));
});
