/** Whatever the format: each quote that the reader returns stands in the stored text, letter by letter, at its offsets. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentText, type Passage } from "../../schemas/index.ts";
import { DocumentStore } from "../knowledge/documents.ts";
import { DocumentReader } from "./reader.ts";
import { makeDocx, makeOpenDocument, makePptx, makeXlsx, paragraph, shape } from "./testing/office.ts";
import { typeset } from "./testing/typeset.ts";
import { zipOf } from "./testing/zip.ts";

const { signal } = new AbortController();

const xml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const ascii = (text: string) => text.replace(/[^ -~]/g, "?");

/** The same paragraphs in every format that the reader takes from files. */
const FORMATS: Record<string, (lines: string[]) => string | Uint8Array> = {
  "a.txt": (lines) => lines.join("\n\n"),
  "a.md": (lines) => `# Title\n\n${lines.map((line, i) => `## Part ${i}\n\n${line}`).join("\n\n")}`,
  "a.html": (lines) =>
    `<html><body><h1>Title</h1>${lines.map((line) => `<h2>Part</h2><p>${xml(line)}</p>`).join("")}</body></html>`,
  "a.json": (lines) => JSON.stringify({ title: "Title", lines }),
  "a.jsonl": (lines) => lines.map((line) => JSON.stringify({ line })).join("\n"),
  "a.csv": (lines) => `n,text\n${lines.map((line, i) => `${i},"${line.replaceAll('"', '""')}"`).join("\n")}`,
  "a.xml": (lines) =>
    `<?xml version="1.0"?><doc><title>Title</title>${lines.map((line) => `<p>${xml(line)}</p>`).join("")}</doc>`,
  "a.jats.xml": (lines) =>
    `<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.2 20190208//EN" "JATS-archivearticle1.dtd"><article><front><article-meta><title-group><article-title>Title</article-title></title-group></article-meta></front><body>${lines.map((line) => `<sec><title>Part</title><p>${xml(line)}</p></sec>`).join("")}</body></article>`,
  "a.rtf": (lines) => `{\\rtf1\\ansi ${lines.map((line) => ascii(line).replace(/[\\{}]/g, "\\$&")).join("\\par ")}}`,
  "a.py": (lines) => lines.map((line) => `# ${line}`).join("\n"),
  "a.docx": (lines) => makeDocx(lines.map((line) => paragraph("Part", "Heading1") + paragraph(xml(line))).join("")),
  "a.pptx": (lines) => makePptx(lines.map((line) => shape("Title", "title") + shape(xml(line)))),
  "a.xlsx": (lines) =>
    makeXlsx({
      One: `<sheetData>${lines.map((line, i) => `<row r="${i + 1}"><c r="A${i + 1}" t="inlineStr"><is><t>${xml(line)}</t></is></c></row>`).join("")}</sheetData>`,
    }),
  "a.odt": (lines) => makeOpenDocument("text", lines.map((line) => `<text:p>${xml(line)}</text:p>`).join("")),
  "a.zip": (lines) => zipOf(Object.fromEntries(lines.map((line, i) => [`part-${i}.txt`, line]))),
  "a.pdf": (lines) =>
    typeset(
      lines.map((line) => ({ kind: "paragraph", text: ascii(line) })),
      { title: "Title", columns: 2, hyphens: true, running: "Head" },
    ).bytes,
};

let home: string;
let reader: DocumentReader;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "quotes-"));
  process.env["MEDRESEARCHER_HOME"] = home;
  process.env["MEDRESEARCHER_READ_DIRS"] = home;
  reader = new DocumentReader({ knowledge: "none" });
});
afterAll(() => {
  reader.close();
  delete process.env["MEDRESEARCHER_HOME"];
  delete process.env["MEDRESEARCHER_READ_DIRS"];
  rmSync(home, { recursive: true });
});

const word = fc.constantFrom(
  ..."dose cardiomyopathy Ménière’s β-blocker 97 mg/103 “final” ≥2.5 10⁹/L e.g. naïve — sotalol 𝛼-helix ﬁrst torsade (n=12); a&b <0.05 心不全 renal".split(
    " ",
  ),
);
const lines = fc.array(
  fc.array(word, { minLength: 1, maxLength: 40 }).map((words) => `${words.join(" ")}.`),
  { minLength: 1, maxLength: 12 },
);

function textOf(id: string): string {
  const store = new DocumentStore(join(home, "reader.db"), { readOnly: true });
  const document = store.get(id)!;
  store.close();
  return documentText(document);
}

function expectVerbatim(text: string, quotes: readonly { start: number; end: number; text: string }[]): void {
  for (const { start, end, text: quoted } of quotes) expect(text.slice(start, end)).toBe(quoted);
}

async function readAll(source: string): Promise<Passage[]> {
  const passages: Passage[] = [];
  let cursor: string | undefined;
  do {
    const result = await reader.read({ source, cursor }, signal);
    passages.push(...result.passages!);
    cursor = result.nextCursor;
  } while (cursor);
  return passages;
}

describe("quotes stand verbatim at their offsets", () => {
  it.each(Object.entries(FORMATS))("in %s", async (name, write) => {
    await fc.assert(
      fc.asyncProperty(lines, fc.nat(), async (paragraphs, pick) => {
        const source = join(home, name);
        writeFileSync(source, write(paragraphs));
        const all = await readAll(source);
        const text = textOf(all[0]!.document);
        expectVerbatim(text, all);

        const words = all[pick % all.length]!.text.split(/\s+/).slice(0, 6).join(" ");
        const towards = await reader.read({ source, goal: `sotalol renal dose ${words.slice(0, 60)}` }, signal);
        expectVerbatim(text, towards.passages!);
        const homes = new Map(towards.passages!.map((p) => [p.id, p.text]));
        for (const { passage, quote } of towards.synthesis?.evidence ?? []) expect(homes.get(passage)).toContain(quote);

        const exact = await reader.find({ document: source, query: words.slice(0, 200) || "x" }, signal);
        const wrong = await reader.find({ document: source, query: `${words.slice(0, 100)}z` }, signal);
        for (const { passages, matches } of [exact, wrong]) expectVerbatim(text, [...passages!, ...(matches ?? [])]);
      }),
      { numRuns: 6 },
    );
  });
});
