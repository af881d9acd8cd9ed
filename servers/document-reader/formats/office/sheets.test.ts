import { describe, expect, it } from "vitest";
import { makeOpenDocument, makeXlsx } from "../../testing/office.ts";
import { readFile, told } from "../../testing/read.ts";
import { shownBy, shownValue } from "./xlsx/styles.ts";

const XF = (...formats: number[]) =>
  `<styleSheet><cellXfs>${formats.map((id) => `<xf numFmtId="${id}"/>`).join("")}</cellXfs></styleSheet>`;
const row = (number: number, cells: string) => `<row r="${number}">${cells}</row>`;
const excel = (rows: string, parts: Record<string, string> = {}) =>
  readFile("a.xlsx", makeXlsx({ Doses: `<sheetData>${rows}</sheetData>` }, parts));

const line = (text: string, more = "") =>
  `<table:table-row ${more}><table:table-cell><text:p>${text}</text:p></table:table-cell><table:table-cell table:number-columns-repeated="1020"/></table:table-row>`;

describe("how a number is shown", () => {
  it.each([
    ["General", "number"],
    ["0.00", "number"],
    ["#,##0 [$€-407]", "number"],
    ["yyyy-mm-dd", "date"],
    ["[$-409]d\\-mmm\\-yy;@", "date"],
    ["mmm", "date"],
    ["h:mm AM/PM", "time"],
    ["dd.mm.yyyy hh:mm", "datetime"],
    ["[h]:mm:ss", "duration"],
    ["0.0%", "percent"],
    ['0 "days"', "number"],
    ["[Red]0.00", "number"],
  ])("by the format %s: as %s", (code, shown) => expect(shownBy(code)).toBe(shown));

  it.each([
    ["1", "date", false, "1900-01-01"],
    ["59", "date", false, "1900-02-28"],
    ["61", "date", false, "1900-03-01"],
    ["45356", "date", false, "2024-03-05"],
    ["43894", "date", true, "2024-03-05"],
    ["45356.604166666664", "datetime", false, "2024-03-05 14:30"],
    ["0.5", "time", false, "12:00"],
    ["1.5", "duration", false, "36:00:00"],
    ["0.30000000000000004", "number", false, "0.3"],
    ["0.125", "percent", false, "12.5%"],
    ["-3", "date", false, "-3"],
    ["1E-10", "number", false, "1e-10"],
  ] as const)("%s as %s", (value, shown, is1904, text) => expect(shownValue(value, shown, is1904)).toBe(text));
});

describe("an Excel workbook", () => {
  it("has its cells in their columns, of every kind", async () => {
    const cells = [
      '<c r="A1" t="s"><v>0</v></c>',
      '<c r="C1" t="inlineStr"><is><r><t>rich </t></r><r><t>text</t></r></is></c>',
      '<c r="D1" t="b"><v>1</v></c>',
      '<c r="E1" t="e"><v>#DIV/0!</v></c>',
      '<c r="F1" s="1"><v>45356</v></c>',
      '<c r="G1" t="str"><f>A1&amp;"x"</f><v>Drugx</v></c>',
      '<c r="H1"><f>SUM(A2:A9)</f></c>',
    ];
    const read = await excel(row(1, cells.join("")), {
      "xl/sharedStrings.xml": "<sst><si><t>Drug</t><rPh><t>ドラッグ</t></rPh></si></sst>",
      "xl/styles.xml": XF(0, 14),
    });
    expect(told(read)).toEqual(["Doses: Drug |  | rich text | TRUE | #DIV/0! | 2024-03-05 | Drugx | =SUM(A2:A9)"]);
    expect(read.incomplete).toBe('sheet "Doses": 1 formulas have no stored value and are given as formulas');
  });

  it("is read with any prefix and without places", async () => {
    const sheet =
      '<?xml version="1.0"?><x:worksheet xmlns:x="x"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    expect(told(await readFile("a.xlsx", makeXlsx({ S: sheet })))).toEqual(["S: 1 | 2"]);
  });

  it("is given in parts where it is long, each with the first row", async () => {
    const rows = Array.from({ length: 1200 }, (_, i) =>
      row(i + 1, `<c r="A${i + 1}" t="str"><v>row ${i + 1}</v></c>`),
    ).join("");
    const { sections } = await excel(rows);
    expect(sections.map(({ label }) => label)).toEqual([
      "Doses, rows 1–500",
      "Doses, rows 501–1000",
      "Doses, rows 1001–1200",
    ]);
    expect(sections[1]!.text).toMatch(/^row 1\nrow 501\n/);
    expect(sections.every(({ page }) => page === 1)).toBe(true);
  });
});

describe("an OpenDocument sheet", () => {
  it("has its rows, without the empty ones that fill it", async () => {
    const sheet = `<table:table table:name="Doses">${line("97 mg")}${line("twice", 'table:number-rows-repeated="2"')}<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>`;
    expect(told(await readFile("a.ods", makeOpenDocument("spreadsheet", sheet)))).toEqual([
      "Doses: 97 mg\ntwice\ntwice",
    ]);
  });
});

describe("tables as text", () => {
  it.each([
    [
      "commas and quotes",
      "a.csv",
      'Drug,Dose\n"Sacubitril, Valsartan","97 ""mg"""\n',
      'Drug | Dose\nSacubitril, Valsartan | 97 "mg"',
    ],
    ["semicolons with decimal commas", "a.csv", "Drug;Dose\nA;1,5\nB;2,5", "Drug | Dose\nA | 1,5\nB | 2,5"],
    ["tabs", "a.tsv", "Drug\tDose\nA\t1, or 2", "Drug | Dose\nA | 1, or 2"],
    ["rows of different lengths", "a.csv", "a,b,c\n1\n\n1,2,3,4", "a | b | c\n1\n1 | 2 | 3 | 4"],
    ["one column", "a.csv", "Drug\nA\nB", "Drug\nA\nB"],
  ])("with %s", async (_, name, text, expected) => expect(told(await readFile(name, text))).toEqual([expected]));

  it("that are none are given as they stand", async () => {
    const read = await readFile("a.csv", `a,b\n"never closed, ${"x".repeat(300_000)}`);
    expect(read.sections[0]!.text).toMatch(/^a,b\n"never closed/);
    expect(read.incomplete).toMatch(/no well-formed table/);
  });
});
