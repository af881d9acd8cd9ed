/** Which entries of two registries are one disease, and which only sound so. */
import { describe, expect, it } from "vitest";
import { compileModel } from "./compile.ts";
import type { DiseaseRecord, GeneRecord } from "./input.ts";
import { findTwins } from "./twins.ts";

const disease = (id: string, name: string, more: Partial<DiseaseRecord> = {}): DiseaseRecord => ({ id, name, ...more });
const twins = (diseases: DiseaseRecord[], genes: GeneRecord[] = []) => Object.fromEntries(findTwins(diseases, genes));
/** Enough other names that a word of a disease's name says something. */
const others = Array.from({ length: 60 }, (_, i) =>
  disease(`OMIM:9${i}`, `Spastic paraplegia ${i + 30}, autosomal recessive`),
);

describe("twins of two registries", () => {
  it("have the same name, accents and plurals aside", () => {
    expect(twins([disease("OMIM:1", "Book syndrome"), disease("ORPHA:1", "Böök syndrome")])).toEqual({
      "ORPHA:1": "OMIM:1",
    });
  });

  it("or nearly the same name and a common gene, if they have the same number", () => {
    const given = [
      ...others,
      disease("OMIM:1", "Spastic paraplegia 20, autosomal recessive"),
      disease("ORPHA:1", "Autosomal recessive spastic paraplegia type 20"),
      disease("ORPHA:2", "Autosomal recessive spastic paraplegia type 21"),
      disease("ORPHA:3", "Autosomal recessive spastic paraplegia"),
    ];
    const genes = ["OMIM:1", "ORPHA:1", "ORPHA:2", "ORPHA:3"].map((id) => ({ gene: "NCBIGene:1", disease: id }));
    expect(twins(given, genes)).toEqual({ "ORPHA:1": "OMIM:1" });
  });

  it("or are the only entries of a gene in both", () => {
    const given = [...others, disease("OMIM:1", "Rafiq syndrome"), disease("ORPHA:1", "MAN1B1-CDG")];
    const genes = ["OMIM:1", "ORPHA:1"].map((id) => ({ gene: "NCBIGene:1", disease: id }));
    expect(twins(given, genes)).toEqual({ "ORPHA:1": "OMIM:1" });
    expect(
      twins([...given, disease("OMIM:2", "Another syndrome")], [...genes, { gene: "NCBIGene:1", disease: "OMIM:2" }]),
    ).toEqual({});
  });

  it("or refer to one another, which settles it against names too", () => {
    const given = [disease("OMIM:1", "Book syndrome"), disease("OMIM:2", "PHC syndrome")];
    const twin = (xrefs: string[]) => twins([...given, disease("ORPHA:1", "Book syndrome", { xrefs })]);
    expect(twin(["OMIM:2"])).toEqual({ "ORPHA:1": "OMIM:2" });
    expect(twin(["OMIM:1", "OMIM:2"])).toEqual({});
  });

  it("are one candidate with the findings, names and identifiers of both", () => {
    const { model } = compileModel({
      terms: [
        { id: "HP:1", label: "one" },
        { id: "HP:2", label: "two" },
      ],
      isA: [],
      diseases: [disease("OMIM:1", "Book syndrome"), disease("ORPHA:1", "Böök syndrome", { prevalence: 1e-6 })],
      annotations: [
        { disease: "OMIM:1", term: "HP:1", frequency: "2/3" },
        { disease: "ORPHA:1", term: "HP:1", frequency: "HP:0040281" },
        { disease: "ORPHA:1", term: "HP:2" },
      ],
      inheritance: [],
      onsets: [],
    });
    expect(model.size).toBe(1);
    expect(model.disease("ORPHA:1")).toBe(model.disease("OMIM:1"));
    expect(model.aliases(0)).toEqual(["Böök syndrome (ORPHA:1)"]);
    expect(model.diseases.prevalence[0]).toBe(1e-6);
    expect([...model.profiles.term].map((t) => model.termId(t))).toEqual(["HP:1", "HP:2"]);
  });
});
