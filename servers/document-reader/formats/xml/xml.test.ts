import { describe, expect, it } from "vitest";
import { readFile, told } from "../../testing/read.ts";

const xml = (text: string) => readFile("a.xml", `<?xml version="1.0" encoding="UTF-8"?>\n${text}`);

const article = (n: number) =>
  `<PubmedArticle><MedlineCitation><PMID>${n}</PMID><Article><ArticleTitle>A trial ${n}</ArticleTitle><Abstract><AbstractText>It works.</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>`;

describe("XML", () => {
  it("of a full text (JATS) is an article", async () => {
    const read = await xml(
      '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "JATS.dtd"><article><front><journal-meta><journal-title-group><journal-title>Heart</journal-title></journal-title-group></journal-meta><article-meta><article-id pub-id-type="doi">10.1000/x</article-id><title-group><article-title>Sacubitril</article-title></title-group></article-meta></front><body><sec><title>Methods</title><p>Double-blind.</p></sec></body></article>',
    );
    expect(read).toMatchObject({ title: "Sacubitril", journal: "Heart", identifiers: { doi: "10.1000/x" } });
    expect(told(read)).toContain("Methods: Double-blind.");
  });

  it("of an article that names no identifier is an article nevertheless", async () => {
    const read = await xml(
      "<article><front><article-meta><title-group><article-title>Draft</article-title></title-group></article-meta></front><body><p>Double-blind.</p></body></article>",
    );
    expect(read.title).toBe("Draft");
  });

  it("of a drug label (SPL) is a label", async () => {
    const read = await xml(
      '<document xmlns="urn:hl7-org:v3"><setId root="ABC"/><title>Label of X</title><component><structuredBody><component><section><title>1 INDICATIONS</title><text><paragraph>For heart failure.</paragraph></text></section></component></structuredBody></component></document>',
    );
    expect(read).toMatchObject({ publicationTypes: ["Drug Label"], identifiers: { setid: "abc" } });
    expect(told(read).join()).toContain("For heart failure.");
  });

  it.each([
    ["one article is that article", 1, /^A trial 1$/],
    ["several are a collection", 2, /^2 PubMed articles$/],
  ])("of PubMed: %s", async (_, count, title) => {
    const read = await xml(
      `<PubmedArticleSet>${Array.from({ length: count }, (_, i) => article(i + 1)).join("")}</PubmedArticleSet>`,
    );
    expect(read.title).toMatch(title);
    expect(told(read).join()).toContain("It works.");
  });

  it("of prose has its headings and paragraphs, whatever they are called", async () => {
    const read = await xml(
      "<book><title>On hearts</title><chapter><head>Pumps</head><para>Blood <emph>flows</emph> out.</para><para>And in.</para></chapter></book>",
    );
    expect(read.title).toBe("On hearts");
    expect(told(read)).toEqual(["On hearts: ", "Pumps: Blood flows out.\n\nAnd in."].slice(1));
  });

  it("of data has a line for each value, indented as it nests", async () => {
    const read = await xml(
      '<study id="7"><drug name="A"><dose unit="mg">97</dose></drug><arm/><size>4187</size></study>',
    );
    expect(told(read)).toEqual(["study: id 7", "drug A: drug (name A):\n  dose (unit mg): 97", "size: 4187"]);
  });

  it("of many records is given in parts", async () => {
    const read = await xml(`<list>${Array.from({ length: 250 }, (_, i) => `<r>${i}</r>`).join("")}</list>`);
    expect(read.sections.map(({ label }) => label)).toEqual(["list 1–100", "list 101–200", "list 201–250"]);
  });

  it("that breaks off is read up to there, and says so", async () => {
    const read = await xml("<study><size>4187</size><drug>half");
    expect(told(read).join()).toContain("size: 4187");
    expect(read.incomplete).toMatch(/damaged .*what stands before is given/);
  });

  it("keeps names that only a missing document type explains", async () => {
    expect(told(await xml("<a><b>97&nbsp;mg</b><c>1</c></a>")).join("\n")).toContain("97&nbsp;mg");
  });
});
