import { describe, expect, it } from "vitest";
import { makeDocx, paragraph, relationsXml } from "../../testing/office.ts";
import { readFile, told } from "../../testing/read.ts";

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const STYLES = `<w:styles ${W}>${[1, 2].map((n) => `<w:style w:type="paragraph" w:styleId="H${n}"><w:name w:val="heading ${n}"/></w:style>`).join("")}</w:styles>`;
const word = (body: string, parts: Record<string, string> = {}) =>
  readFile(
    "a.docx",
    makeDocx(body, {
      "word/styles.xml": STYLES,
      "word/_rels/document.xml.rels": relationsXml([
        ["s", "styles", "styles.xml"],
        ["n", "numbering", "numbering.xml"],
        ["f", "footnotes", "footnotes.xml"],
        ["c", "comments", "comments.xml"],
      ]),
      ...parts,
    }),
  );
const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`;

const item = (text: string) =>
  `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;

const said = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;

describe("a Word file", () => {
  it("has the numbers of its tables, and the words below their readings", async () => {
    const number = `<w:fldSimple w:instr=" SEQ Table \\* ARABIC &quot;>&quot; a > b ">${said("7")}</w:fldSimple>`;
    const ruby = `<w:r><w:ruby><w:rubyPr><w:hps w:val="10"/></w:rubyPr><w:rt>${said("とうにょうびょう")}</w:rt><w:rubyBase>${said("糖尿病")}</w:rubyBase></w:ruby></w:r>`;
    const { sections } = await word(
      `<w:p>${said("Table ")}${number}${said(". Doses in ")}${ruby}<w:bdo w:val="ltr">${said(" today")}</w:bdo></w:p>`,
    );
    expect(sections).toEqual([{ label: "", text: "Table 7. Doses in 糖尿病 today" }]);
  });

  it("has sections at its headings, with their depth", async () => {
    const { sections } = await word(
      [
        paragraph("Before."),
        paragraph("Methods", "H1"),
        paragraph("Who"),
        paragraph("Doses", "H2"),
        paragraph("97 mg"),
      ].join(""),
    );
    expect(sections).toEqual([
      { label: "", text: "Before." },
      { label: "Methods", text: "Who", level: 1 },
      { label: "Doses", text: "97 mg", level: 2 },
    ]);
  });

  it("has its tables as lines", async () => {
    const table = `<w:tbl><w:tr>${cell("Drug")}${cell("Dose")}</w:tr><w:tr>${cell("Sacubitril")}${cell("97 mg")}</w:tr></w:tbl>`;
    expect(told(await word(table))).toEqual(["Drug | Dose\nSacubitril | 97 mg"]);
  });

  it("has its lists as lists, numbered as they are", async () => {
    const numbering = `<w:numbering ${W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;
    expect(told(await word(item("first") + item("second"), { "word/numbering.xml": numbering }))).toEqual([
      "1. first\n2. second",
    ]);
  });

  it("has its footnotes and comments at the end", async () => {
    const body = `<w:p><w:r><w:t>Dose</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>`;
    const text = told(
      await word(body, {
        "word/footnotes.xml": `<w:footnotes ${W}><w:footnote w:id="2">${paragraph("daily")}</w:footnote></w:footnotes>`,
        "word/comments.xml": `<w:comments ${W}><w:comment w:id="0" w:author="R" w:initials="R">${paragraph("Check this.")}</w:comment></w:comments>`,
      }),
    ).join("\n");
    expect(text).toMatch(/Dose[^]*daily[^]*Check this\./);
    expect(text).not.toMatch(/↑/);
  });

  it("has what was added to it, not what was struck out", async () => {
    const body = `<w:p><w:r><w:t xml:space="preserve">Dose: </w:t></w:r><w:del w:id="1"><w:r><w:delText>49 mg</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>97 mg</w:t></w:r></w:ins></w:p>`;
    expect(told(await word(body))).toEqual(["Dose: 97 mg"]);
  });

  it("keeps raised numbers raised, and words of links without their address", async () => {
    const body = `<w:p><w:r><w:t>10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>9</w:t></w:r><w:hyperlink w:anchor="x"><w:r><w:t xml:space="preserve"> cells</w:t></w:r></w:hyperlink></w:p>`;
    expect(told(await word(body))).toEqual(["10⁹ cells"]);
  });

  it("says what of it is not read", async () => {
    const { incomplete } = await word(paragraph("x"), {
      "word/vbaProject.bin": "x",
      "word/embeddings/a.xlsx": "x",
      "word/embeddings/b.bin": "x",
    });
    expect(incomplete).toBe("its macros are not read; 2 embedded files are not read");
  });
});
