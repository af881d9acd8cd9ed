import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { makeOpenDocument, makeXlsx } from "../testing/office.ts";
import { readFile } from "../testing/read.ts";
import { zipOf } from "../testing/zip.ts";
import { noSuchTable, windowOf } from "./table-part.ts";

const ROWS = 45_000;
const HEAD = "patient | dose";
const rowOf = (number: number) => `P${number} | ${number} mg`;
const numbers = Array.from({ length: ROWS - 1 }, (_, i) => i + 2);

const csv = `patient,dose\n${numbers.map((n) => `P${n},${n} mg`).join("\n")}\n`;
const excelRow = (n: number, cells: string[]) =>
  `<row r="${n}">${cells.map((text) => `<c t="str"><v>${text}</v></c>`).join("")}</row>`;
const excelRows = () =>
  `<sheetData>${excelRow(1, ["patient", "dose"])}${numbers.map((n) => excelRow(n, [`P${n}`, `${n} mg`])).join("")}</sheetData>`;
const odsRow = (cells: string[]) =>
  `<table:table-row>${cells.map((text) => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`).join("")}</table:table-row>`;
const filler = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>';
const odsSheet = (name: string) =>
  `<table:table table:name="${name}">${odsRow(["patient", "dose"])}${numbers.map((n) => odsRow([`P${n}`, `${n} mg`])).join("")}${filler}</table:table>`;

const excel = () => makeXlsx({ Other: `<sheetData>${excelRow(1, ["other"])}</sheetData>`, Doses: excelRows() });
const ods = () =>
  makeOpenDocument(
    "spreadsheet",
    `<table:table table:name="Other">${odsRow(["other"])}</table:table>${odsSheet("Doses")}`,
  );

interface Kind {
  name: string;
  bytes: Uint8Array;
  /** What stands before `rows …`. */
  sheet: string;
}

describe.each([
  { kind: "CSV", sheet: "" },
  { kind: "CSV, packed", sheet: "" },
  { kind: "CSV in an archive", sheet: "" },
  { kind: "Excel", sheet: "Doses, " },
  { kind: "OpenDocument", sheet: "Doses, " },
])("a table of 45,000 rows ($kind)", ({ kind, sheet }) => {
  let table: Kind;
  let inside = "";

  beforeAll(() => {
    const text = new TextEncoder().encode(csv);
    const made: Record<string, () => [string, Uint8Array]> = {
      CSV: () => ["a.csv", text],
      "CSV, packed": () => ["a.csv.gz", gzipSync(text)],
      "CSV in an archive": () => ["a.zip", zipOf({ "b/a.csv": csv })],
      Excel: () => ["a.xlsx", excel()],
      OpenDocument: () => ["a.ods", ods()],
    };
    const [name, bytes] = made[kind]!();
    table = { name, bytes, sheet };
    inside = kind === "CSV in an archive" ? "b/a.csv!/" : "";
  });

  it("is given to its last row by what each reading says of the next", async () => {
    const all: string[] = [];
    let part: string | undefined = `${inside}${sheet}rows 1-`;
    for (let readings = 0; part && readings < 5; readings++) {
      const { sections, incomplete = "" } = await readFile(table.name, table.bytes, part);
      // The first row stands above each part.
      all.push(...sections.flatMap(({ text }) => text.split("\n")).filter((line) => line !== HEAD));
      const next = /put !\/((?:Doses, )?rows [\d-]+) after/.exec(incomplete)?.[1];
      part = next && inside + next;
    }
    expect(all.length).toBe(ROWS - 1);
    expect(all.findIndex((line, i) => line !== rowOf(i + 2))).toBe(-1);
  });

  it("has any rows that are asked for, each part below the first row", async () => {
    const some = fc.tuple(fc.integer({ min: 2, max: ROWS }), fc.integer({ min: 0, max: 1200 }));
    await fc.assert(
      fc.asyncProperty(some, async ([from, more]) => {
        const to = Math.min(ROWS, from + more);
        const { sections, title } = await readFile(table.name, table.bytes, `${inside}${sheet}rows ${from}–${to}`);
        for (const { text } of sections) expect(text.startsWith(`${HEAD}\n`)).toBe(true);
        const given = sections.flatMap(({ text }) => text.split("\n").slice(1));
        expect(given).toEqual(numbers.slice(from - 2, to - 1).map(rowOf));
        expect(title).toContain(`rows ${from}–${to}`);
      }),
      { numRuns: 2 },
    );
  });

  it("says where it ends when rows beyond it are asked for", async () => {
    await expect(readFile(table.name, table.bytes, `${inside}${sheet}rows 90000-90010`)).rejects.toMatchObject({
      reason: "not_found",
      recovery: expect.stringMatching(/row 4500\d/) as unknown,
    });
  });
});

describe("a workbook", () => {
  const sheets = {
    Doses: `<sheetData>${excelRow(1, ["a"])}</sheetData>`,
    "Rows 2024": `<sheetData>${excelRow(1, ["b"])}</sheetData>`,
  };
  const bytes = makeXlsx(sheets);
  const ods = makeOpenDocument(
    "spreadsheet",
    ["Doses", "Rows 2024"]
      .map((name, i) => `<table:table table:name="${name}">${odsRow(["ab"[i]!])}</table:table>`)
      .join(""),
  );

  it.each([
    ["Doses", "a"],
    ["ROWS 2024, row 1", "b"],
    ["rows 1-5", "a"],
    ["Rows 2024, rows 1", "b"],
  ])("gives of %s: %s", async (part, text) => {
    expect((await readFile("a.xlsx", bytes, part)).sections.map((s) => s.text)).toEqual([text]);
    expect((await readFile("a.ods", ods, part)).sections.map((s) => s.text)).toEqual([text]);
  });

  it("says which sheets it has where another is asked for, and still gives its parts as an archive", async () => {
    for (const [name, file] of [
      ["a.xlsx", bytes],
      ["a.ods", ods],
    ] as const) {
      await expect(readFile(name, file, "Dosis, rows 1-5")).rejects.toMatchObject({
        reason: "not_found",
        recovery: expect.stringContaining("Doses · Rows 2024") as unknown,
      });
    }
    expect((await readFile("a.xlsx", bytes, "xl/worksheets/sheet1.xml")).sections[0]!.text).toContain("str");
  });
});

describe("the name of a part", () => {
  it.each([
    ["rows 5-9", undefined, true, { from: 5, to: 9 }],
    ["Rows 5 – 9", "S", true, { from: 5, to: 9 }],
    ["row 7", undefined, true, { from: 7, to: 7 }],
    ["rows 7-", undefined, true, { from: 7, to: Infinity }],
    ["rows 0-3", undefined, true, { from: 1, to: 3 }],
    ["rows 5-9", "S", false, undefined],
    ["S (hidden), rows 5–9", "S", false, { from: 5, to: 9 }],
    ["s: rows 5-9", "S", false, { from: 5, to: 9 }],
    ["S", "S", false, { from: 1, to: Infinity }],
    ["T, rows 5-9", "S", true, undefined],
    ["columns 5-9", "S", true, undefined],
  ])("%s, of the sheet %s", (part, sheet, isFirst, window) => {
    expect(windowOf(part, sheet, isFirst)).toEqual(window);
  });

  it("that ends before it begins is refused", () => {
    expect(() => windowOf("rows 9-5", undefined, true)).toThrow(/ends before/);
    expect(noSuchTable("x", []).recovery).toContain("!/rows");
  });
});
