import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Document } from "../../../../schemas/index.ts";
import { core } from "../../testing/europepmc-answers.ts";
import { documentOf } from "./record.ts";

describe("records", () => {
  test("a record gives its sections, markup dissolved and numbers kept", () => {
    expect(documentOf(core, "2026-01-01T00:00:00Z")).toEqual({
      id: "PMID:990000001",
      title: "Zelpamab for Vornia coli in CO2 & heat.",
      sections: [
        { label: "Background", text: "10⁹ cells, p < 0.05." },
        { label: "Results", text: "It worked in 1.5 mg. Well." },
      ],
      published: "2021-03-04",
      journal: "Journal of Fictions",
      authors: ["Doe J", "Fiction Group"],
      publicationTypes: ["Journal Article", "Randomized Controlled Trial"],
      mesh: ["Fictions"],
      identifiers: { pmid: "990000001", doi: "10.9999/fiction.1", pmcid: "PMC9900001" },
      language: "eng",
      licence: "cc by",
      impact: { citations: 12 },
      fetchedAt: "2026-01-01T00:00:00Z",
    });
  });

  test.each([
    [{ id: "PPR123", source: "PPR", doi: "10.1101/1" }, "PPR:PPR123", ["Preprint"]],
    [{ id: "PMC55", source: "PMC", pmcid: "PMC55", pubType: "review-article" }, "PMC:PMC55", ["Review"]],
    [
      { id: 7, source: "MED", pubType: "clinical trial, phase iii; journal article" },
      "PMID:7",
      ["Clinical Trial, Phase III", "Journal Article"],
    ],
  ])("%j is %s", (record, id, publicationTypes) => {
    expect(documentOf(record)).toMatchObject({ id, publicationTypes });
  });

  test.each([
    [{ commentCorrectionList: { commentCorrection: { type: "Retraction in", id: "5", source: "MED" } } }, "retracted"],
    [
      { commentCorrectionList: { commentCorrection: [{ type: "Expression of concern in", id: "5", source: "MED" }] } },
      "concern",
    ],
    [
      {
        commentCorrectionList: {
          commentCorrection: [{ type: "Erratum in", id: "5", source: "MED" }, { type: "Comment in" }],
        },
      },
      "corrected",
    ],
    [{ commentCorrectionList: { commentCorrection: [{ type: "Erratum for", id: "5", source: "MED" }] } }, undefined],
    [{ pubTypeList: { pubType: "Retracted Publication" } }, "retracted"],
    [{ pubTypeList: { pubType: "Retraction of Publication" } }, undefined],
    [{ title: "WITHDRAWN: A fiction" }, "retracted"],
    [{ title: "Withdrawn symptoms of fiction" }, undefined],
  ])("%j stands as %s", (more, integrity) => {
    expect(documentOf({ ...core, ...more })?.integrity).toBe(integrity);
  });

  test("notices and preprints are related by PubMed's names for it", () => {
    const commentCorrection = [
      { type: "Retraction in", id: "5", source: "MED" },
      { type: "Preprint in", id: "PPR9", source: "PPR" },
      { type: "Comment in", id: "6", source: "MED" },
    ];
    expect(documentOf({ ...core, commentCorrectionList: { commentCorrection } })?.related).toEqual({
      retractionIn: ["PMID:5"],
      preprintIn: ["PPR:PPR9"],
    });
  });

  test("a record of any shape is a document or none, never an error", () => {
    const field = fc.constantFrom(...Object.keys(core), "commentCorrectionList", "authorString", "pubType");
    const wild = fc.dictionary(field, fc.oneof(fc.jsonValue(), fc.string({ unit: "binary" })));
    const lists = fc.record({
      authorList: fc.record({ author: fc.jsonValue() }),
      commentCorrectionList: fc.record({ commentCorrection: fc.jsonValue() }),
    });
    fc.assert(
      fc.property(wild, lists, fc.boolean(), (some, more, known) => {
        const document = documentOf({ ...(known ? core : {}), ...more, ...some });
        expect(Document.optional().safeParse(document).error).toBeUndefined();
      }),
    );
    fc.assert(fc.property(fc.jsonValue(), (value) => documentOf(value) === undefined));
  });

  test("what has no id of a publication is left out", () => {
    expect(documentOf({ id: "US123", source: "PAT" })).toBeUndefined();
    expect(documentOf({})).toBeUndefined();
  });
});
