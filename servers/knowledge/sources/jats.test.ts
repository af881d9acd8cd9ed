/** Files of articles as users import them: one or many in each, whole or broken, and articles of any shape. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { Document, KnowledgeRecord } from "../../../schemas/index.ts";
import { jats, parseJats } from "./jats.ts";
import { article } from "./testing/jats-article.ts";

const folder = mkdtempSync(join(tmpdir(), "jats-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function imported(content: string | Uint8Array, name = "file.xml") {
  const path = join(folder, name);
  writeFileSync(path, content);
  const [documents, problems]: [Document[], string[]] = [[], []];
  for await (const records of jats.read(path, { problem: (p) => problems.push(p.reason), about: () => {} })) {
    for (const record of [records].flat()) {
      KnowledgeRecord.parse(record);
      if ("document" in record && typeof record.document === "object") documents.push(record.document);
    }
  }
  return { ids: documents.map((d) => d.id), problems };
}

const numbered = (n: number, body?: string) =>
  article(body, { ids: `<article-id pub-id-type="pmcid">PMC${n}</article-id>` });
const set = (...articles: string[]) =>
  `<?xml version="1.0"?><!DOCTYPE pmc-articleset PUBLIC "x" "y"><pmc-articleset>${articles.join("\n")}</pmc-articleset>`;

describe("files", () => {
  it("of many articles give each; one that is broken is told with its place, one without a text too", async () => {
    const broken = numbered(2, "<p>x</b>");
    const content = set(numbered(1, "<p>x</p>"), broken, numbered(3), numbered(4, "<p>x</p>"));
    const place = content.indexOf(broken);
    const { ids, problems } = await imported(gzipSync(content), "set.xml.gz");
    expect(ids).toEqual(["PMC:PMC1", "PMC:PMC3", "PMC:PMC4"]);
    expect(problems).toEqual([
      `byte ${place}: PMC:PMC2: </b> closes <p>`,
      expect.stringMatching(/^byte \d+: PMC:PMC3 has no full text \(no body\); stored without it$/),
    ]);
  });

  it("that are torn give what was whole", async () => {
    const content = set(numbered(1, "<p>x</p>"), numbered(2, "<p>x</p>"));
    const torn = await imported(content.slice(0, -60));
    expect([torn.ids, torn.problems]).toEqual([
      ["PMC:PMC1"],
      [expect.stringContaining("not closed; download it again")],
    ]);
    const between = await imported(content.slice(0, -"</pmc-articleset>".length));
    expect([between.ids.length, between.problems]).toEqual([2, [expect.stringContaining("ends in the middle")]]);
    const big = set(...Array.from({ length: 4000 }, (_, i) => numbered(i, `<p>${Math.sin(i)}</p>`)));
    const packed = await imported(gzipSync(big).subarray(0, -5000), "torn.xml.gz");
    expect(packed.ids.length).toBeGreaterThan(100);
    expect(packed.problems).toEqual([expect.stringContaining("the gzip file is cut off; download it again")]);
  });

  it.each([
    ["<!DOCTYPE html><html><body>Sorry</body></html>", "is no JATS XML (it begins with"],
    ["", "is empty; download it again"],
    ['<!DOCTYPE article [<!ENTITY a "b">]><article></article>', "declares entities of its own"],
    ['<?xml version="1.0" encoding="ISO-8859-1"?><article></article>', "is in ISO-8859-1, not in UTF-8"],
  ])("that are none are refused: %s", async (content, message) => {
    await expect(imported(content)).rejects.toThrow(message);
    await expect(imported(content)).rejects.toThrow("file.xml: ");
  });
});

function failureOf(work: () => unknown): Error | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

describe("wild articles", () => {
  const tag = fc.constantFrom(
    ..."p sec title list list-item table-wrap table tr td fig caption label sup sub xref inline-formula mml:math mml:mfrac boxed-text def-list fn alternatives disp-formula ref-list".split(
      " ",
    ),
  );
  const { node } = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 6 },
      fc.string({ maxLength: 8 }).map((s) => s.replaceAll(/[<&>]/g, "·")),
      fc
        .tuple(tag, fc.array(tie("node"), { maxLength: 4 }))
        .map(([name, inner]) => `<${name} rowspan="3" ref-type="bibr">${inner.join("")}</${name}>`),
    ),
  }));

  it("of any shape give a sound document that no word of a paragraph is lost from", () => {
    fc.assert(
      fc.property(fc.array(node, { maxLength: 6 }), (nodes) => {
        const document = Document.parse(parseJats(article(`${nodes.join("")}<p>last words</p>`)));
        expect(document.sections.map((s) => s.text).join("\n")).toContain("last words");
      }),
      { numRuns: 300 },
    );
  });

  it("cut or changed anywhere give a document or one error, never anything else", () => {
    const sound = set(
      article(
        '<sec><title>A</title><p>b<sup>2</sup> &amp; <xref ref-type="bibr">1</xref></p><table-wrap><table><tr><td>1</td></tr></table></table-wrap></sec>',
      ),
    );
    fc.assert(
      fc.property(fc.nat(sound.length), fc.nat(30), fc.string({ maxLength: 5 }), (at, length, put) => {
        const wild = sound.slice(0, at) + put + sound.slice(at + length);
        expect([undefined, Error]).toContain(failureOf(() => Document.parse(parseJats(wild)))?.constructor);
      }),
      { numRuns: 1000 },
    );
  });

  it("as deep as they like end in an error, not in a crash", () => {
    expect(() => parseJats(article(`${"<p>".repeat(100_000)}${"</p>".repeat(100_000)}`))).toThrow("deep");
  });
});
