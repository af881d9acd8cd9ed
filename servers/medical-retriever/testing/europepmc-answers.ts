/** Answers in the shape of Europe PMC. */

/** A fictional record as `resultType=core` gives it. */
export const core = {
  id: "990000001",
  source: "MED",
  pmid: "990000001",
  pmcid: "PMC9900001",
  doi: "10.9999/fiction.1",
  title: "Zelpamab for <i>Vornia coli</i> in CO<sub>2</sub> &amp; heat.",
  authorList: { author: [{ fullName: "Doe J" }, { collectiveName: "Fiction Group" }] },
  journalInfo: { journal: { title: "Journal of Fictions" } },
  pubYear: "2021",
  firstPublicationDate: "2021-03-04",
  abstractText:
    "<h4>Background</h4>10<sup>9</sup> cells, p < 0.05.<h4>Results</h4>It <b>worked</b> in 1.5&#x2009;mg.<br/>Well.",
  pubTypeList: { pubType: ["research-article", "Randomized Controlled Trial", "Journal Article"] },
  meshHeadingList: { meshHeading: { descriptorName: "Fictions" } },
  language: "eng",
  isOpenAccess: "Y",
  inEPMC: "Y",
  license: "cc by",
  citedByCount: 12,
};

export const answerOf = (records: object[], more: object = {}) =>
  JSON.stringify({ version: "6.9", hitCount: records.length, resultList: { result: records }, ...more });
