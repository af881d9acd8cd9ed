import { describe, expect, it } from "vitest";
import { ToolError } from "../../kit/failure.ts";
import { makePdf } from "../testing/pdf.ts";
import { charsetOf, decodeText } from "./charset.ts";
import { parseDocument } from "./index.ts";
import { parseMarkdown } from "./plain.ts";
import { sniffFormat } from "./sniff.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));
const { signal } = new AbortController();
const read = (bytes: Uint8Array, contentType = "", name = "") => parseDocument({ bytes, contentType, name, signal });

describe("character sets", () => {
  it.each([
    ["UTF-8 that is declared as Latin-1", utf8("naïve café"), "iso-8859-1", "naïve café"],
    ["Latin-1 that is declared as UTF-8", latin1("naïve café"), "utf-8", "naïve café"],
    ["Latin-1 that is not declared", latin1("naïve café"), undefined, "naïve café"],
    ["windows-1252 quotes", Uint8Array.of(0x93, 0x61, 0x94), undefined, "“a”"],
    ["a set that does not exist", latin1("café"), "x-unknown", "café"],
    [
      "Russian that is not declared",
      Buffer.from("c1eeebfcedfbec20f120f1e5f0e4e5f7edeee920ede5e4eef1f2e0f2eef7edeef1f2fcfe", "hex"),
      undefined,
      "Больным с сердечной недостаточностью",
    ],
    [
      "UTF-8 that calls itself UTF-16",
      utf8('<?xml version="1.0" encoding="utf-16"?><a>naïve</a>'),
      undefined,
      '<?xml version="1.0" encoding="utf-16"?><a>naïve</a>',
    ],
    ["UTF-16 without a mark", Uint8Array.from(Buffer.from("dose of 97 mg", "utf16le")), undefined, "dose of 97 mg"],
    ["UTF-8 with a mark", utf8("\ufeffdose"), "iso-8859-1", "dose"],
    ["UTF-16 with a mark", Uint8Array.from([0xff, 0xfe, ...Buffer.from("dose", "utf16le")]), undefined, "dose"],
    [
      "Shift JIS in a meta tag",
      Uint8Array.from([...utf8('<meta charset="shift_jis">'), 0x96, 0xf2]),
      undefined,
      '<meta charset="shift_jis">薬',
    ],
  ])("decodes %s", (_, bytes, declared, text) => expect(decodeText(bytes, declared)).toBe(text));

  it("finds the set in a header", () => {
    expect(charsetOf('text/html; charset="utf-8"')).toBe("utf-8");
    expect(charsetOf("text/html")).toBeUndefined();
  });
});

describe("the kind of a document", () => {
  it.each([
    ["<!DOCTYPE html><p>x", "text/plain", "a.txt", "html"],
    ["<!-- c --> <html>", "application/octet-stream", "", "html"],
    ["%PDF-1.7 …", "text/html", "", "pdf"],
    ['{"a": 1}', "text/html", "", "json"],
    ["{not json}", "text/plain", "", "text"],
    ["plain < words", "text/plain", "x.html", "text"],
    ["# Title", "text/plain", "readme.md", "markdown"],
    ["drug,dose\nA,1", "text/html", "doses.csv", "csv"],
    ["Only words, no tags.", "text/html", "", "text"],
    ["How a file begins: %PDF-1.7", "text/plain", "", "text"],
    ["HTTP/1.1 200 OK\r\n\r\n%PDF-1.7 … startxref 9 %%EOF", "", "", "pdf"],
    ["drug,dose", "text/csv; charset=utf-8", "export", "csv"],
    ["drug\tdose", "", "doses.tsv", "csv"],
    ["import os", "text/plain", "run.py", "code"],
    ['{"a": 1}\n{"a": 2}', "", "rows.jsonl", "json-lines"],
    ['<?xml version="1.0"?><a/>', "text/html", "", "xml"],
    ["<a/>", "application/xml", "", "xml"],
    ["HEADER    HYDROLASE                               17-JUL-84   4CHA", "text/plain", "", "pdb"],
    ["# comment\ndata_4CHA\n_entry.id 4CHA", "", "", "mmcif"],
    ["{\\rtf1 x}", "application/msword", "a.doc", "rtf"],
    ["PK\u0003\u0004", "application/pdf", "a.pdf", "zip"],
    ["GIF89a", "text/plain", "a.txt", "media"],
    ["", "", "", "text"],
  ] as const)("of %j as %s is judged by its content", (body, type, name, format) =>
    expect(sniffFormat(utf8(body), type, name)).toBe(format),
  );

  it.each([
    ["7-Zip", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0]],
    ["RAR", [...utf8("Rar!"), 0x1a, 7, 0]],
    ["SQLite", [...utf8("SQLite format 3"), 0]],
    ["PostScript", [...utf8("%!PS-Adobe-3.0")]],
    ["binary", [1, 2, 0, 3]],
  ])("refuses %s with a way on", (name, bytes) => {
    expect(() => sniffFormat(Uint8Array.from(bytes), "text/html", "")).toThrow(
      expect.objectContaining({
        reason: "unsupported",
        message: expect.stringContaining(name),
        recovery: expect.stringMatching(/./),
      }),
    );
  });
});

describe("Markdown, text and JSON", () => {
  it("opens sections at headings, not in code", () => {
    expect(parseMarkdown("# Title\n\nIntro\n## Dose ##\n```\n# no heading\n```\n80 mg")).toEqual({
      title: "Title",
      sections: [
        { label: "", text: "Intro" },
        { label: "Dose", text: "```\n# no heading\n```\n80 mg" },
      ],
    });
  });

  it("prints JSON in short lines", async () => {
    expect((await read(utf8('{"dose":"80 mg"}'), "application/json")).sections[0]!.text).toBe(
      '{\n  "dose": "80 mg"\n}',
    );
  });

  it("keeps plain text as it is", async () => {
    expect((await read(utf8("a\r\nb\u0007c"), "text/plain")).sections).toEqual([{ label: "", text: "a\nb c" }]);
  });
});

describe("PDF", () => {
  it("gives a section for each page, and says which pages hold no text", async () => {
    expect(
      await read(makePdf(["Sacubitril (97 mg)\ninhibits neprilysin.", "", "Page three."], { title: "A trial" })),
    ).toEqual({
      title: "A trial",
      sections: [
        { label: "Page 1", text: "Sacubitril (97 mg) inhibits neprilysin.", page: 1 },
        { label: "Page 3", text: "Page three.", page: 3 },
      ],
      incomplete: "no text on page 2 (images or empty)",
    });
  });

  it("takes the largest letters of the first page for the title where the file names none", async () => {
    const pages = ["Journal of X\n# Sacubitril in\n# heart failure\nA. Ham", "Page two."];
    expect((await read(makePdf(pages))).title).toBe("Sacubitril in heart failure");
    expect((await read(makePdf(pages, { title: "draft-3.docx" }))).title).toBe("Sacubitril in heart failure");
    expect((await read(makePdf(["All alike.\nHere."]))).title).toBeUndefined();
  });

  it.each([
    ["a scan", makePdf([""]), /1 page and no text/],
    ["a locked file", makePdf(["secret"], { encrypted: true }), /password/],
    ["a broken file", utf8("%PDF-1.4 and nothing more"), /damaged/],
  ])("refuses %s and says why", async (_, bytes, why) => {
    const failure = await read(bytes).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ToolError);
    expect(failure).toMatchObject({
      reason: "unreadable",
      message: expect.stringMatching(why),
      recovery: expect.stringMatching(/./),
    });
  });
});
