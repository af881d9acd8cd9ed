import * as fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import type { DomElement } from "./dom.ts";
import { blocksOf } from "./html-blocks.ts";

const tags = "p div b i ul ol li h2 h3 blockquote dl dt dd section pre sub table tr td".split(" ");
const piece = fc.oneof(
  fc.constantFrom(...tags).map((tag) => `<${tag}>`),
  fc.constantFrom(...tags).map((tag) => `</${tag}>`),
  fc.nat(999).map((n) => ` w${n} `),
  fc.constantFrom("<br>", "<hr>", "&amp;", "\n", "<!-- c -->", "<wbr>"),
);

function blocks(html: string) {
  const { document } = parseHTML(`<html><body>${html}</body></html>`) as unknown as { document: { body: DomElement } };
  return { body: document.body, ...blocksOf(document.body) };
}

const wordsOf = (text: string) => text.match(/w\d+/g) ?? [];

describe("blocks of a page", () => {
  it("lose no word of a page, double none, and keep their order, however the tags are nested", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const { body, sections } = blocks(pieces.join(""));
        const read = sections.map(({ label, text }) => `${label}\n${text}`).join("\n");
        expect(wordsOf(read)).toEqual(wordsOf(body.textContent ?? ""));
      }),
      { numRuns: 400 },
    );
  });

  it("leave no space at the end of a section", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        for (const { text } of blocks(pieces.join("")).sections) expect(text).toBe(text.trimEnd());
      }),
    );
  });
});
