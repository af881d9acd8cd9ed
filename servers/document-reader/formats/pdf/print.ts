/** How a document is printed: the letters of its body, and by which signs a line is a heading. */
import type { Line } from "./lines.ts";

export interface Print {
  /** Letter size and font of most of the text. */
  size: number;
  font: string;
  /** Sizes of headings, largest first. */
  sizes: number[];
}

/** So much larger than the body, or in another font at its size. */
const LARGER = 1.12;
const MAX_HEADING = 160;
const MAX_LEVELS = 6;

export function printOf(lines: readonly Line[]): Print {
  const letters = new Map<string, number>();
  for (const { size, font, text } of lines) {
    const key = `${round(size)} ${font}`;
    letters.set(key, (letters.get(key) ?? 0) + text.length);
  }
  const [most] = [...letters].reduce<[string, number]>((a, b) => (b[1] > a[1] ? b : a), ["0 ", -1]);
  const size = Number(most.slice(0, most.indexOf(" ")));
  const larger = lines.filter((line) => isLarger(line, size)).map((line) => round(line.size));
  const sizes = [...new Set(larger)].toSorted((a, b) => b - a).slice(0, MAX_LEVELS);
  return { size, font: most.slice(most.indexOf(" ") + 1), sizes };
}

/** 1 for the largest headings, the last for those that only another font sets apart; undefined for text. */
export function headingLevel(line: Line, print: Print, apart: boolean): number | undefined {
  const { text } = line;
  if (text.length > MAX_HEADING || !/\p{L}{2}/u.test(text) || /[,;]$|^[^\d].*\.$/.test(text)) return undefined;
  if (isLarger(line, print.size)) {
    const level = print.sizes.findIndex((size) => round(line.size) >= size);
    return level < 0 ? print.sizes.length : level + 1;
  }
  const standsOut = line.font !== print.font && round(line.size) >= print.size;
  return apart && standsOut && text.length <= 100 && isTitled(text) ? print.sizes.length + 1 : undefined;
}

/** "3.2 Results", "Methods": begins with a number or a capital, and is no sentence. */
function isTitled(text: string): boolean {
  const isNumbered = /^\d+(?:\.\d+)*\.?\s+\p{Lu}/u.test(text);
  // Names of authors stand apart, too, with commas between.
  return (isNumbered || (/^\p{Lu}/u.test(text) && !text.includes(","))) && text.split(" ").length <= 14;
}

function isLarger(line: Line, body: number): boolean {
  return line.size >= LARGER * body && line.text.length <= MAX_HEADING;
}

export function round(size: number): number {
  return Math.round(size * 2) / 2;
}
