/** Workbooks that lie about their cells, repeat without end, or would like to run. */
import { makeOpenDocument, makeXlsx } from "../testing/office.ts";
import type { Attack } from "./attack.ts";

const row = (number: number, cells: string) => `<row r="${number}">${cells}</row>`;

const text = (place: string, words: string) => `<c r="${place}" t="inlineStr"><is><t>${words}</t></is></c>`;

const sheet = (rows: string) => `<sheetData>${rows}</sheetData>`;

const xlsx = (what: string, rows: string, rest: Partial<Attack>, parts: Record<string, string> = {}): Attack => ({
  what,
  name: "a.xlsx",
  bytes: () => makeXlsx({ Doses: rows }, parts),
  ...rest,
});

const HUGE_SHEET = () =>
  sheet(Array.from({ length: 60_000 }, (_, i) => row(i + 1, `<c r="A${i + 1}"><v>${i}</v></c>`)).join(""));

export const sheets: Attack[] = [
  xlsx(
    "texts that the workbook does not have",
    sheet(row(1, `<c r="A1" t="s"><v>99999999</v></c>${text("B1", "kept")}`)),
    { reads: /kept/, missing: /texts that the workbook does not have/ },
  ),
  xlsx("texts with numbers below zero", sheet(row(1, `<c r="A1" t="s"><v>-1</v></c>${text("B1", "kept")}`)), {
    reads: /kept/,
  }),
  xlsx("a cell in column ZZZZ", sheet(row(1, text("A1", "kept") + text("ZZZZ1", "far"))), {
    reads: /kept/,
    never: /far/,
    missing: /columns/,
  }),
  xlsx("a cell in row 99999999", sheet(row(99_999_999, text("A99999999", "kept"))), { reads: /kept/ }),
  xlsx("a place that is none", sheet(row(1, text("__proto__", "kept"))), { reads: /kept/ }),
  xlsx(
    "formulas that run programs, which stay text",
    sheet(row(1, `${text("A1", "=cmd|' /C calc'!A0")}<c r="B1"><f>HYPERLINK("http://127.0.0.1","x")</f><v>7</v></c>`)),
    { reads: /=cmd\|.* \| 7/ },
  ),
  xlsx("more rows than anyone reads", HUGE_SHEET(), {
    reads: /19999/,
    never: /\b30000\b/,
    missing: /rows 1–20000 .*are given/,
  }),
  xlsx(
    "a merged cell over the whole sheet",
    `${sheet(row(1, text("A1", "kept")))}<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>`,
    { reads: /kept/ },
  ),
  xlsx(
    "a million merged cells",
    `${sheet(row(1, text("A1", "kept")))}<mergeCells>${'<mergeCell ref="A1:A2"/>'.repeat(300_000)}</mergeCells>`,
    { reads: /kept/ },
  ),
  xlsx("a sheet that is cut off", `<?xml version="1.0"?><worksheet><sheetData>${row(1, text("A1", "x"))}<row`, {
    reads: /x/,
    missing: /damaged/,
  }),
  xlsx("a style that is not there", sheet(row(1, '<c r="A1" s="4000000"><v>45000</v></c>')), { reads: /45000/ }),
  xlsx(
    "a date beyond the calendar",
    sheet(row(1, '<c r="A1" s="0"><v>1e308</v></c>')),
    { reads: /1e\+308/ },
    { "xl/styles.xml": '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>' },
  ),
  xlsx(
    "a format made to backtrack",
    sheet(row(1, '<c r="A1" s="0"><v>1</v></c>')),
    { reads: /1/ },
    {
      "xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="${"[".repeat(50_000)}${"&quot;".repeat(50_001)}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>`,
    },
  ),
  {
    what: "macro sheets of Excel 4",
    name: "a.xlsm",
    bytes: () => makeXlsx({ S: sheet(row(1, text("A1", "kept"))) }, { "xl/macrosheets/sheet1.xml": "<x/>" }),
    reads: /kept/,
    missing: /macros/,
  },
  {
    what: "a workbook with a sheet 300 times",
    name: "a.xlsx",
    bytes: () =>
      makeXlsx(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`S${i}`, sheet(row(1, text("A1", "kept")))]))),
    reads: /kept/,
    missing: /200 of 300 sheets/,
  },
  {
    what: "rows repeated a billion times",
    name: "a.ods",
    bytes: () =>
      makeOpenDocument(
        "spreadsheet",
        '<table:table table:name="S"><table:table-row table:number-rows-repeated="1000000000"><table:table-cell table:number-columns-repeated="1000000000"><text:p>kept</text:p></table:table-cell></table:table-row></table:table>',
      ),
    reads: /kept/,
    missing: /columns/,
  },
];
