/** Rows of a sheet or table as sections: long ones in parts, each beginning with the first row, so that it reads alone. */
import type { Section } from "../../../../schemas/index.ts";

const ROWS_A_PART = 500;

export interface Row {
  /** From 1, as the sheet counts. */
  number: number;
  cells: string[];
}

/** One line: cells parted by `|`, without empty ones at its end. */
export function rowLine(cells: readonly string[]): string {
  const words = cells.map((cell) => cell.replace(/\s+/g, " ").trim());
  return words.slice(0, words.findLastIndex(Boolean) + 1).join(" | ");
}

/** @param page number of the sheet @param above the first row of the table, where the rows begin later */
export function rowParts(label: string, page: number | undefined, rows: readonly Row[], above?: Row): Section[] {
  const at = page === undefined ? {} : { page };
  if (rows.length === 0) return [];
  if (rows.length <= ROWS_A_PART && !above)
    return [{ label, text: rows.map(({ cells }) => rowLine(cells)).join("\n"), ...at }];
  const sections: Section[] = [];
  const header = rowLine((above ?? rows[0]!).cells);
  for (let first = 0; first < rows.length; first += ROWS_A_PART) {
    const part = rows.slice(first, first + ROWS_A_PART);
    const lines = part.map(({ cells }) => rowLine(cells));
    const name = `rows ${part[0]!.number}–${part.at(-1)!.number}`;
    sections.push({
      label: label ? `${label}, ${name}` : name,
      text: (first > 0 || above ? [header, ...lines] : lines).join("\n"),
      ...at,
    });
  }
  return sections;
}
