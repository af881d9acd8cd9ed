/** PubMed's files as users import them: what a citation becomes, what revisions and withdrawals do, and what is told of broken files. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KnowledgeRecord, type Document } from "../../../schemas/index.ts";
import { DocumentStore } from "../documents.ts";
import { importSource } from "../import.ts";
import { pubmed } from "./pubmed.ts";
import { parseXmlRecord } from "./xml-record.ts";
import { parseXml, type XmlElement } from "./xml.ts";

const REAL = "../shared/data/pubmed/efetch_22663011.xml";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "pubmed-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const citation = (pmid: number, title: string, more = "") =>
  `<PubmedArticle><MedlineCitation><PMID Version="1">${pmid}</PMID><Article><ArticleTitle>${title}</ArticleTitle></Article>${more}</MedlineCitation></PubmedArticle>\n`;
const comment = (type: string, pmid: number) =>
  `<CommentsCorrectionsList><CommentsCorrections RefType="${type}"><RefSource>x</RefSource><PMID>${pmid}</PMID></CommentsCorrections></CommentsCorrectionsList>`;
const set = (...records: string[]) =>
  `<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE PubmedArticleSet SYSTEM "https://dtd.nlm.nih.gov/x.dtd">\n<PubmedArticleSet>${records.join("")}</PubmedArticleSet>`;
const deleted = (...pmids: number[]) =>
  `<DeleteCitation>${pmids.map((pmid) => `<PMID Version="1">${pmid}</PMID>`).join("\n")}</DeleteCitation>`;

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Imports into a folder of the test. */
async function imported(from: string) {
  const problems: string[] = [];
  const home = join(folder, "home");
  mkdirSync(home, { recursive: true });
  const onProblem = ({ file, reason }: { file: string; reason: string }) =>
    problems.push(`${file.slice(folder.length + 1)}: ${reason}`);
  const result = await importSource({ source: pubmed, from, home, seed: () => [], onProblem });
  const store = new DocumentStore(join(result.path, "documents.db"), { readOnly: true });
  const documents = [...store.all()];
  store.close();
  return { ...result, problems, documents, titles: documents.map(({ id, title }) => `${id} ${title}`).toSorted() };
}

async function only(record: string): Promise<Document> {
  const { documents, problems } = await imported(write("one.xml", set(record)));
  expect(problems).toEqual([]);
  return documents[0]!;
}

describe("a citation", () => {
  it("keeps its inline markup as text, its labelled sections, and who says and owns it", async () => {
    const document = await only(`<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="2">7</PMID><Article>
      <Journal><JournalIssue><PubDate><MedlineDate>2009 Nov-Dec</MedlineDate></PubDate></JournalIssue><Title>Journal of Fictions</Title></Journal>
      <ArticleTitle>CO<sub>2</sub> at 10<sup>9</sup>/L &lt; 5&#xa0;% in <i>E. coli</i></ArticleTitle>
      <ELocationID EIdType="doi" ValidYN="Y">10.9999/7</ELocationID>
      <Abstract><AbstractText Label="AIM">Why &amp; how.</AbstractText><AbstractText Label="RESULT">It <b>was</b> so.</AbstractText><CopyrightInformation>© Fiction Press</CopyrightInformation></Abstract>
      <AuthorList><Author><LastName>Müller</LastName><Initials>A</Initials><AffiliationInfo><Affiliation>x</Affiliation></AffiliationInfo></Author><Author><CollectiveName>The Group</CollectiveName></Author></AuthorList>
      <Language>ger</Language><DataBankList><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList><AccessionNumber>NCT00000007</AccessionNumber><AccessionNumber>NCT00000008</AccessionNumber></AccessionNumberList></DataBank></DataBankList>
      <PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article>
      <MeshHeadingList><MeshHeading><DescriptorName UI="D1">Humans</DescriptorName><QualifierName>x</QualifierName></MeshHeading></MeshHeadingList></MedlineCitation>
      <PubmedData><ArticleIdList><ArticleId IdType="pmc">PMC77</ArticleId></ArticleIdList><ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.9999/other</ArticleId></ArticleIdList></Reference><ReferenceList/></ReferenceList></PubmedData></PubmedArticle>`);
    expect(document).toEqual({
      id: "PMID:7",
      title: "CO2 at 10⁹/L < 5 % in E. coli",
      sections: [
        { label: "AIM", text: "Why & how." },
        { label: "RESULT", text: "It was so." },
      ],
      published: "2009-11",
      journal: "Journal of Fictions",
      authors: ["Müller A", "The Group"],
      publicationTypes: ["Journal Article"],
      mesh: ["Humans"],
      identifiers: { pmid: "7", pmcid: "PMC77", doi: "10.9999/7", nct: "NCT00000007" },
      related: { trial: ["NCT:NCT00000007", "NCT:NCT00000008"] },
      language: "ger",
      licence: "© Fiction Press",
    });
  });

  it.skipIf(!existsSync(REAL))("of PubMed itself is read (skipped without ../shared/data)", async () => {
    const { documents, problems } = await imported(REAL);
    expect(problems).toEqual([]);
    expect(documents[0]).toMatchObject({
      id: "PMID:22663011",
      title: "Improved survival with MEK inhibition in BRAF-mutated melanoma.",
      published: "2012-07-12",
      journal: "The New England journal of medicine",
      identifiers: { pmid: "22663011", doi: "10.1056/NEJMoa1203421", nct: "NCT01245062" },
      language: "eng",
    });
    expect(documents[0]!.sections.map(({ label }) => label)).toEqual([
      "BACKGROUND",
      "METHODS",
      "RESULTS",
      "CONCLUSIONS",
    ]);
    expect(documents[0]!.sections[2]!.text).toContain("0.45; 95% confidence interval [CI], 0.33 to 0.63; P<0.001");
  });
});

describe("a folder of baseline and update files", () => {
  it("leaves each citation as the newest file has it, in the order of the numbers, and withdraws what is withdrawn", async () => {
    write("pubmed26n0009.xml.gz", gzipSync(set(citation(1, "first"), citation(2, "second"), citation(3, "third"))));
    write("pubmed26n0010.xml", set(citation(1, "first, revised"), deleted(2, 99)));
    write("pubmed26n0100.xml", set(citation(3, "third, revised again")));
    const first = await imported(folder);
    expect(first.titles).toEqual(["PMID:1 first, revised", "PMID:3 third, revised again"]);
    const again = await imported(folder);
    expect(again).toMatchObject({ changed: 0, titles: first.titles });
    expect(again.manifest!.revision).toBe(first.manifest!.revision);
  });

  it("given one file after the other comes to the same", async () => {
    await imported(write("pubmed1.xml", set(citation(1, "old"), citation(2, "gone"))));
    const { titles, changed } = await imported(write("pubmed2.xml", set(citation(1, "new"), deleted(2))));
    expect([titles, changed]).toEqual([["PMID:1 new"], 2]);
  });
});

const standing = (documents: Document[]) => documents.map((d) => `${d.id} ${d.integrity ?? "ok"}`).toSorted();

describe("notices", () => {
  it.each([
    ["RetractionOf", "retracted"],
    ["ExpressionOfConcernFor", "concern"],
    ["ErratumFor", "corrected"],
  ])("%s: the other article is %s, whichever of the two is imported first", async (type, integrity) => {
    const article = write("article.xml", set(citation(1, "Doubtful")));
    const notice = write("notice.xml", set(citation(2, "A notice", comment(type, 1))));
    await imported(article);
    expect(standing((await imported(notice)).documents)).toEqual([`PMID:1 ${integrity}`, "PMID:2 ok"]);
    expect(await imported(article)).toMatchObject({ changed: 0 });
    rmSync(join(folder, "home"), { recursive: true });
    await imported(notice);
    expect(standing((await imported(article)).documents)).toEqual([`PMID:1 ${integrity}`, "PMID:2 ok"]);
  });

  it("in the article itself count too, the worst of them", async () => {
    const lists = comment("ErratumIn", 5) + comment("RetractionIn", 6);
    expect(
      await only(citation(1, "Doubtful", lists.replace("</CommentsCorrectionsList><CommentsCorrectionsList>", ""))),
    ).toMatchObject({
      integrity: "retracted",
      related: { erratumIn: ["PMID:5"], retractionIn: ["PMID:6"] },
    });
  });
});

async function titlesIn(file: string): Promise<string[]> {
  const titles: string[] = [];
  for await (const records of pubmed.read(file, { problem: () => {}, about: () => {} })) {
    for (const record of [records].flat()) if (record.type === "document") titles.push(record.document.title);
  }
  return titles;
}

describe("a packed file", () => {
  it("of many pieces says what the plain one says", async () => {
    const citations = Array.from({ length: 2000 }, (_, i) => citation(i + 1, `Title ${"é ".repeat(i % 500)}${i}`));
    const plain = write("plain.xml", set(...citations));
    const packed = write("packed.xml.gz", gzipSync(set(...citations)));
    expect(await titlesIn(packed)).toEqual(await titlesIn(plain));
    expect(await titlesIn(packed)).toHaveLength(2000);
  });
});

describe("broken files", () => {
  it("give what is whole, and name the place of what is not", async () => {
    const broken = citation(2, "<i>torn").replace("</ArticleTitle>", "");
    const unclosed = citation(3, "no end").replace("</PubmedArticle>", "");
    const alien = citation(4, "&secret;");
    const file = set(
      citation(1, "good"),
      broken,
      unclosed,
      alien,
      "<PubmedArticle/>",
      "stray",
      citation(5, "good too"),
    );
    const { titles, problems } = await imported(write("mixed.xml", file));
    expect(titles).toEqual(["PMID:1 good", "PMID:5 good too"]);
    expect(problems).toEqual([
      `mixed.xml: byte ${file.indexOf(broken)}: PMID 2: </Article> closes <i>`,
      `mixed.xml: byte ${file.indexOf(unclosed)}: PMID 3 is not closed`,
      `mixed.xml: byte ${file.indexOf(alien)}: PMID 4: &secret; is an entity that is not known`,
      `mixed.xml: byte ${file.indexOf("<PubmedArticle/>")}: a PubmedArticle without a PMID`,
      `mixed.xml: byte ${file.indexOf("stray")}: text between records: stray`,
    ]);
  });

  it("that end in a record without an end still withdraw what they withdraw", async () => {
    const file = write(
      "end.xml",
      set(citation(1, "good"), citation(2, "x").replace("</PubmedArticle>", ""), deleted(1)),
    );
    const { titles, problems } = await imported(file);
    expect(titles).toEqual([]);
    expect(problems).toEqual([expect.stringMatching(/^end\.xml: byte \d+: is not closed \(PMID 2\)$/)]);
  });

  it("cut off, plain or packed, give what came before and say so", async () => {
    const file = set(...Array.from({ length: 3000 }, (_, i) => citation(i + 1, `Title ${Math.sin(i)}`)));
    const plain = await imported(write("cut.xml", file.slice(0, file.length / 2)));
    expect(plain.documents.length).toBeGreaterThan(1000);
    expect(plain.problems).toEqual([expect.stringMatching(/^cut\.xml: byte \d+: the file ends in the middle/)]);
    const packed = gzipSync(file);
    const { documents, problems } = await imported(write("cut.xml.gz", packed.subarray(0, packed.length / 2)));
    expect(documents.length).toBeGreaterThan(500);
    expect(problems.join()).toMatch(/cut\.xml\.gz: the gzip file is cut off/);
  });

  it.each([
    ["<!DOCTYPE html><html><body>Too many requests</body></html>", /a PubmedArticleSet is expected, this is a html/],
    ["", /is empty; download it again/],
    ["<pmc-articleset/>", /is a pmc-articleset: import it as jats/],
    ["{}", /is no PubMed XML/],
    ['<!DOCTYPE PubmedArticleSet [<!ENTITY a "b">]><PubmedArticleSet/>', /declares entities of its own/],
    ['<!DOCTYPE PubmedArticleSet [<!ENTITY a SYSTEM "file:///etc/passwd">]><PubmedArticleSet/>', /declares entities/],
    ['<?xml version="1.0" encoding="UTF-16"?><PubmedArticleSet/>', /is in UTF-16, not in UTF-8/],
  ])("%s is refused by name", async (content, reason) => {
    const file = write("page.xml", content);
    await expect(imported(file)).rejects.toThrow(reason);
    await expect(imported(file)).rejects.toThrow("page.xml");
  });

  it("of any kind never give an unsound record, nor an error without the name of the file", async () => {
    const good = set(citation(1, "one <i>two</i>"), deleted(3), citation(2, "x &amp; y", comment("ErratumFor", 1)));
    const damage = fc.tuple(
      fc.nat(good.length),
      fc.nat(20),
      fc.constantFrom("", "<", ">", "&", "</", "\0", "<!--", "]]>", "é", good),
    );
    const property = fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (damages) => {
      let text = good;
      for (const [at, length, put] of damages) text = text.slice(0, at) + put + text.slice(at + length);
      const file = write("wild.xml", text);
      const context = { problem: ({ reason }: { reason: string }) => expect(reason).not.toBe(""), about: () => {} };
      const sound = async () => {
        for await (const records of pubmed.read(file, context))
          [records].flat().forEach((r) => KnowledgeRecord.parse(r));
        return "wild.xml";
      };
      expect(await sound().catch((error: Error) => error.message)).toContain("wild.xml");
    });
    await fc.assert(property, { numRuns: 150 });
  });
});

/** Neighbouring texts as one. */
const together = (before: unknown[], node: unknown) =>
  typeof node === "string" && typeof before.at(-1) === "string"
    ? [...before.slice(0, -1), (before.at(-1) as string) + node]
    : [...before, node];

describe("the reader of records", () => {
  it("gives the tree that the strict reader gives", () => {
    const name = fc.constantFrom("a", "b", "i", "sup");
    const text = fc.constantFrom(
      "x",
      " ",
      "\n  ",
      "&amp;",
      "&#233;",
      "<![CDATA[<&]]>",
      "<!-- <a> -->",
      "é&lt;5",
      "<?go?>",
    );
    const attribute = fc.constantFrom("", ' k="v"', " k='a > b'", ' k = "&quot;" l="2"');
    const { element } = fc.letrec<{ element: string; node: string }>((tie) => ({
      node: fc.oneof({ maxDepth: 4 }, text, tie("element")),
      element: fc
        .tuple(name, attribute, fc.array(tie("node"), { maxLength: 4 }))
        .map(([n, a, inner]) => (inner.length > 0 ? `<${n}${a}>${inner.join("")}</${n}>` : `<${n}${a}/>`)),
    }));
    // Where a text ends and the next begins is no difference.
    const merged = (node: XmlElement | string): unknown =>
      typeof node === "string"
        ? node
        : {
            ...node,
            children: node.children
              .map(merged)
              .reduce<unknown[]>(together, [])
              .filter((child) => child !== ""),
          };
    fc.assert(
      fc.property(element, (xml) => {
        expect(merged(parseXmlRecord(xml))).toEqual(merged(parseXml(xml)));
      }),
    );
  });

  it("leaves out what is not wanted, nested as it may be", () => {
    const xml = "<a><s>1<s k='/>'>2</s><s/><sa>3</sa></s><b>4</b></a>";
    expect(parseXmlRecord(xml, new Set(["s"]))).toEqual(parseXmlRecord("<a><b>4</b></a>"));
  });
});

describe("entities", () => {
  it.each(["secret", "constructor", "toString"])("(&%s;) that XML does not have are refused", (name) => {
    expect(() => parseXmlRecord(`<a>&${name};</a>`)).toThrow(`&${name}; is an entity that is not known`);
  });
});

describe("a record without an end, in a part that nobody reads", () => {
  it("never takes the end of the next one for its own", async () => {
    const unclosed = citation(1, "first").replace("</Article>", "<GrantList><Grant></Article>");
    const next = citation(2, "second").replace("</Article>", "<GrantList><Grant/></GrantList></Article>");
    const file = set(
      citation(5, "before"),
      unclosed.slice(0, unclosed.indexOf("<Grant>")),
      next,
      citation(3, "third"),
      citation(4, "fourth"),
    );
    const { titles, problems } = await imported(write("runaway.xml", file));
    expect(titles).toEqual(["PMID:2 second", "PMID:3 third", "PMID:4 fourth", "PMID:5 before"]);
    expect(problems).toEqual([expect.stringMatching(/PMID 1 is not closed/)]);
  });
});
