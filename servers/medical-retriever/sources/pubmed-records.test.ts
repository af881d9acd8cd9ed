import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { record, recordsAnswer } from "../testing/pubmed-server.ts";
import { parsePubmed } from "../../knowledge/sources/pubmed/article.ts";
import { parseXml, textOf } from "../../knowledge/sources/xml.ts";

const CAPTURE = "../shared/data/pubmed/efetch_22663011.xml";
const parts = { pmid: "990000001", title: "A fiction", abstract: "<AbstractText>Text.</AbstractText>" };
const only = (more: Partial<typeof parts> & Parameters<typeof record>[0]) =>
  parsePubmed(recordsAnswer(record(more)))[0]!;

describe("parsePubmed", () => {
  test("keeps inline markup as text, numbers as written, and sections with their labels", () => {
    const document = only({
      ...parts,
      title: "Ca<sup>2+</sup>, CO<sub>2</sub> and <i>E. coli</i> at 4002.e26 &lt; 1.50",
      abstract: `<AbstractText Label="METHODS">10<sup>9</sup>/L of <b>cells</b>.</AbstractText>
        <AbstractText Label="RESULTS">The 1<sup>st</sup> was best.</AbstractText><AbstractText/>`,
    });
    expect(document.title).toBe("Ca²⁺, CO2 and E. coli at 4002.e26 < 1.50");
    expect(document.sections).toEqual([
      { label: "METHODS", text: "10⁹/L of cells." },
      { label: "RESULTS", text: "The 1st was best." },
    ]);
  });

  test("gives identifiers, journal, authors and subject headings", () => {
    expect(only(parts)).toMatchObject({
      id: "PMID:990000001",
      journal: "Journal of Fictions",
      authors: ["Doe J", "Fiction Group"],
      publicationTypes: ["Journal Article"],
      mesh: ["Fictions"],
      identifiers: { pmid: "990000001", doi: "10.9999/fiction.990000001", pmcid: "PMC990000001" },
    });
  });

  test.each([
    ["<Year>2012</Year><Month>Jul</Month><Day>2</Day>", "2012-07-02"],
    ["<Year>2012</Year><Month>07</Month>", "2012-07"],
    ["<Year>2012</Year><Season>Spring</Season>", "2012"],
    ["<MedlineDate>2012 Jul-Aug</MedlineDate>", "2012-07"],
    ["<MedlineDate>1998-1999</MedlineDate>", "1998"],
    ["<MedlineDate>Spring</MedlineDate>", undefined],
  ])("%s was published %s", (date, published) => {
    expect(only({ ...parts, date }).published).toBe(published);
  });

  test.each([
    ['<PublicationType UI="D016441">Retracted Publication</PublicationType>', "", "retracted"],
    ["", '<CommentsCorrections RefType="RetractionIn"><RefSource>x</RefSource></CommentsCorrections>', "retracted"],
    ["", '<CommentsCorrections RefType="ExpressionOfConcernIn"/>', "concern"],
    ["", '<CommentsCorrections RefType="ErratumIn"/>', "corrected"],
    ["", '<CommentsCorrections RefType="ErratumFor"/>', undefined],
    ['<PublicationType UI="D016440">Retraction of Publication</PublicationType>', "", undefined],
    ["", "", undefined],
  ])("%s %s means %s", (types, notices, integrity) => {
    expect(only({ ...parts, types, notices }).integrity).toBe(integrity);
  });

  test("reads book chapters, several records, and none", () => {
    const book = `<PubmedBookArticle><BookDocument><PMID>990000002</PMID><Book><Publisher><PublisherName>Fiction Press</PublisherName></Publisher><BookTitle>Fictional Reviews</BookTitle></Book><ArticleTitle>A chapter</ArticleTitle><Abstract><AbstractText>Body.</AbstractText></Abstract></BookDocument></PubmedBookArticle>`;
    const documents = parsePubmed(recordsAnswer(book, record(parts)), "2026-01-01T00:00:00Z");
    expect(documents.map(({ id }) => id)).toEqual(["PMID:990000001", "PMID:990000002"]);
    expect(documents[1]).toMatchObject({ journal: "Fictional Reviews", fetchedAt: "2026-01-01T00:00:00Z" });
    expect(parsePubmed(recordsAnswer())).toEqual([]);
  });

  test.each(['<?xml version="1.0"?>', "<html><body>busy</body></html>", "<PubmedArticleSet><PubmedArticle>", ""])(
    "%j is an error",
    (xml) => expect(() => parsePubmed(xml)).toThrow(/./),
  );

  test.skipIf(!existsSync(CAPTURE))("reads a real record (skipped without ../shared/data)", () => {
    const [document] = parsePubmed(readFileSync(CAPTURE, "utf8"));
    expect(document).toMatchObject({
      id: "PMID:22663011",
      title: "Improved survival with MEK inhibition in BRAF-mutated melanoma.",
      published: "2012-07-12",
      identifiers: { doi: "10.1056/NEJMoa1203421", nct: "NCT01245062" },
    });
    expect(document?.sections.map(({ label }) => label)).toEqual(["BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS"]);
    expect(document?.publicationTypes).toContain("Randomized Controlled Trial");
    expect(document?.authors?.[0]).toBe("Flaherty KT");
    expect(document?.integrity).toBeUndefined();
  });
});

test("textOf folds white space and keeps order", () => {
  expect(textOf(parseXml("<a> one <b>two</b>\n three<![CDATA[ & four]]></a>"))).toBe("one two three & four");
});
