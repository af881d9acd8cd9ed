/** The quick way through a citation comes to the same records as its tree, or leaves it to the tree. */
import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KnowledgeRecord } from "../../../../schemas/index.ts";
import { parseXmlRecord } from "../xml-record.ts";
import { recordsOf, UNREAD } from "./article.ts";
import { RegularReader } from "./regular.ts";

const REAL = "../shared/data/pubmed/efetch_22663011.xml";

const reader = new RegularReader();
/** With what stands behind a record in a file. */
function regularRecords(xml: string): KnowledgeRecord[] | undefined {
  const bytes = Buffer.from(`${xml}<PubmedArticle>`);
  return reader.read(bytes, 0, bytes.length - "<PubmedArticle>".length);
}
const byTree = (xml: string) => recordsOf(parseXmlRecord(xml, UNREAD));

/** As in one of NLM's files, every part there is a place for. */
const words = fc
  .array(
    fc.constantFrom(
      "dose",
      "α",
      "5&#xa0;mg",
      "&lt;",
      "\n  ",
      " ",
      "<i>E. coli</i>",
      "10<sup>6</sup>",
      "<b>a<sub>2</sub></b>",
      "é",
      'say "so" \\ not',
      "&quot;&#92;&apos;&amp;&gt;",
      "\t",
      "&#10;",
      "\u00a0",
      "\u2009x\u3000",
      "\u2013\u200b\ufb01",
      "😀&#x1F600;",
      "<sup>&#x2212;12</sup>",
      "<sup> 1 </sup> ",
      "<sup>3\u2013<i>4</i></sup>",
      "<sup>a</sup>",
      "<sup>1.5 </sup>",
      "<sup>2<sup>+x 3</sup></sup>",
      "[Not Available].",
      "<u> </u>",
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(""));
const some = (xml: fc.Arbitrary<string>, maxLength = 2) => fc.array(xml, { maxLength }).map((all) => all.join("\n"));
const element = (name: string, inner: fc.Arbitrary<string>, attributes: readonly string[] = [""]) =>
  fc
    .tuple(inner, fc.constantFrom(...attributes))
    .map(([text, said]) => (text === "" && said === "" ? `<${name}/>` : `<${name}${said}>${text}</${name}>`));
const date = (name: string) =>
  element(
    name,
    fc.constantFrom(
      "<Year>2012</Year><Month>Jul</Month><Day>3</Day>",
      "<Year>1999</Year>",
      "<MedlineDate>2009 Nov-Dec</MedlineDate>",
      "<MedlineDate>Winter 2003</MedlineDate>",
      "<Year>2012</Year><Month>2</Month><Day>00</Day>",
      "<Year>2010</Year><Month>13</Month>",
      "",
    ),
  );
const pmid = fc.nat(10 ** 8).map((n) => `<PMID Version="1">${n}</PMID>`);
const author = fc.oneof(
  fc
    .tuple(words, words)
    .map(
      ([a, b]) =>
        `<Author ValidYN="Y"><LastName>${a}</LastName><ForeName>x</ForeName><Initials>${b}</Initials><AffiliationInfo><Affiliation>${a}</Affiliation></AffiliationInfo></Author>`,
    ),
  words.map((a) => `<Author><CollectiveName>${a}</CollectiveName></Author>`),
);
const comment = fc
  .tuple(fc.constantFrom("RetractionIn", "ErratumFor", "UpdateOf", "Cites", "ExpressionOfConcernIn"), pmid)
  .map(([type, id]) => `<CommentsCorrections RefType="${type}"><RefSource>J. 1</RefSource>${id}</CommentsCorrections>`);
const together = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join("\n    "));

const article = element(
  "Article",
  together(
    element(
      "Journal",
      together(element("JournalIssue", together(element("Volume", words), date("PubDate"))), element("Title", words)),
    ),
    element("ArticleTitle", words),
    some(element("ELocationID", words, [' EIdType="doi" ValidYN="Y"', ' EIdType="doi" ValidYN="N"', ' EIdType="pii"'])),
    some(
      element(
        "Abstract",
        together(
          some(element("AbstractText", words, ["", ' Label="AIM &amp; α"', ' Label="R" NlmCategory="RESULTS"'])),
          some(element("CopyrightInformation", words), 1),
        ),
      ),
      1,
    ),
    some(element("AuthorList", some(author)), 1),
    some(element("Language", fc.constantFrom("eng", "fre"))),
    some(
      fc.constant(
        "<DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList><AccessionNumber>NCT00000001</AccessionNumber></AccessionNumberList></DataBank><DataBank><DataBankName>x</DataBankName></DataBank></DataBankList>",
      ),
      1,
    ),
    some(
      element(
        "PublicationTypeList",
        some(
          element("PublicationType", fc.constantFrom("Review", "Retracted Publication"), [
            "",
            ' UI="D016441"',
            ' UI="D016428"',
          ]),
        ),
      ),
      1,
    ),
    some(element("VernacularTitle", words), 1),
    some(date("ArticleDate")),
  ),
);
const citation = together(
  pmid,
  some(date("DateRevised"), 1),
  article,
  some(fc.constant("<ChemicalList><Chemical><RegistryNumber>0</RegistryNumber></Chemical></ChemicalList>"), 1),
  some(element("CommentsCorrectionsList", some(comment)), 1),
  some(
    element(
      "MeshHeadingList",
      some(
        fc.constant(
          '<MeshHeading><DescriptorName UI="D1" MajorTopicYN="N">Humans</DescriptorName><QualifierName>x</QualifierName></MeshHeading>',
        ),
      ),
    ),
    1,
  ),
);
const data = together(
  element(
    "ArticleIdList",
    some(element("ArticleId", words, [' IdType="doi"', ' IdType="pmc"', ' IdType="pubmed"']), 3),
  ),
  some(
    fc.constant(
      "<ReferenceList><Reference><Citation>x</Citation></Reference><ReferenceList><Title>y</Title></ReferenceList></ReferenceList>",
    ),
  ),
);
const record = fc
  .tuple(citation, data)
  .map(
    ([c, d]) =>
      `<PubmedArticle>\n  <MedlineCitation Status="MEDLINE">\n${c}</MedlineCitation><PubmedData>${d}</PubmedData>\n</PubmedArticle>`,
  );

describe("a regular citation", () => {
  it("of any content gives the records of its tree, byte for byte", () => {
    fc.assert(
      fc.property(record, (xml) => {
        const quick = regularRecords(xml);
        expect(quick).toBeDefined();
        expect(JSON.stringify(quick)).toBe(JSON.stringify(byTree(xml)));
      }),
      { numRuns: 500 },
    );
  });

  it.skipIf(!existsSync(REAL))("of PubMed itself too (skipped without ../shared/data)", () => {
    const xml = /<PubmedArticle>[\s\S]*<\/PubmedArticle>/.exec(readFileSync(REAL, "utf8"))![0];
    const quick = regularRecords(xml);
    expect(quick).toMatchObject([
      { document: { id: "PMID:22663011" }, revised: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) },
    ]);
    expect(JSON.parse(JSON.stringify(quick))).toEqual(byTree(xml));
  });
});

describe("an irregular one", () => {
  const sound = `<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>a <i>b</i></ArticleTitle></Article></MedlineCitation></PubmedArticle>`;
  it.each([
    ["a comment", "<PMID>", "<!-- x --><PMID>"],
    ["a part that is not known", "<PMID>", "<New>x</New><PMID>"],
    ["a fraction", "<i>b</i>", "2<sup>1</sup>/<sub>2</sub>"],
    ["a formula", "<i>b</i>", "<mml:math><mml:mn>2</mml:mn></mml:math>"],
    [
      "an abstract beside the abstract",
      "</Article>",
      "</Article><OtherAbstract><AbstractText>b</AbstractText></OtherAbstract>",
    ],
    ["other inline markup", "<i>b</i>", '<i class="x">b</i>'],
    ["bad nesting", "<i>b</i>", "<i><b>b</i></b>"],
    ["an unknown entity", "<i>b</i>", "&secret;"],
    ["half a character", "<i>b</i>", "&#xD83D;"],
    ["a control character", "<i>b</i>", "\u0001"],
    ["the beginning of another", "<i>b</i>", "<PubmedArticle>"],
    ["an attribute with a bracket", "<PMID>", '<PMID Version="a>b">'],
    ["a part twice", "</PMID>", "</PMID><PMID>2</PMID>"],
    ["another end", "</PubmedArticle>", "</Other>"],
    ["something behind it", "</PubmedArticle>", "</PubmedArticle>x"],
  ])("(%s) is left to the tree", (_, part, instead) => {
    expect(regularRecords(sound)).toHaveLength(1);
    expect(regularRecords(sound.replace(part, instead))).toBeUndefined();
  });

  it("is never taken for another: damaged anywhere, it is left to the tree or read as the tree reads it", () => {
    const whole = fc.tuple(record, fc.nat(3000), fc.nat(12), fc.constantFrom("", "<", ">", "&", "</", "<i>", '"'));
    const different: string[] = [];
    fc.assert(
      fc.property(whole, ([xml, place, length, put]) => {
        const at = place % xml.length;
        // Half a character is none in UTF-8.
        const damaged = (xml.slice(0, at) + put + xml.slice(at + length)).toWellFormed();
        const quick = regularRecords(damaged);
        if (quick === undefined) return;
        let tree: unknown;
        try {
          tree = byTree(damaged);
        } catch {
          // What is broken within a part that nobody reads, or between parts, harms nothing.
          return;
        }
        if (JSON.stringify(quick) !== JSON.stringify(tree)) different.push(damaged);
      }),
      { numRuns: 1000 },
    );
    expect(different).toEqual([]);
  });
});
