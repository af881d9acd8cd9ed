import fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Entity } from "../../schemas/index.ts";
import { GraphStore } from "./graph.ts";
import { linkName, linkText } from "./linking.ts";

const folder = mkdtempSync(join(tmpdir(), "linking-"));
let graph: GraphStore;

const entity = (id: string, category: string, name: string, ...synonyms: string[]): Entity => ({
  id,
  category,
  name,
  synonyms,
});

const ENTITIES: Entity[] = [
  { ...entity("OMIM:154700", "Disease", "Marfan syndrome", "MFS"), xrefs: ["UMLS:C0024796"] },
  { ...entity("ORPHA:558", "Disease", "Marfan syndrome"), xrefs: ["UMLS:C0024796"] },
  entity("OMIM:301500", "Disease", "Fabry disease", "Anderson-Fabry disease"),
  entity("OMIM:219700", "Disease", "Cystic fibrosis"),
  entity("OMIM:306700", "Disease", "Hemophilia A"),
  entity("OMIM:222100", "Disease", "Diabetes mellitus type 1"),
  entity("OMIM:125853", "Disease", "Diabetes mellitus type 2"),
  entity("DIS:hf", "Disease", "heart failure", "cardiac failure"),
  entity("DIS:hfref", "Disease", "heart failure with reduced ejection fraction", "HFrEF"),
  entity("DIS:brca", "Disease", "breast cancer"),
  entity("UBERON:breast", "AnatomicalEntity", "breast"),
  entity("NCBIGene:2200", "Gene", "FBN1"),
  entity("NCBIGene:2717", "Gene", "GLA"),
  entity("NCBIGene:8085", "Gene", "CAN"),
  entity("NCBIGene:5978", "Gene", "REST"),
  entity("NCBIGene:1636", "Gene", "ACE"),
  entity("CLASS:acei", "DrugClass", "ACE inhibitor"),
  entity("DRUG:entresto", "Drug", "Entresto", "sacubitril/valsartan"),
  entity("DRUG:valsartan", "Drug", "valsartan"),
  entity("HP:0000118", "PhenotypicFeature", "Disease"),
  entity("HP:0001250", "PhenotypicFeature", "Seizure"),
  entity("HP:0001259", "PhenotypicFeature", "Trance"),
  entity("HP:0001083", "PhenotypicFeature", "Ectopia lentis", "Lens dislocation"),
  entity("HP:0001082", "PhenotypicFeature", "Cholesterol gallstones"),
  entity("TRIAL:paradigm", "ClinicalTrial", "PARADIGM-HF"),
  entity("ORG:bms", "Organization", "Bristol-Myers Squibb"),
];

beforeAll(() => {
  graph = new GraphStore(join(folder, "graph.db"));
  graph.putEntities(ENTITIES);
});
afterAll(() => {
  graph.close();
  rmSync(folder, { recursive: true });
});

const ids = (name: string, options = {}) => linkName(graph, name, options).map((m) => m.id);
const mentions = (text: string, options = {}) =>
  linkText(graph, text, options).map((m) => `${m.mention!.text} = ${m.id}`);

describe("linkName", () => {
  it("returns every bearer of a name: OMIM and Orphanet twins", () => {
    const matches = linkName(graph, "Marfan's syndrome");
    expect(matches.map((m) => m.id)).toEqual(["OMIM:154700", "ORPHA:558"]);
    expect(matches[0]).toMatchObject({ match: "exact", score: 1, matchedName: "Marfan syndrome", degree: 0 });
  });

  it("takes identifiers and shared cross-references", () => {
    expect(ids("OMIM:301500")).toEqual(["OMIM:301500"]);
    expect(ids("omim:301500")).toEqual(["OMIM:301500"]);
    expect(linkName(graph, "UMLS:C0024796").map((m) => [m.id, m.match])).toEqual([
      ["OMIM:154700", "identifier"],
      ["ORPHA:558", "identifier"],
    ]);
  });

  it.each([
    ["ACE inhibitors", "CLASS:acei", "exact"],
    ["haemophilia A", "OMIM:306700", "exact"],
    ["FBN-1", "NCBIGene:2200", "exact"],
    ["Fabri disease", "OMIM:301500", "fuzzy"],
    ["cystic fybrosis", "OMIM:219700", "fuzzy"],
    ["heartfailure", "DIS:hf", "fuzzy"],
    ["heart failure with reduced ejction fracton", "DIS:hfref", "fuzzy"],
    ["failure, cardiac", "DIS:hf", "fuzzy"],
    ["Fabry", "OMIM:301500", "prefix"],
    ["Squibb", "ORG:bms", "prefix"],
  ])("reads %s as %s (%s)", (name, id, match) => {
    expect(linkName(graph, name)[0]).toMatchObject({ id, match });
  });

  it("never takes one number for another", () => {
    expect(ids("diabetes mellitus type 2")).toEqual(["OMIM:125853"]);
    expect(linkName(graph, "diabetes mellitus type 3").filter((m) => m.match === "fuzzy")).toEqual([]);
  });

  it("keeps to the category asked for", () => {
    expect(ids("disease", { category: "Disease", upTo: "exact" })).toEqual([]);
    expect(ids("disease", { category: "PhenotypicFeature" })).toEqual(["HP:0000118"]);
  });

  it("finds a name with one wrong, missing, doubled or swapped letter before any other", () => {
    const names = ENTITIES.flatMap((e) => [e.name, ...e.synonyms!].map((name) => ({ name, id: e.id }))).filter(
      ({ name }) => name.length >= 8,
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.nat(),
        fc.nat(3),
        fc.constantFrom("a", "e", "i", "n", "o", "r", "s", "t"),
        (target, at, kind, letter) => {
          const { name, id } = target;
          const i = 1 + (at % (name.length - 2));
          fc.pre(
            /\p{L}/u.test(name[i]!) && /\p{L}/u.test(name[i + 1]!) && /\p{L}\p{L}/u.test(name.slice(i - 1, i + 1)),
          );
          const edited = [
            name.slice(0, i) + letter + name.slice(i + 1),
            name.slice(0, i) + name.slice(i + 1),
            name.slice(0, i) + letter + name.slice(i),
            name.slice(0, i) + name[i + 1]! + name[i]! + name.slice(i + 2),
          ][kind]!;
          expect(ids(edited)).toContain(id);
          expect(["exact", "fuzzy"]).toContain(linkName(graph, edited)[0]!.match);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("linkText", () => {
  it("finds the entities of a question with their spans", () => {
    const text = "Which gene is mutated in Marfan syndrome, and which other diseases does that gene cause?";
    const matches = linkText(graph, text);
    expect(matches.map((m) => m.id)).toEqual(["OMIM:154700", "ORPHA:558"]);
    for (const { mention } of matches) expect(text.slice(mention!.start, mention!.end)).toBe("Marfan syndrome");
  });

  it("prefers the longest name and hides those inside it", () => {
    expect(mentions("Does Entresto help in heart failure with reduced ejection fraction?")).toEqual([
      "Entresto = DRUG:entresto",
      "heart failure with reduced ejection fraction = DIS:hfref",
    ]);
    expect(mentions("sacubitril/valsartan or ACE inhibitors")).toEqual([
      "sacubitril/valsartan = DRUG:entresto",
      "ACE inhibitors = CLASS:acei",
    ]);
  });

  it("forgives small typos, also beside words that are names themselves", () => {
    expect(mentions("Can heart falure follow from cistic fibrosis?")).toEqual([
      "heart falure = DIS:hf",
      "cistic fibrosis = OMIM:219700",
    ]);
    expect(mentions("what treats breast cancr")).toEqual(["breast cancr = DIS:brca"]);
    expect(mentions("valsatran in marfen sindrome", { limit: 2 })).toEqual([
      "valsatran = DRUG:valsartan",
      "marfen sindrome = OMIM:154700",
    ]);
  });

  it("reads short symbols only in capitals", () => {
    expect(mentions("What can the rest of the genes do?")).toEqual([]);
    expect(mentions("What do REST and CAN do in glass?")).toEqual(["REST = NCBIGene:5978", "CAN = NCBIGene:8085"]);
    expect(mentions("Is GLA an ace among genes?")).toEqual(["GLA = NCBIGene:2717"]);
    expect(mentions("is fbn1 or FBN-1 right")).toEqual(["fbn1 = NCBIGene:2200", "FBN-1 = NCBIGene:2200"]);
  });

  it("completes a shortened proper name", () => {
    expect(mentions("Which drugs treat Fabry?")).toEqual(["Fabry = OMIM:301500"]);
    expect(mentions("Who founded Bristol-Myers?")).toEqual(["Bristol-Myers = ORG:bms"]);
    expect(mentions("is there a drug for fabry")).toEqual(["fabry = OMIM:301500"]);
    expect(mentions("What did PARADIGM show?")).toEqual(["PARADIGM = TRIAL:paradigm"]);
    expect(mentions("Cholesterol is a lipid.")).toEqual([]);
  });

  it("links a generic word only where nothing else is named", () => {
    expect(mentions("Which disease shows seizures?")).toEqual(["seizures = HP:0001250"]);
    expect(mentions("What is a disease?")).toEqual(["disease = HP:0000118"]);
  });

  it("does not make names of ordinary English", () => {
    for (const text of [
      "which gene causes this disease, and what treatment do patients of the company get in a drug trial?",
      "What is the capital of France?",
      "The mutated carriers presented without symptoms; the finding remains uncertain.",
    ]) {
      expect(linkText(graph, text).filter((m) => m.id !== "HP:0000118")).toEqual([]);
    }
  });

  it("takes identifiers out of a text", () => {
    expect(mentions("Tell me about OMIM:154700 and HP:0001083.")).toEqual([
      "OMIM:154700 = OMIM:154700",
      "HP:0001083 = HP:0001083",
    ]);
  });

  it("survives anything, with spans that hold", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 400 }), fc.lorem({ maxCount: 60 })), (text) => {
        linkName(graph, text);
        for (const { mention } of linkText(graph, text)) {
          expect(text.slice(mention!.start, mention!.end)).toBe(mention!.text);
        }
      }),
      { numRuns: 300 },
    );
    expect(linkText(graph, "Fabry ".repeat(50_000)).length).toBeLessThanOrEqual(50);
  });
});
