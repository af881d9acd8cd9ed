/** What the front of an article says: dates, people, identifiers, licence, kind, standing. */
import { describe, expect, it } from "vitest";
import { parseJats, parseJatsArticle } from "../jats.ts";
import { article } from "../testing/jats-article.ts";

const date = (type: string, ...parts: string[]) => {
  const names = ["year", "month", "day"];
  return `<pub-date pub-type="${type}">${parts.map((part, i) => `<${names[i]}>${part}</${names[i]}>`).join("")}</pub-date>`;
};
const id = (type: string, value: string) => `<article-id pub-id-type="${type}">${value}</article-id>`;
const ref = (...ids: string[]) => `<ref><element-citation>${ids.join("")}</element-citation></ref>`;
const link = (type: string, id = "10.1000/x") =>
  `<related-article related-article-type="${type}" ext-link-type="doi" xlink:href="${id}"/>`;

describe("the front", () => {
  it.each([
    ["the earliest full date", date("ppub", "2010", "6", "15") + date("epub", "2010", "06", "1"), "2010-06-01"],
    ["a full date before a bare year", date("collection", "2009") + date("epub", "2010", "6", "1"), "2010-06-01"],
    ["a month by its name", date("ppub", "2011", "Jul"), "2011-07"],
    ["never the release into an archive", date("pmc-release", "2009", "1", "1") + date("collection", "2010"), "2010"],
    ["nothing where nothing is said", "", undefined],
  ])("published: %s", (_, meta, published) => expect(parseJats(article("", { meta })).published).toBe(published));

  it("names people as PubMed does, and groups", () => {
    const meta = `<contrib-group><contrib contrib-type="author"><name><surname>Lee</surname><given-names>Megan S.</given-names></name></contrib>
      <contrib contrib-type="author"><name-alternatives><name><surname>Müller</surname><given-names initials="JK">Jan-Karl</given-names></name></name-alternatives></contrib>
      <contrib contrib-type="author"><collab>The Group<contrib-group><contrib><name><surname>Member</surname></name></contrib></contrib-group></collab></contrib>
      <contrib contrib-type="editor"><name><surname>Editor</surname></name></contrib></contrib-group>`;
    expect(parseJats(article("", { meta })).authors).toEqual(["Lee MS", "Müller JK", "The Group"]);
  });

  it("gives the ids in their old and new forms; the best of them is the document's", () => {
    const ids = id("pmc", "77") + id("pmid", "8") + id("doi", "10.1/x") + id("publisher-id", "z");
    const document = parseJats(article("", { ids }));
    expect([document.id, document.identifiers]).toEqual(["PMC:PMC77", { pmcid: "PMC77", pmid: "8", doi: "10.1/x" }]);
    expect(parseJats(article("", { ids: id("doi", "10.1/x") })).id).toBe("DOI:10.1/x");
    expect(() => parseJats(article("", { ids: "" }))).toThrow("neither a PMCID nor a PMID nor a DOI");
    expect(parseJats(article("", { ids: "" }), undefined, "FILE:a.xml").id).toBe("FILE:a.xml");
  });

  it.each([
    [
      '<license xlink:href="http://creativecommons.org/licenses/by-nc/4.0/"><license-p>Long.</license-p></license>',
      "CC BY-NC 4.0 (http://creativecommons.org/licenses/by-nc/4.0/)",
    ],
    ["<license><license-p>For text mining.</license-p></license>", "For text mining."],
    ["<copyright-statement>© Press</copyright-statement>", "© Press"],
  ])("licence: %s", (permissions, licence) => {
    expect(parseJats(article("", { meta: `<permissions>${permissions}</permissions>` })).licence).toBe(licence);
  });

  it.each([
    ["review-article", "", ["Review"]],
    [
      "research-article",
      "Systematic Review and Meta-Analysis",
      ["Journal Article", "Systematic Review", "Meta-Analysis"],
    ],
    ["other", "Practice Guideline", ["Practice Guideline"]],
    ["case-report", "Oncology", ["Case Reports"]],
  ])("a %s under the heading %j is %j", (type, subject, types) => {
    const meta = `<article-categories><subj-group subj-group-type="heading"><subject>${subject}</subject></subj-group></article-categories>`;
    expect(parseJats(article("", { type, meta })).publicationTypes).toEqual(types);
  });

  it("cites by PMID, else DOI; each once", () => {
    const [pmid, doi] = ['<pub-id pub-id-type="pmid">5</pub-id>', '<pub-id pub-id-type="doi">10.1000/y</pub-id>'];
    const back = `<back><ref-list>${ref(doi, pmid)}${ref(doi)}${ref(pmid)}${ref()}</ref-list></back>`;
    expect(parseJats(article("", { back })).related).toEqual({ cites: ["PMID:5", "DOI:10.1000/y"] });
  });
});

describe("standing", () => {
  it.each([
    ["a retracted article says so", "research-article", link("retraction-forward"), "retracted", []],
    ["a corrected one too", "research-article", link("correction-forward"), "corrected", []],
    [
      "a retraction speaks of another",
      "retraction",
      link("retracted-article"),
      undefined,
      [{ document: "DOI:10.1000/x", integrity: "retracted" }],
    ],
    [
      "and a concern",
      "expression-of-concern",
      link("object-of-concern"),
      undefined,
      [{ document: "DOI:10.1000/x", integrity: "concern" }],
    ],
    ["a comment says nothing of it", "research-article", link("commentary"), undefined, []],
  ])("%s", (_, type, meta, integrity, notices) => {
    const parsed = parseJatsArticle(article("", { type, meta }));
    expect([parsed.document.integrity, parsed.notices]).toEqual([integrity, notices]);
  });

  it("is in the title of what a journal has retracted, not of the notice", () => {
    expect(parseJats(article("", { title: "RETRACTED ARTICLE: On x" })).integrity).toBe("retracted");
    expect(parseJats(article("", { title: "Retraction: On x", type: "retraction" })).integrity).toBeUndefined();
  });
});
