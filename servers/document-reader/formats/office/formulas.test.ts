import { describe, expect, it } from "vitest";
import { makeDocx, makePptx, shape } from "../../testing/office.ts";
import { costMs } from "../../testing/cost.ts";
import { readFile, told } from "../../testing/read.ts";
import { withLinearFormulas } from "./formulas.ts";

const MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math";
const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/** An element of a formula: its properties as `name=value`, its parts by name. */
const r = (words: string) => `<m:r><w:rPr/><m:t>${words}</m:t></m:r>`;
const e = (...inner: string[]) => `<m:e>${inner.join("")}</m:e>`;
const tag = (name: string, parts: Record<string, string>, properties: Record<string, string> = {}) => {
  const values = Object.entries(properties).map(([key, value]) => `<m:${key} m:val="${value}"/>`);
  const inner = Object.entries(parts).map(([key, value]) => `<m:${key}>${value}</m:${key}>`);
  return `<m:${name}><m:${name}Pr>${values.join("")}<m:ctrlPr/></m:${name}Pr>${inner.join("")}</m:${name}>`;
};
const frac = (num: string, den: string, type?: string) => tag("f", { num, den }, type ? { type } : {});
const sup = (base: string, up: string) => tag("sSup", { e: base, sup: up });
const sub = (base: string, down: string) => tag("sSub", { e: base, sub: down });

function linear(formula: string): string {
  const xml = `<x xmlns:m="${MATH}"><m:oMath>${formula}</m:oMath></x>`;
  return withLinearFormulas(xml, (words) => words).replace(/<[^>]*>/g, "");
}

describe("a formula on one line", () => {
  it.each([
    ["a half", frac(r("1"), r("2")), "1/2"],
    ["twice a half, not twenty-one halves", r("2") + frac(r("1"), r("2")) + r("x"), "2(1/2)x"],
    ["a quotient of sums", frac(sup(r("x"), r("2")), r("a+b")), "(x^2)/(a+b)"],
    ["a product below the line", frac(r("1"), r("ab")), "1/(ab)"],
    ["a quotient of quotients", frac(frac(r("a"), r("b")), r("c")), "(a/b)/c"],
    ["a power of a product", sup(r("ab"), r("2")), "(ab)^2"],
    ["a power of a power", sup(sup(r("x"), r("2")), r("3")), "(x^2)^3"],
    ["a power, then a factor", sup(r("x"), r("2")) + r("y"), "x^2 y"],
    ["a negative power", sup(r("10"), r("−9")), "10^(−9)"],
    ["an index that is a word", sub(r("C"), r("max")) + r("+1"), "C_max+1"],
    ["an index of a word", tag("sSubSup", { e: r("AUC"), sub: r("0"), sup: r("∞") }), "AUC_0^∞"],
    ["indices before", tag("sPre", { sub: r("2"), sup: r("4"), e: r("He") }), "_2^4 He"],
    ["a root", tag("rad", { deg: "", e: r("a+b") }, { degHide: "1" }), "√(a+b)"],
    ["a cube root", tag("rad", { deg: r("3"), e: r("x") }), "√[3](x)"],
    ["a sum", tag("nary", { sub: r("i=1"), sup: r("n"), e: sub(r("x"), r("i")) }, { chr: "∑" }), "∑_(i=1)^n x_i"],
    ["an integral", tag("nary", { sub: r("0"), sup: r("∞"), e: r("C dt") }), "∫_0^∞ C dt"],
    ["brackets", sup(tag("d", { e: r("1−p") }), r("n")), "(1−p)^n"],
    ["bars", tag("d", { e: r("x") }, { begChr: "|", endChr: "|" }), "|x|"],
    ["conditions", `<m:d><m:dPr/>${e(r("A"))}${e(r("B"))}</m:d>`, "(A|B)"],
    ["ways to choose", tag("d", { e: frac(r("n"), r("k"), "noBar") }), "(n ¦ k)"],
    [
      "cases",
      tag("d", { e: `<m:eqArr>${e(r("0,&amp;x&lt;0"))}${e(r("1,&amp;x≥0"))}</m:eqArr>` }, { begChr: "{", endChr: "" }),
      "{0,x&lt;0; 1,x≥0",
    ],
    [
      "a matrix",
      tag(
        "d",
        { e: `<m:m><m:mr>${e(r("a"))}${e(r("b"))}</m:mr><m:mr>${e(r("c"))}${e(r("d"))}</m:mr></m:m>` },
        { begChr: "[", endChr: "]" },
      ),
      "[a, b; c, d]",
    ],
    ["a function", tag("func", { fName: sub(r("log"), r("10")), e: r("x") }), "log_10(x)"],
    [
      "a limit",
      tag("func", { fName: tag("limLow", { e: r("lim"), lim: r("x→0") }), e: tag("d", { e: r("f") }) }),
      "lim_(x→0)(f)",
    ],
    ["a mean", tag("acc", { e: r("x") }, { chr: "\u0304" }), "x\u0304"],
    ["a hat over a product", tag("acc", { e: r("ab") }), "(ab)\u0302"],
    ["italics of their own", r("𝑥+ℎ"), "x+h"],
    ["a word, then a number", `<m:r><m:rPr><m:sty m:val="p"/></m:rPr><m:t>ln</m:t></m:r>${r("2")}`, "ln 2"],
    ["a sign over a letter", tag("acc", { e: r("x") }, { chr: "‾" }), "x\u0304"],
    ["what was struck out", `<w:del>${r("9")}</w:del>${r("8")}`, "8"],
    ["less than", r("p&lt;0.05"), "p&lt;0.05"],
    ["nothing", "", ""],
  ])("%s", (_, formula, text) => {
    expect(linear(formula)).toBe(text);
  });
});

it("a hundred thousand formulas that never end take no time", () => {
  const xml = `<x xmlns:m="${MATH}"><!--${"<m:oMath><m:oMathPara ".repeat(100_000)}--></x>`;
  expect(costMs(() => withLinearFormulas(xml, String))).toBeLessThan(2_000);
});

describe("a document with formulas", () => {
  const half = `<m:oMath>${frac(r("1"), r("2"))}</m:oMath>`;

  it("has them in their sentence, and those that stand alone as lines", async () => {
    const body = [
      `<w:p><w:r><w:t xml:space="preserve">Take </w:t></w:r>${half}<w:r><w:t xml:space="preserve"> of it.</w:t></w:r></w:p>`,
      `<w:p><m:oMathPara><m:oMathParaPr><m:jc m:val="center"/></m:oMathParaPr>${half}</m:oMathPara></w:p>`,
    ].join("");
    const xml = `<?xml version="1.0"?><w:document xmlns:w="${WORD}" xmlns:m="${MATH}"><w:body>${body}</w:body></w:document>`;
    const read = await readFile("a.docx", makeDocx(xml));
    expect(told(read)).toEqual(["Take 1/2 of it.\n\n1/2"]);
    expect(read.incomplete).toBeUndefined();
  });

  it("is read with any prefixes", async () => {
    const body = `<a:p><q:oMath><q:f><q:num><q:r><q:t>1</q:t></q:r></q:num><q:den><q:r><q:t>2</q:t></q:r></q:den></q:f></q:oMath></a:p>`;
    const xml = `<?xml version="1.0"?><a:document xmlns:a="${WORD}" xmlns:q="${MATH}"><a:body>${body}</a:body></a:document>`;
    expect(told(await readFile("a.docx", makeDocx(xml)))).toEqual(["1/2"]);
  });

  it("may be slides", async () => {
    const formula = `<p:sp><p:txBody><a:p><a:r><a:t>Half: </a:t></a:r><a14:m xmlns:a14="x"><m:oMath xmlns:m="${MATH}" xmlns:w="w">${frac(r("1"), r("2"))}</m:oMath></a14:m></a:p></p:txBody></p:sp>`;
    expect(told(await readFile("a.pptx", makePptx([shape("Title", "title") + formula])))).toEqual([
      "Slide 1: Title: Half: 1/2",
    ]);
  });
});
