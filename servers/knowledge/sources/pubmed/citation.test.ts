/** Citations as PubMed has them where they are out of the ordinary: dates in words, titles nobody translated, other abstracts. */
import { describe, expect, it } from "vitest";
import { parsePubmed, recordsOf } from "./article.ts";
import { parseXml } from "../xml.ts";
import { dateOfParts } from "./citation.ts";

const citation = (article: string, more = "") =>
  parsePubmed(
    `<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article>${article}</Article>${more}</MedlineCitation></PubmedArticle></PubmedArticleSet>`,
  )[0]!;

describe("a date", () => {
  it.each([
    ["1998 Dec-1999 Jan", "1998-12"],
    ["Winter 2003", "2003"],
    ["2000 Spring-Summer", "2000"],
    ["Dec 1998-Jan 1999", "1998-12"],
    ["2009 Mar 15-31", "2009-03"],
    ["1976-1977", "1976"],
    ["Autumn", undefined],
  ])("in words: %s", (medline, date) => expect(dateOfParts({ medline })).toBe(date));

  it("with a day that no month has is exact to the month", () => {
    expect(dateOfParts({ year: "2001", month: "Dec", day: "0" })).toBe("2001-12");
    expect(dateOfParts({ year: "2001", month: "Dec", day: "9" })).toBe("2001-12-09");
  });
});

describe("a citation", () => {
  it("has the vernacular title where it has no other", () => {
    const vernacular = "<VernacularTitle>Über die Behandlung.</VernacularTitle>";
    expect(citation(`<ArticleTitle>[Not Available].</ArticleTitle>${vernacular}`).title).toBe("Über die Behandlung.");
    expect(citation(`<ArticleTitle>[On treatment].</ArticleTitle>${vernacular}`).title).toBe("[On treatment].");
    expect(citation(`<ArticleTitle>[Not Available].</ArticleTitle>`).title).toBe("[Not Available].");
  });

  it("has the abstracts beside the abstract, each under what it is", () => {
    const main = `<ArticleTitle>T</ArticleTitle><Abstract><AbstractText Label="AIM">To see.</AbstractText></Abstract>`;
    const others = `<OtherAbstract Type="plain-language-summary" Language="eng"><AbstractText>Plainly.</AbstractText></OtherAbstract>
      <OtherAbstract Type="Publisher" Language="spa"><AbstractText Label="OBJETIVO">Ver.</AbstractText></OtherAbstract>`;
    expect(citation(main, others).sections.map(({ label, text }) => `${label}: ${text}`)).toEqual([
      "AIM: To see.",
      "Plain language summary: Plainly.",
      "Abstract (spa) > OBJETIVO: Ver.",
    ]);
  });
});

it("a chapter of a book says when it was revised, so that no older state comes over it", () => {
  const chapter = `<PubmedBookArticle><BookDocument><PMID>4</PMID><Book><BookTitle>GeneReviews</BookTitle></Book><ArticleTitle>A syndrome</ArticleTitle>
    <Language>eng</Language><Abstract><AbstractText>Tall.</AbstractText><CopyrightInformation>Copyright U.</CopyrightInformation></Abstract>
    <DateRevised><Year>2022</Year><Month>2</Month><Day>17</Day></DateRevised></BookDocument>
    <PubmedBookData><ArticleIdList><ArticleId IdType="doi">10.1/x</ArticleId></ArticleIdList></PubmedBookData></PubmedBookArticle>`;
  expect(recordsOf(parseXml(chapter))).toMatchObject([
    {
      revised: "2022-02-17",
      document: { identifiers: { pmid: "4", doi: "10.1/x" }, language: "eng", licence: "Copyright U." },
    },
  ]);
});
