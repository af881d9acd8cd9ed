/** A data table as lines, one a row, cells parted by `|`; spanned cells are repeated down, so that each line reads alone. */
import { ELEMENT, TEXT, type DomElement, type DomNode } from "./dom.ts";
import { power } from "../../kit/raised.ts";
import { collapse } from "./html-text.ts";

const MAX_COLUMNS = 100;

/** False for tables that only lay out a page: those are walked as blocks. */
export function isDataTable(table: DomElement): boolean {
  if (/^(?:presentation|none)$/.test(table.getAttribute("role") ?? "")) return false;
  if (table.querySelector("h1, h2, h3, h4, article, section")) return false;
  const nested = table.querySelectorAll("table").filter((inner) => tableOf(inner.parentNode) === table);
  if (nested.reduce((sum, inner) => sum + lengthOf(inner), 0) > lengthOf(table) / 2) return false;
  return rowsOf(table).some((row) => cellsOf(row).length > 1);
}

export function tableLines(table: DomElement): string[] {
  const caption = table.querySelector("caption");
  const lines = caption ? [cellText(caption)] : [];
  /** Column → a cell from above that still reaches down: its text and for how many rows. */
  const reaching = new Map<number, { text: string; rows: number }>();
  for (const row of rowsOf(table)) {
    const cells: string[] = [];
    const own = cellsOf(row);
    while (own.length > 0 || reaching.has(cells.length)) {
      const column = cells.length;
      const above = reaching.get(column);
      if (above) {
        cells.push(above.text);
        if (--above.rows <= 0) reaching.delete(column);
        continue;
      }
      const cell = own.shift()!;
      const text = cellText(cell);
      const rows = spanOf(cell, "rowspan") - 1;
      const width = Math.min(spanOf(cell, "colspan"), MAX_COLUMNS);
      for (let i = 0; i < width; i++) {
        if (rows > 0) reaching.set(column + i, { text: i === 0 ? text : "", rows });
        cells.push(i === 0 ? text : "");
      }
      if (cells.length > MAX_COLUMNS) break;
    }
    const line = cells
      .join(" | ")
      .replace(/(?: \|)+\s*$/, "")
      .trim();
    if (line) lines.push(line);
  }
  return lines.filter(Boolean);
}

/** Rows of this table, not of tables in its cells. */
function rowsOf(table: DomElement): DomElement[] {
  return table.querySelectorAll("tr").filter((row) => tableOf(row) === table);
}

function tableOf(node: DomNode | null): DomNode | null {
  let at = node;
  while (at && !(at.nodeType === ELEMENT && /^TABLE$/i.test((at as DomElement).tagName))) at = at.parentNode;
  return at;
}

function lengthOf(node: DomNode): number {
  return (node.textContent ?? "").replace(/\s+/g, "").length;
}

function cellsOf(row: DomElement): DomElement[] {
  return [...row.children].filter((cell) => /^T[DH]$/i.test(cell.tagName));
}

function spanOf(cell: DomElement, name: string): number {
  const span = Number.parseInt(cell.getAttribute(name) ?? "1", 10);
  return span > 0 ? Math.min(span, 1000) : 1;
}

/** A cell in one line: paragraphs, list items, line breaks and rows of an inner table are parted by semicolons, inner cells by commas. */
function cellText(cell: DomElement): string {
  let text = "";
  let node: DomNode | null = cell.firstChild;
  while (node) {
    const tag = node.nodeType === ELEMENT ? (node as DomElement).tagName.toUpperCase() : "";
    if (node.nodeType === TEXT) text += (node.textContent ?? "").replace(/\s+/g, " ");
    else if (tag === "SUP") text += power(text, node.textContent ?? "");
    else if (/^(?:BR|P|DIV|LI|DT|DD|TR)$/.test(tag)) text += "\n";
    else if (/^T[DH]$/.test(tag) && node !== firstCell(node)) text += ", ";
    const skip = /^(?:SUP|SCRIPT|STYLE|TEMPLATE|NOSCRIPT)$/.test(tag);
    if (!skip && node.firstChild) {
      node = node.firstChild;
      continue;
    }
    while (node && node !== cell && !node.nextSibling) node = node.parentNode;
    node = !node || node === cell ? null : node.nextSibling;
  }
  return collapse(text)
    .replace(/\n+/g, "; ")
    .replace(/([:;,.])\s*; /g, "$1 ")
    .replaceAll("|", "¦");
}

/** The first cell of the row that a cell is in. */
function firstCell(cell: DomNode): DomNode | undefined {
  return cellsOf(cell.parentNode as DomElement)[0];
}
