import { describe, expect, it } from "vitest";
import { makePdf } from "../../testing/pdf.ts";
import { parsePdf } from "../pdf.ts";

const textOf = async (bytes: Uint8Array) => (await parsePdf(bytes)).sections.map(({ text }) => text).join("\n");
const widget = (rest: string) => `<< /Type /Annot /Subtype /Widget /Rect [150 750 400 765] ${rest} >>`;

describe("a page that was filled in", () => {
  it.each([
    ["a field", widget("/FT /Tx /T (weight) /V (82 kg)"), "82 kg"],
    ["a choice", widget("/FT /Ch /T (arm) /V (placebo) /Opt [(placebo) (drug)]"), "placebo"],
    [
      "a box of text",
      `<< /Type /Annot /Subtype /FreeText /Rect [100 700 300 720] /Contents (seen by the monitor) /DA (/F1 12 Tf) >>`,
      "seen by the monitor",
    ],
  ])("says what stands in %s", async (_, annotation, words) => {
    const read = await textOf(makePdf(["Questionnaire of the ward\nWeight"], { annotations: [annotation] }));
    expect(read).toContain("Questionnaire of the ward");
    expect(read).toContain(words);
  });

  it("keeps to itself what is hidden, a password, and fields that are empty", async () => {
    const annotations = [
      widget("/FT /Tx /T (a) /V (hidden words) /F 2"),
      widget("/FT /Tx /T (b) /V (a password) /Ff 8192"),
      widget("/FT /Tx /T (c)"),
    ];
    expect(await textOf(makePdf(["Questionnaire of the ward"], { annotations }))).toBe("Questionnaire of the ward");
  });
});

describe("a page that was scanned or bound upside down", () => {
  it.each([0, 90, 180, 270])("reads from its first line to its last: turned by %i degrees", async (rotate) => {
    const read = await textOf(makePdf(["First line of all.\nSecond line of all.\nThird line of all."], { rotate }));
    expect(read.replace(/\s+/g, " ")).toBe("First line of all. Second line of all. Third line of all.");
  });
});

const pages = (head: (n: number) => string) =>
  Array.from({ length: 6 }, (_, i) => `${head(i + 1)}\nText of its own on page number ${"abcdef"[i]}.`);

describe("what runs along the pages", () => {
  it.each([
    ["a header", () => "Journal of Tests 12"],
    ["a header with the page", (n: number) => `Journal of Tests 12 | ${n + 100}`],
    ["a header with the page of all", (n: number) => `Page ${n} of 6`],
  ])("is no text: %s", async (_, head) => {
    expect(await textOf(makePdf(pages(head)))).not.toMatch(/Journal|Page/);
  });

  it("is not a table that goes on, whose first rows differ in their numbers alone", async () => {
    const read = await textOf(makePdf(pages((n) => `Patient ${n * 7} had ${n * n} visits`)));
    for (const n of [1, 2, 3, 4, 5, 6]) expect(read).toContain(`Patient ${n * 7} had ${n * n} visits`);
  });

  it("is not the heading of a part that begins on a page of its own", async () => {
    const { sections } = await parsePdf(
      makePdf(
        pages((n) => `# Chapter ${n}`),
        { title: "The whole book" },
      ),
    );
    expect(sections.map(({ label }) => label)).toEqual([
      "Chapter 1",
      "Chapter 2",
      "Chapter 3",
      "Chapter 4",
      "Chapter 5",
      "Chapter 6",
    ]);
  });
});
