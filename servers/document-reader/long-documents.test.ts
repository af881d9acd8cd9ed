import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentText } from "../../schemas/index.ts";
import { openSite, type Site } from "../kit/testing/site.ts";
import { DocumentStore } from "../knowledge/documents.ts";
import { DocumentReader } from "./reader.ts";
import { typeset, type Piece } from "./testing/typeset.ts";

const { signal } = new AbortController();
let home: string;
let reader: DocumentReader;
let site: Site;
let pdf: string;
let body = "<h1>On sotalol</h1><p>Give 80 mg twice daily.</p><p>Watch the QT interval.</p>";

const book: Piece[] = ["Methods", "Results", "Discussion"].flatMap((name, c): Piece[] => [
  { kind: "heading", level: 1, text: name },
  ...[1, 2].flatMap((s): Piece[] => [
    { kind: "heading", level: 2, text: `${name} part ${s}` },
    ...Array.from({ length: 9 }, (_, i): Piece => ({
      kind: "paragraph",
      text: `${name} ${s}.${i} tells how cohort ${100 * c + 10 * s + i} fared with valsartan over many weeks of treatment. `
        .repeat(3)
        .trim(),
    })),
  ]),
]);

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "reader-long-"));
  pdf = join(home, "book.pdf");
  writeFileSync(pdf, typeset(book, { title: "A book on valsartan", columns: 1, running: "Valsartan" }).bytes);
  site = await openSite({ "/page": () => ({ body }) });
  process.env["MEDRESEARCHER_HOME"] = home;
  process.env["MEDRESEARCHER_READ_DIRS"] = home;
  process.env["MEDRESEARCHER_ALLOW_HOSTS"] = site.host;
  reader = new DocumentReader({ knowledge: "none" });
});
afterAll(async () => {
  reader.close();
  await site.close();
  for (const name of ["MEDRESEARCHER_HOME", "MEDRESEARCHER_READ_DIRS", "MEDRESEARCHER_ALLOW_HOSTS"])
    delete process.env[name];
  rmSync(home, { recursive: true });
});

const stored = (id: string) => {
  const store = new DocumentStore(join(home, "reader.db"));
  const document = store.get(id)!;
  store.close();
  return document;
};

/** As if the day of the stored copy were over. */
const age = (id: string) => {
  const store = new DocumentStore(join(home, "reader.db"));
  store.put([{ ...store.get(id)!, fetchedAt: "2020-01-01T00:00:00.000Z" }]);
  store.close();
};

describe("a long document", () => {
  it("shows its outline with depths and pages first", async () => {
    const { outline, pages, documents } = await reader.read({ source: pdf }, signal);
    expect(outline.map(({ label, level }) => `${level} ${label}`).slice(0, 3)).toEqual([
      "1 Methods",
      "2 Methods part 1",
      "2 Methods part 2",
    ]);
    expect(outline.map(({ page }) => page)).toEqual(outline.map(({ page }) => page).toSorted((a, b) => a! - b!));
    expect(pages).toBe(outline.at(-1)!.page! + Number(pages! > outline.at(-1)!.page!));
    expect(documents![0]).toMatchObject({
      title: "A book on valsartan",
      contentHash: expect.stringMatching(/^sha256:/),
    });
  });

  it("gives sections with what lies below their headings", async () => {
    const { passages } = await reader.read({ source: pdf, sections: ["results"] }, signal);
    const text = passages!.map((p) => p.text).join("\n");
    expect(text).toContain("Results 1.0");
    expect(text).not.toMatch(/Methods|Discussion/);
  });

  it("gives pages, cut to them", async () => {
    const { passages } = await reader.read({ source: pdf, pages: "2" }, signal);
    expect(new Set(passages!.map(({ page }) => page))).toEqual(new Set([2]));
    const text = documentText(stored(passages![0]!.document));
    for (const p of passages!) expect(text.slice(p.start, p.end)).toBe(p.text);
    const all = await reader.read({ source: pdf, pages: "1-99", goal: "cohort 112" }, signal);
    expect(all.passages![0]!.text).toContain("cohort 112");
  });

  it.each([
    [{ sections: ["Appendix"] }, /its sections|no section/],
    [{ pages: "77" }, /pages 1–/],
    [{ pages: "two" }, /names no pages/],
  ])("says what there is when %j is asked for", async (part, message) => {
    await expect(reader.read({ source: pdf, ...part }, signal)).rejects.toMatchObject({
      reason: "invalid_arguments",
      message: expect.stringMatching(message),
    });
  });

  it("is opened at a passage by its id", async () => {
    const { passages } = await reader.read({ source: pdf, goal: "cohort 212" }, signal);
    const { id, text, page } = passages![0]!;
    const again = await reader.read({ source: id }, signal);
    expect(again.passages).toMatchObject([{ id, text, page }]);
    await expect(reader.read({ source: id.replace(/#.*/, "#5-9999999") }, signal)).rejects.toMatchObject({
      reason: "invalid_arguments",
    });
  });

  it("tells where words stand, exactly or nearly, with their page", async () => {
    const found = await reader.find(
      { document: pdf, query: "Discussion 2.4 tells how cohort 224 fared", limit: 3 },
      signal,
    );
    expect(found.matches).toHaveLength(3);
    expect(found.matches![0]).toMatchObject({ match: "exact", page: expect.any(Number) });
    const nearly = await reader.find({ document: pdf, query: "Discusion 2.4 te1ls how cohort 224 farad" }, signal);
    const [first] = nearly.matches!;
    expect(first).toMatchObject({ match: "fuzzy", distance: 3, text: "Discussion 2.4 tells how cohort 224 fared" });
    expect(documentText(stored(nearly.document)).slice(first!.start, first!.end)).toBe(first!.text);
    expect(nearly.passages!.map(({ id }) => id)).toContain(first!.passage);
  });
});

describe("a page that changes", () => {
  it("keeps the text that was cited", async () => {
    const source = `${site.url}/page`;
    const before = (await reader.read({ source }, signal)).passages!.find(({ text }) => text.includes("80 mg"))!;
    age(before.document);
    body = "<h1>On sotalol</h1><p>Since May: give 40 mg twice daily.</p>";
    const now = await reader.read({ source }, signal);
    expect(now.document).toBe(before.document);
    expect(now.passages!.map(({ text }) => text).join(" ")).toContain("40 mg");

    const cited = await reader.read({ source: before.id }, signal);
    expect(cited.passages).toMatchObject([{ id: before.id, text: before.text }]);
    expect(cited.notes).toEqual([expect.stringContaining("as it was cited")]);
    const found = await reader.find({ document: before.id, query: "80 mg" }, signal);
    expect(found.matches).toMatchObject([{ text: "80 mg", match: "exact" }]);
    const newest = await reader.read({ source: now.passages!.at(-1)!.id }, signal);
    expect(newest.document).toBe(`URL:${source}`);
  });

  it("is not made up where a text was never read", async () => {
    await expect(
      reader.read({ source: `URL:${site.url}/page@sha256:0123456789abcdef#0-4` }, signal),
    ).rejects.toMatchObject({ reason: "not_found" });
  });

  it("does not show an older text of a file that may not be read any more", async () => {
    const path = join(home, "note.txt");
    writeFileSync(path, "The first words.");
    const { passages } = await reader.read({ source: path }, signal);
    writeFileSync(path, "Other words.");
    await reader.read({ source: path }, signal);
    const { id } = passages!.at(-1)!;
    expect((await reader.read({ source: id }, signal)).passages![0]!.text).toBe("The first words.");
    rmSync(path);
    expect((await reader.read({ source: id }, signal)).passages![0]!.text).toBe("The first words.");
    process.env["MEDRESEARCHER_READ_DIRS"] = "";
    await expect(reader.read({ source: id }, signal)).rejects.toMatchObject({ reason: "refused" });
    process.env["MEDRESEARCHER_READ_DIRS"] = home;
  });
});
