/** The text of an article: what each shape becomes, and under which heading it stands. */
import { describe, expect, it } from "vitest";
import { parseJats } from "../jats.ts";
import { article, type Parts } from "../testing/jats-article.ts";

/** Sections of a body, `label: text`, lines as they are. */
const bodyOf = (body: string, parts?: Parts) =>
  parseJats(article(body, parts)).sections.map((s) => `${s.label}: ${s.text}`);
/** The text of one paragraph. */
const textOf = (paragraph: string) => parseJats(article(`<p>${paragraph}</p>`)).sections[0]?.text;

describe("text", () => {
  it.each([
    ["CO<sub>2</sub> at 10<sup>9</sup>/L in <italic>E. coli</italic> &lt; 5&#xa0;%", "CO2 at 10⁹/L in E. coli < 5 %"],
    ["2<sup>1</sup>/<sub>2</sub> tablets", "2 1/2 tablets"],
    ["10<sup>1.5</sup> and 2<sup>−ΔΔCt</sup>", "10^1.5 and 2^−ΔΔCt"],
    ['at 0.5<sup><xref ref-type="bibr">1</xref>,<xref ref-type="bibr">2</xref></sup> mg', "at 0.5[1,2] mg"],
    [
      'mutations (<xref ref-type="bibr">1</xref>,<xref ref-type="bibr">2</xref>–<xref ref-type="bibr">4</xref>)',
      "mutations (1,2–4)",
    ],
    ['so [<xref ref-type="bibr">7</xref>]; BRCA1<xref ref-type="bibr"><sup>7</sup></xref>', "so [7]; BRCA1[7]"],
    ['12<xref ref-type="table-fn">*</xref> and <xref ref-type="table">Table 1</xref>', "12* and Table 1"],
    ['see <ext-link xlink:href="https://a.example/"/> or <uri>b.example</uri>', "see https://a.example/ or b.example"],
    ["one<break/>two<fn><p>said by hand</p></fn>", "one\ntwo [said by hand]"],
    [
      "drawn <inline-graphic/> and <inline-graphic><alt-text>half</alt-text></inline-graphic>",
      "drawn [picture] and half",
    ],
  ])("%s", (xml, text) => expect(textOf(xml)).toBe(text));

  it.each([
    [
      "<mml:mfrac><mml:mrow><mml:mi>a</mml:mi><mml:mo>+</mml:mo><mml:mi>b</mml:mi></mml:mrow><mml:mn>2</mml:mn></mml:mfrac>",
      "(a+b)/2",
    ],
    [
      "<mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup><mml:mo>=</mml:mo><mml:msqrt><mml:mi>y</mml:mi></mml:msqrt>",
      "x² = √(y)",
    ],
    ["<mml:msub><mml:mi>IC</mml:mi><mml:mn>50</mml:mn></mml:msub>", "IC_50"],
    ["<mml:mover><mml:mi>x</mml:mi><mml:mo>¯</mml:mo></mml:mover>", "x̄"],
  ])("a formula is read: %s", (math, text) => {
    expect(
      textOf(
        `<inline-formula><alternatives><tex-math>$$a$$</tex-math><mml:math>${math}</mml:math></alternatives></inline-formula>`,
      ),
    ).toBe(text);
  });

  it("a formula in TeX alone is given without its frame", () => {
    const tex = "\\documentclass[12pt]{minimal}\\begin{document}$$p &lt; 0.05$$\\end{document}";
    expect(textOf(`<inline-formula><tex-math>${tex}</tex-math></inline-formula>`)).toBe("p < 0.05");
  });

  it("keeps lists, definitions and quotes in their place within a paragraph", () => {
    const list = `<list list-type="order"><list-item><p>one</p><list list-type="bullet"><list-item><p>within</p></list-item></list></list-item><list-item><label>(b)</label><p>two</p></list-item></list>`;
    expect(
      textOf(`before:${list}after <def-list><def-item><term>CI</term><def><p>interval</p></def></def-item></def-list>`),
    ).toBe("before:\n1. one\n  • within\n(b) two\nafter\nCI: interval");
  });
});

describe("sections", () => {
  it("are named by all headings above them; tables, figures and boxes follow the text of theirs", () => {
    const table = `<table-wrap><label>Table 1.</label><caption><title>Doses</title></caption><table>
      <thead><tr><th rowspan="2">Drug</th><th colspan="2">Dose<xref ref-type="table-fn"><sup>a</sup></xref></th></tr><tr><th>low</th><th>high</th></tr></thead>
      <tbody><tr><td rowspan="2">A</td><td>1</td><td>2</td></tr><tr><td>3</td><td/></tr></tbody></table>
      <table-wrap-foot><fn><label>a</label><p>mg.</p></fn></table-wrap-foot></table-wrap>`;
    const figure = `<fig><label>Figure 1</label><caption><p>Seen.</p></caption><graphic/></fig>`;
    const box = `<boxed-text><label>Box 1</label><caption><title>Key points</title></caption><p>Short.</p></boxed-text>`;
    const inner = `<sec><title>Statistics</title><p>Counted.</p></sec>`;
    expect(
      bodyOf(
        `<sec><title>Methods</title><p>We ${table}did.</p>${figure}${box}${inner}</sec><sec sec-type="results"><p>So.</p></sec>`,
      ),
    ).toEqual([
      "Methods: We\ndid.",
      "Methods > Table 1: Doses\nDrug | Dose[a] |\nDrug | low | high\nA | 1 | 2\nA | 3 |\na mg.",
      "Methods > Figure 1: Seen.",
      "Methods > Box 1: Key points: Short.",
      "Methods > Statistics: Counted.",
      "Results: So.",
    ]);
  });

  it("abstracts stand first, each under what it is, then keywords; floats and back matter last", () => {
    const meta = `<abstract abstract-type="plain-language-summary"><p>Plainly.</p></abstract><abstract><sec><title>Aim</title><p>Why.</p></sec><sec><title>Result</title><p>What.</p></sec></abstract>
      <trans-abstract xml:lang="ES"><p>Que.</p></trans-abstract><kwd-group><kwd>gene</kwd><kwd>dose</kwd></kwd-group><kwd-group kwd-group-type="MESH"><kwd>Humans</kwd></kwd-group>
      <funding-group><award-group><funding-source>NIH</funding-source><award-id>R01</award-id></award-group></funding-group>`;
    const back = `<back><ack><p>Thanks.</p></ack><fn-group><fn fn-type="COI-statement"><p>None.</p></fn><fn><p>Equal.</p></fn></fn-group><app-group><app><title>Appendix A</title><p>More.</p></app></app-group></back>`;
    const after = `<floats-group><fig><label>Fig 2</label><caption><p>Late.</p></caption></fig></floats-group><sub-article><body><p>Review.</p></body></sub-article>`;
    const document = parseJats(article("<p>Loose.</p>", { meta, back, after }));
    expect(document.mesh).toEqual(["Humans"]);
    expect(document.sections.map((s) => `${s.label}: ${s.text}`)).toEqual([
      "Abstract > Aim: Why.",
      "Abstract > Result: What.",
      "Plain language summary: Plainly.",
      "Abstract (es): Que.",
      "Keywords: gene; dose",
      ": Loose.",
      "Funding: NIH: R01",
      "Acknowledgements: Thanks.",
      "Competing interests: None.",
      "Footnotes: Equal.",
      "Appendix A: More.",
      "Fig 2: Late.",
    ]);
  });
});
