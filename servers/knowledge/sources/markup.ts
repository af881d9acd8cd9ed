/** What prose in XML has in common, whoever's it is: tables, fractions, lines. No number may move to another row or grow. */
import { children, textOf, type XmlElement } from "./xml.ts";

export type Node = XmlElement | string;

/** A row a line, cells with ` | ` between; a cell over several rows is said in each of them, so that each can be read alone. */
export function tableLines(table: XmlElement, textOfCell: (cell: XmlElement) => string): string[] {
  const lines: string[] = [];
  const rows = ["thead", "tbody", "tfoot"].flatMap((part) => children(table, part).flatMap((p) => children(p, "tr")));
  const reaching: { text: string; rows: number }[] = [];
  for (const row of [...rows, ...children(table, "tr")]) {
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

/** `<sup>1</sup>/<sub>2</sub>`, three nodes from `at` on, is a half. */
export function fractionAt(nodes: readonly Node[], at: number): string | undefined {
  const [over, line, under] = [nodes[at], nodes[at + 1], nodes[at + 2]];
  if (typeof over !== "object" || over.name !== "sup" || typeof under !== "object" || under.name !== "sub")
    return undefined;
  if (typeof line !== "string" || !/^\s*[/⁄]\s*$/.test(line)) return undefined;
  const [numerator, denominator] = [textOf({ ...over, name: "" }), textOf(under)];
  return /^\d+$/.test(numerator) && /^\d+$/.test(denominator) ? `${numerator}/${denominator}` : undefined;
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
