import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blocksOf } from "./blocks.ts";
import type { Chunk, PrintedPage } from "./chunks.ts";
import { regionsOf } from "./columns.ts";
import { withoutFurniture } from "./furniture.ts";
import { linesOf } from "./lines.ts";
import { printOf } from "./print.ts";
import { sectionsOf } from "./sections.ts";
import { tableAt } from "./tables.ts";

/** Letters are half as wide as high; `at` is the left edge. */
const chunk = (text: string, at: number, y: number, size = 10): Chunk => ({
  text,
  x0: at,
  x1: at + text.length * size * 0.5,
  y,
  size,
  font: "f",
});
const tableOf = (chunks: Chunk[]) => tableAt(linesOf(chunks), 0)?.rows;

const line = (y: number, a: string, b: string) => [
  chunk(a, 0, y),
  { ...chunk(b, 0, y), x0: 200 - b.length * 5, x1: 200 },
];

const prose = (name: string, x: number, from: number, n: number) =>
  Array.from({ length: n }, (_, i) => chunk(`${name}${i} some words that fill the column well`, x, from + 12 * i));

const order = (chunks: Chunk[]) =>
  regionsOf(chunks.toSorted((a, b) => a.y - b.y || a.x0 - b.x0)).map((region) =>
    linesOf(region)
      .map(({ text }) => text.split(" ", 1)[0])
      .join(" "),
  );

describe("a table", () => {
  it("is told by the blank strips between its columns", () => {
    expect(
      tableOf([chunk("Drug", 0, 0), chunk("Dose", 100, 0), chunk("Sotalol", 0, 14), chunk("80 mg", 100, 14)]),
    ).toEqual(["Drug | Dose", "Sotalol | 80 mg"]);
  });

  it("has cells of several lines, in the middle of which the others stand", () => {
    const rows = [
      chunk("Drug", 0, 0),
      chunk("Remarks", 120, 0),
      chunk("never with an ACE", 100, 24),
      chunk("Sacubitril", 0, 30),
      chunk("inhibitor", 100, 36),
      chunk("Bisoprolol", 0, 60),
      chunk("slowly", 100, 60),
    ];
    expect(tableOf(rows)).toEqual([
      "Drug | Remarks",
      "Sacubitril | never with an ACE inhibitor",
      "Bisoprolol | slowly",
    ]);
  });

  it("parts a narrow gap where the rows around leave it blank", () => {
    const whole: Chunk = {
      ...chunk("10 mg once daily", 60, 14),
      pieces: [chunk("10 mg once", 60, 14), { ...chunk("daily", 0, 14), x0: 114, x1: 140 }],
    };
    const rows = [
      chunk("Dose", 60, 0),
      chunk("How", 115, 0),
      whole,
      chunk("Drug", 0, 0),
      chunk("Sotalol", 0, 14),
      chunk("5 mg", 60, 28),
      chunk("Never", 115, 28),
    ];
    expect(tableOf([...rows, chunk("Digoxin", 0, 28)])).toEqual([
      "Drug | Dose | How",
      "Sotalol | 10 mg once | daily",
      "Digoxin | 5 mg | Never",
    ]);
  });

  it.each([
    ["•", "•"],
    ["1.", "2."],
    ["[1]", "[2]"],
    ["1", "1.1"],
  ])("is not a list or headings whose marks %j, %j stand apart", (a, b) => {
    const items = [chunk(a, 0, 0), chunk("First item", 40, 0), chunk(b, 0, 14), chunk("Second item", 40, 14)];
    expect(tableOf([...items, chunk(a, 0, 28), chunk("Third item", 40, 28)])).toBeUndefined();
  });

  it("is not prose that is stretched to the edges of its column", () => {
    expect(
      tableOf([
        ...line(0, "in which", "abnormalities"),
        ...line(12, "were then", "characterised"),
        ...line(24, "and often", "monitored"),
      ]),
    ).toBeUndefined();
  });
});

const column = (name: string, x: number) =>
  Array.from({ length: 12 }, (_, i) =>
    chunk(i % 2 === 0 ? `${name}${i} some words that fill the column very well` : `${name}${i} end.`, x, 12 * i),
  );
const names = (name: string) => Array.from({ length: 12 }, (_, i) => `${name}${i}`).join(" ");

describe("the order of reading", () => {
  it("is column by column where every second line is the short end of a paragraph", () => {
    expect(order([...column("a", 0), ...column("b", 280)])).toEqual([names("a"), names("b")]);
  });

  it("is column by column, below what runs across", () => {
    const title = chunk("Title that runs across both of the columns of this page, as titles do, to its very end", 0, 0);
    expect(order([title, ...prose("a", 0, 20, 4), ...prose("b", 220, 20, 4)])).toEqual([
      "Title",
      "a0 a1 a2 a3",
      "b0 b1 b2 b3",
    ]);
  });

  it("leaves a table below the columns whole", () => {
    const table = [chunk("Drug", 0, 110), chunk("Dose", 220, 110), chunk("Sotalol", 0, 130), chunk("80", 220, 130)];
    expect(order([...prose("a", 0, 0, 6), ...prose("b", 220, 0, 6), ...table])).toEqual([
      "a0 a1 a2 a3 a4 a5",
      "b0 b1 b2 b3 b4 b5",
      "Drug Sotalol",
    ]);
  });
});

const page = (n: number, head: string): PrintedPage => ({
  page: n,
  width: 600,
  height: 800,
  chunks: [chunk(head, 60, 30), chunk(`Text of page ${n}`, 60, 300), chunk(`${n + 32}`, 300, 780)],
});

describe("running lines", () => {
  it("go where left and right pages have their own, with the pages' numbers", () => {
    const pages = [1, 2, 3, 4].map((n) => page(n, n % 2 ? "J. Example Med." : "Keller et al."));
    expect(withoutFurniture(pages).flatMap(({ chunks }) => chunks.map(({ text }) => text))).toEqual(
      [1, 2, 3, 4].map((n) => `Text of page ${n}`),
    );
  });

  it("are not captions", () => {
    const pages = [1, 2, 3].map((n) => page(n, `Table ${n}`));
    expect(withoutFurniture(pages)[2]!.chunks.map(({ text }) => text)).toContain("Table 3");
  });
});

const letters = (texts: string[]) =>
  texts
    .join("")
    .replace(/[^a-z0-9]/gi, "")
    .split("")
    .toSorted()
    .join("");

describe("any page at all", () => {
  const anyChunk = fc
    .record({
      text: fc.constantFrom("a", "1.", "• ", "Word word", "Table 1", "x-", "[1]", "80 mg", "The end."),
      x0: fc.integer({ min: -50, max: 700 }),
      width: fc.integer({ min: 0, max: 500 }),
      y: fc.integer({ min: -20, max: 900 }),
      size: fc.constantFrom(0, 6, 8, 10, 10, 12, 20),
      font: fc.constantFrom("f", "g"),
    })
    .map(({ width, ...rest }): Chunk => ({ ...rest, x1: rest.x0 + width }));
  it("loses no letter, and its pages begin in order", () => {
    const anyPages = fc.array(fc.array(anyChunk, { minLength: 1, maxLength: 60 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(anyPages, (pages) => {
        const printed = pages.map((chunks, i): PrintedPage => ({ page: i + 1, width: 600, height: 800, chunks }));
        const print = printOf(printed.flatMap(({ chunks }) => linesOf(chunks)));
        const sections = sectionsOf(
          printed.flatMap((p) => blocksOf(p, print)),
          undefined,
        );
        const made = /^(?:Page \d+|Footnotes)$/;
        const shown = sections.flatMap(({ label, text }) => [made.test(label) ? "" : label, text]);
        expect(letters(shown)).toBe(letters(pages.flat().map(({ text }) => text)));
        for (const { text, pageBreaks = [] } of sections) {
          expect(pageBreaks).toEqual(pageBreaks.toSorted((a, b) => a - b));
          expect(pageBreaks.every((at) => at <= text.length)).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});
