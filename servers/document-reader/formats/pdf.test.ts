import { describe, expect, it } from "vitest";
import { documentText } from "../../../schemas/index.ts";
import { mulberry32 } from "../../kit/mulberry.ts";
import { passagesOf } from "../../knowledge/passages.ts";
import { typeset, type Piece } from "../testing/typeset.ts";
import { parsePdf } from "./pdf.ts";
import { Hyphens } from "./pdf/hyphens.ts";

const WORDS =
  "randomised patients cardiomyopathy received sacubitril valsartan hyperkalaemia while renal function was monitored in both groups and mortality decreased significantly over twelve weeks".split(
    " ",
  );

/** Numbered paragraphs that a reader can tell apart, in chapters and sections. */
function book(chapters: number, random: () => number): { pieces: Piece[]; paragraphs: string[] } {
  const paragraphs: string[] = [];
  const words = (n: number) => Array.from({ length: n }, () => WORDS[Math.floor(random() * WORDS.length)]!).join(" ");
  const pieces = Array.from({ length: chapters }, (_, c): Piece[] => [
    { kind: "heading", level: 1, text: `${c + 1} Chapter on topic ${c + 1}` },
    ...[1, 2].flatMap((s): Piece[] => [
      { kind: "heading", level: 2, text: `${c + 1}.${s} Findings of part ${s}` },
      ...Array.from({ length: 3 }, (): Piece => {
        const text = `Paragraph ${paragraphs.length} says: ${words(40 + Math.floor(random() * 60))}.`;
        paragraphs.push(text);
        return { kind: "paragraph", text };
      }),
    ]),
  ]).flat();
  return { pieces, paragraphs };
}

const read = async (pieces: Piece[], layout: Parameters<typeof typeset>[1]) => {
  const { bytes, pages } = typeset(pieces, layout);
  const parsed = await parsePdf(bytes);
  return { ...parsed, pages, text: parsed.sections.map(({ label, text }) => `${label}\n${text}`).join("\n\n") };
};

describe("a printed book", () => {
  it.each([
    ["in one column", { columns: 1 as const }],
    ["in two columns", { columns: 2 as const }],
    ["with broken words", { columns: 2 as const, hyphens: true }],
    ["with its own table of contents", { columns: 1 as const, bookmarks: true }],
  ])("%s is read in order, without its running lines, with its headings and pages", async (_, form) => {
    const { pieces, paragraphs } = book(6, mulberry32(7));
    const layout = { title: "A guideline on heart failure", running: "Guideline 2025", ...form };
    const { title, sections, text, pages } = await read(pieces, layout);
    expect(title).toBe("A guideline on heart failure");
    expect(text.match(/Paragraph \d+ says: [^.]*\./g)).toEqual(paragraphs);
    expect(text).not.toContain("Guideline 2025");
    expect(sections.map(({ label, level }) => `${level} ${label}`).slice(0, 3)).toEqual([
      "1 1 Chapter on topic 1",
      "2 1.1 Findings of part 1",
      "2 1.2 Findings of part 2",
    ]);
    expect(pages).toBeGreaterThan(3);
    const last = passagesOf({ id: "FILE:x", title: title!, sections }).at(-1)!;
    expect(last.page).toBe(pages);
  });

  it("says of each passage on which page it begins", async () => {
    const { pieces } = book(5, mulberry32(3));
    const marked = pieces.map((piece, i): Piece =>
      piece.kind === "paragraph" ? { ...piece, text: `Mark ${i} stands here.` } : piece,
    );
    const filled = marked.flatMap((piece): Piece[] => [
      piece,
      ...Array.from({ length: 4 }, (): Piece => ({
        kind: "paragraph",
        text: "Filling text of a line or two that takes room on the page and nothing else, once more.",
      })),
    ]);
    const { bytes } = typeset(filled, { title: "Where marks stand", columns: 1, running: "Head" });
    const parsed = await parsePdf(bytes);
    const document = { id: "FILE:x", title: parsed.title!, sections: parsed.sections };
    const raw = await (await import("unpdf")).extractText(bytes, { mergePages: false });
    const passages = passagesOf(document, { maxLength: 30 });
    expect(passages.every((p) => documentText(document).slice(p.start, p.end) === p.text)).toBe(true);
    const marks = passages.filter(({ text }) => text.includes("Mark"));
    expect(marks.length).toBeGreaterThan(20);
    for (const { text, page } of marks) expect(raw.text[page! - 1]).toContain(/Mark \d+ stands/.exec(text)![0]);
  });

  it("gives tables row by row, and footnotes apart from the text that they interrupt", async () => {
    const rows = [
      ["Drug", "Dose", "Interval"],
      ["Valsartan", "80 mg", "12 h"],
      ["Sotalol", "160 mg", "24 h"],
    ];
    const { sections } = await read(
      [
        { kind: "paragraph", text: "Doses by drug are given in the table. ".repeat(6) },
        { kind: "table", rows },
        { kind: "note", text: "1 By weight where this is known." },
        { kind: "paragraph", text: "What follows the table. ".repeat(8) },
      ],
      { title: "Doses", columns: 1 },
    );
    expect(sections[0]!.text).toContain("Drug | Dose | Interval\nValsartan | 80 mg | 12 h\nSotalol | 160 mg | 24 h");
    expect(sections.at(-1)).toMatchObject({ label: "Footnotes", text: "1 By weight where this is known.", page: 1 });
  });
});

const mend = (text: string, ...elsewhere: string[]) => new Hyphens([text, ...elsewhere]).mend(text);

describe("words that the end of a line has broken", () => {
  it.each([
    ["a dilated cardio-\u2060myopathy", [], "a dilated cardiomyopathy"],
    ["a placebo-\u2060controlled trial", [], "a placebo-controlled trial"],
    ["an angio-\u2060tensin blocker", ["the angio-tensin, as it was written"], "an angio-tensin blocker"],
    ["a heart-\u2060failure clinic", ["the heart and its failure"], "a heart-failure clinic"],
    ["a heart-\u2060failure clinic", ["one heartfailure"], "a heartfailure clinic"],
    ["non-\u2060invasive", [], "noninvasive"],
    ["non-\u2060invasive", ["it is non-invasive"], "non-invasive"],
  ])("in %j beside %j", (text, elsewhere, whole) => expect(mend(text, ...elsewhere)).toBe(whole));
});
