/** Excel workbooks: sheets as sections of lines, cells parted by `|`; values as they are shown, long sheets in parts. */
import type { Section } from "../../../../schemas/index.ts";
import type { Parsed } from "../index.ts";
import { noSuchTable, refuseEmpty, WHOLE_TABLE, windowOf } from "../table-part.ts";
import { cellNotes } from "./xlsx/cell-notes.ts";
import { sharedStrings } from "./xlsx/shared-strings.ts";
import { readSheet } from "./xlsx/sheet.ts";
import { cellStyles } from "./xlsx/styles.ts";
import type { OfficePackage } from "./package.ts";
import { leftOut, propertiesOf } from "./properties.ts";
import { MOST_TABLE_TEXT, RowTaker } from "./row-taker.ts";
import { rowParts } from "./rows.ts";

const MAX_SHEETS = 200;

interface SheetPart {
  name: string;
  path: string;
  isHidden: boolean;
}

/** @param part a sheet, or rows of one: `Doses, rows 20001-40000` @throws ToolError where there are none */
export async function parseXlsx(parts: OfficePackage, part?: string): Promise<Parsed> {
  const main = (await parts.mainPart()) ?? "xl/workbook.xml";
  const { sheets, is1904, more } = await sheetsOf(parts, main);
  const names = sheets.map(({ name }) => name);
  const windows = names.map((name, i) => (part === undefined ? WHOLE_TABLE : windowOf(part, name, i === 0)));
  if (part !== undefined && !windows.some(Boolean)) throw noSuchTable(part, names);
  const relations = await parts.relations(main);
  const pathOf = (type: string) => relations.find((relation) => relation.type === type && !relation.isExternal)?.target;
  const strings = await sharedStrings(parts, pathOf("sharedStrings") ?? "xl/sharedStrings.xml");
  const styles = await cellStyles(parts, pathOf("styles") ?? "xl/styles.xml");
  const sections: Section[] = [];
  const missing: string[] = more > 0 ? [`only the first ${MAX_SHEETS} of ${MAX_SHEETS + more} sheets were read`] : [];
  let left = MOST_TABLE_TEXT;
  for (const [i, { name, path, isHidden }] of sheets.entries()) {
    const window = windows[i];
    if (!window) continue;
    if (left <= 0) {
      missing.push(
        `sheet ${JSON.stringify(name)} and those after it were not read; for one of them put !/ and its name after the address or path`,
      );
      break;
    }
    const taker = new RowTaker(window, left);
    const sheet = await readSheet(parts, path, { name, taker }, { strings, styles, is1904 });
    if (part !== undefined) refuseEmpty(part, taker.rows.length, sheet.last);
    const label = isHidden ? `${name} (hidden)` : name;
    const notes = await cellNotes(parts, path);
    sections.push(
      ...rowParts(label, i + 1, taker.rows, taker.header),
      ...(notes ? [{ label: `${label}: notes`, text: notes, page: i + 1 }] : []),
    );
    left -= taker.length;
    missing.push(...sheet.missing.map((what) => `sheet ${JSON.stringify(name)}: ${what}`));
  }
  const outside = await leftOut(parts, main);
  const incomplete = [...missing, ...(outside ? [outside] : [])].join("; ");
  return { ...(await propertiesOf(parts)), sections, ...(incomplete ? { incomplete } : {}) };
}

async function sheetsOf(
  parts: OfficePackage,
  main: string,
): Promise<{ sheets: SheetPart[]; is1904: boolean; more: number }> {
  const targets = new Map((await parts.relations(main)).map(({ id, target }) => [id, target]));
  const sheets: SheetPart[] = [];
  let is1904 = false;
  let more = 0;
  await parts.read(main, {
    open(name, attributes) {
      if (name === "workbookPr") is1904 = /^(?:1|true)$/.test(attributes["date1904"] ?? "");
      if (name !== "sheet") return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1] ?? "";
      const path = targets.get(id);
      if (path === undefined || !parts.has(path)) return;
      if (sheets.length >= MAX_SHEETS) more += 1;
      else sheets.push({ name: attributes["name"] ?? "", path, isHidden: /hidden/i.test(attributes["state"] ?? "") });
    },
  });
  return { sheets, is1904, more };
}
