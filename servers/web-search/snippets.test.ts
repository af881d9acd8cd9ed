import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainSnippet } from "./snippets.ts";

const piece = fc.oneof(
  fc.constantFrom(
    "<",
    ">",
    "&",
    ";",
    "&#",
    "&#x",
    "12",
    "110000",
    "script",
    "</",
    "<!--",
    "-->",
    "\ud800",
    "é",
    "\n",
    " ",
    "\0",
  ),
  fc.string({ maxLength: 5 }),
);

describe("snippets", () => {
  it.each([
    ['the <span class="searchmatch">merger</span> of A&amp;B', "the merger of A&B"],
    ["a<br/>b<p>c</p>", "a b c"],
    ["&#8211; &#x3b2; &nbsp; &unknown; &amp;lt;", "– β &unknown; &lt;"],
    ["&Delta;F508 &ge; &alpha;", "ΔF508 ≥ α"],
    ["QT < 480 ms and > 400 ms", "QT < 480 ms and > 400 ms"],
    ["<script>alert(1)</script>text<!-- c -->", "text"],
    ["", ""],
  ])("%j reads %j", (markup, text) => expect(plainSnippet(markup)).toBe(text));

  it("are one bounded, well-formed line, whatever comes", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 400 }), (pieces) => {
        const text = plainSnippet(pieces.join(""));
        expect(text.length <= 602 && text.isWellFormed() && !/[\n\t]/.test(text)).toBe(true);
      }),
    );
  });
});
