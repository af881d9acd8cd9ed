/** Numbers that are raised, drawn as fractions or written as formulas never run into the number beside them, whoever wrote them. */
import { describe, expect, it } from "vitest";
import { parsePubmed } from "./pubmed/article.ts";
import { parseJats } from "./jats.ts";
import { proseOf } from "./spl/prose.ts";
import { article } from "./testing/jats-article.ts";
import { parseXml, textOf } from "./xml.ts";

const math = (inner: string) => `<mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML">${inner}</mml:math>`;
const number = (value: string) => `<mml:mn>${value}</mml:mn>`;
const fraction = `<mml:mfrac>${number("1")}${number("2")}</mml:mfrac>`;

describe("a line of mark-up", () => {
  it.each([
    ["10<sup>6</sup> cells, 10<sup>-3</sup>", "10⁶ cells, 10⁻³"],
    ["10<sup>1.5</sup>, 10<b><sup>−x</sup></b>", "10^1.5, 10^−x"],
    ["5<sup>1,2</sup> mg", "5^1,2 mg"],
    [
      "5<sup>a</sup> mg by weight<sup>b</sup>, the 1<sup>st</sup> of 10<sup>n</sup>",
      "5^a mg by weight^b, the 1st of 10^n",
    ],
    ["take 2<sup>1</sup>/<sub>2</sub> tablets", "take 2 1/2 tablets"],
    [`a load of ${math(`<mml:msup>${number("10")}${number("6")}</mml:msup>`)} copies`, "a load of 10⁶ copies"],
    [`2${math(fraction)} tablets`, "2 1/2 tablets"],
    [`${math(`<mml:mrow>${number("2")}${fraction}</mml:mrow>`)} tablets`, "2 1/2 tablets"],
    [math(`${number("3")}<mml:mo>\u2062</mml:mo><mml:msup>${number("10")}${number("5")}</mml:msup>`), "3 × 10⁵"],
    [math(`${number("3")}<mml:mo>\u2062</mml:mo><mml:mi>x</mml:mi>`), "3x"],
    [math(`${number("1")}${number("0")}`), "10"],
  ])("%s", (xml, text) => expect(textOf(parseXml(`<p>${xml}</p>`))).toBe(text));

  it("says the same in an abstract, a label and a full text", () => {
    const [xml, text] = ["at 10<sup>1.5</sup> and 2<sup>1</sup>/<sub>2</sub>", "at 10^1.5 and 2 1/2"];
    const citation = `<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>${xml}</ArticleTitle></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>`;
    expect(parsePubmed(citation)[0]!.title).toBe(text);
    expect(parseJats(article(`<p>${xml}</p>`)).sections[0]!.text).toBe(text);
    expect(proseOf(parseXml(`<text><paragraph>${xml}</paragraph></text>`))).toBe(text);
  });
});

describe("a table", () => {
  it("keeps its columns where a cell of the head claims more rows than the head has", () => {
    const head = `<thead><tr><th rowspan="3">Drug</th><th>Dose</th></tr></thead>`;
    const body = `<tbody><tr><td>A</td><td>1 mg</td></tr></tbody><tbody><tr><td>B</td><td>2 mg</td></tr></tbody>`;
    const table = `<table>${head}${body}</table>`;
    expect(proseOf(parseXml(`<text>${table}</text>`))).toBe("Drug | Dose\nA | 1 mg\nB | 2 mg");
    expect(parseJats(article(`<table-wrap>${table}</table-wrap>`)).sections[0]!.text).toBe(
      "Drug | Dose\nA | 1 mg\nB | 2 mg",
    );
  });
});
