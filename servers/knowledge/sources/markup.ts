/** What prose in XML has in common, whoever's it is: tables, lines. No number may move to another row or grow. */
import { children, type XmlElement } from "./xml.ts";

export type Node = XmlElement | string;

/** A row a line, cells with ` | ` between; a cell over several rows is said in each of them, so that each can be read alone. */
export function tableLines(table: XmlElement, textOfCell: (cell: XmlElement) => string): string[] {
  const lines: string[] = [];
  const parts = ["thead", "tbody", "tfoot"].flatMap((part) => children(table, part));
  for (const part of [...parts, table]) lines.push(...rowLines(children(part, "tr"), textOfCell));
  return lines;
}

/** @param rows of one part of a table: no cell reaches beyond it, whatever it claims */
function rowLines(rows: readonly XmlElement[], textOfCell: (cell: XmlElement) => string): string[] {
  const lines: string[] = [];
  const reaching: { text: string; rows: number }[] = [];
  for (const row of rows) {
    const cells: string[] = [];
    const carry = () => {
      for (let above = reaching[cells.length]; above && above.rows > 0; above = reaching[cells.length]) {
        above.rows--;
        cells.push(above.text);
      }
    };
    for (const cell of row.children) {
      if (typeof cell === "string" || (cell.name !== "td" && cell.name !== "th")) continue;
      carry();
      const text = textOfCell(cell).replaceAll(/\s*\n\s*/g, "; ");
      const down = spanOf(cell, "rowspan") - 1;
      for (let i = 0; i < spanOf(cell, "colspan"); i++) {
        if (down > 0) reaching[cells.length] = { text: i === 0 ? text : "", rows: down };
        cells.push(i === 0 ? text : "");
      }
    }
    carry();
    if (cells.some(Boolean)) lines.push(cells.join(" | ").trim());
  }
  return lines;
}

function spanOf(cell: XmlElement, name: string): number {
  const span = Number(cell.attributes[name] ?? 1);
  return Number.isInteger(span) && span >= 1 && span <= 200 ? span : 1;
}

/** Single blanks, no empty lines, no blanks around a line. */
export function tidy(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replaceAll(/[^\S\n]+/g, " ").trim())
    .filter(Boolean)
    .join("\n");
}

interface Lines {
  isBlock: (element: XmlElement) => boolean;
  /** What stands between blocks, as one line. */
  inline: (nodes: readonly Node[]) => string;
  block: (element: XmlElement) => string;
}

/** Blocks on lines of their own; what stands between them is a block too. */
export function inLines(nodes: readonly Node[], { isBlock, inline, block }: Lines): string {
  const lines: string[] = [];
  let between: Node[] = [];
  const flush = () => {
    lines.push(tidy(inline(between)));
    between = [];
  };
  for (const node of nodes) {
    if (typeof node === "string" || !isBlock(node)) {
      between.push(node);
      continue;
    }
    flush();
    lines.push(block(node));
  }
  flush();
  return lines.filter(Boolean).join("\n");
}
