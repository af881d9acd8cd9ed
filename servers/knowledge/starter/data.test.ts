/** What the shipped starter must hold: enough of everything, well connected, and the showcase hop by hop. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { documentText, PREDICATES, type Predicate } from "../../../schemas/index.ts";
import { dataFolder } from "./data-folder.ts";
import { readStarter, sourceFiles } from "./read.ts";

const records = readStarter();
const entities = records.flatMap((r) => (r.type === "entity" ? [r.entity] : []));
const relations = records.flatMap((r) => (r.type === "relation" ? [r.relation] : []));
const documents = new Map(
  records.flatMap((r) => (r.type === "document" ? [[r.document.id, r.document] as const] : [])),
);
const byId = new Map(entities.map((entity) => [entity.id, entity]));
const idOf = new Map(entities.map(({ name, category, id }) => [`${category} ${name}`, id]));

function id(category: string, name: string): string {
  const found = idOf.get(`${category} ${name}`);
  if (!found) throw new Error(`the starter has no ${category} called ${name}`);
  return found;
}

const fits = (allowed: readonly string[], end: string) =>
  allowed.length === 0 || allowed.includes(byId.get(end)!.category);

/** Evidence of a statement, over all relations that make it whatever their qualifiers. */
function evidenceOf(subject: string, predicate: string, object: string) {
  return relations
    .filter((r) => r.subject === subject && r.predicate === predicate && r.object === object && !r.negated)
    .flatMap(({ evidence }) => evidence);
}

test.each([
  ["Disease", 40],
  ["Drug", 60],
  ["Gene", 30],
  ["Organization", 30],
  ["ClinicalTrial", 30],
  ["Guideline", 15],
])("there are enough entities of category %s: %i", (category, least) => {
  expect(entities.filter((entity) => entity.category === category).length).toBeGreaterThanOrEqual(least);
});

test("there are at least 180 notes of many kinds, each with who says it", () => {
  const notes = [...documents.values()].filter(({ id }) => !id.startsWith("NOTE:hpo-"));
  expect(notes.length).toBeGreaterThanOrEqual(180);
  expect(notes.every(({ publisher }) => publisher)).toBe(true);
  const kinds = Object.groupBy(notes, ({ publicationTypes }) => publicationTypes![0]!);
  for (const kind of [
    "Drug Label",
    "Practice Guideline",
    "Randomized Controlled Trial",
    "Review",
    "Company Statement",
  ]) {
    expect(kinds[kind]?.length ?? 0, kind).toBeGreaterThanOrEqual(10);
  }
});

test("every statement is quoted verbatim from a note, between two entities that its predicate takes", () => {
  for (const { subject, predicate, object, evidence } of relations) {
    const takes: Predicate = PREDICATES[predicate as keyof typeof PREDICATES];
    expect(fits(takes.subject, subject) && fits(takes.object, object), predicate).toBe(true);
    expect(evidence.length).toBeGreaterThan(0);
    for (const { document, quote } of evidence) expect(documentText(documents.get(document)!)).toContain(quote);
  }
});

test("every disease has at least four findings, and every entity a relation", () => {
  const findings = Map.groupBy(
    relations.filter(({ predicate }) => predicate === "has_phenotype"),
    ({ subject }) => subject,
  );
  const poor = entities.filter(
    ({ id, category }) => category === "Disease" && new Set(findings.get(id)?.map(({ object }) => object)).size < 4,
  );
  expect(poor.map(({ name }) => name)).toEqual([]);
  const connected = new Set(relations.flatMap(({ subject, object }) => [subject, object]));
  expect(entities.filter(({ id }) => !connected.has(id)).map(({ name }) => name)).toEqual([]);
});

test("the sources are found from compiled code as well", () => {
  const compiled = join(dataFolder(), "../../../../dist/servers/knowledge/starter");
  expect(dataFolder(compiled)).toBe(dataFolder());
});

test("no identifier that could not be checked is given", () => {
  const text = sourceFiles(dataFolder())
    .map((name) => readFileSync(join(dataFolder(), name), "utf8"))
    .join("\n");
  expect(text).not.toMatch(/\bPM(?:ID|C):?\s?\d|\bNCT\d|\bNDA:?\s?\d|\bRx(?:Norm|CUI):?\s?\d|\bdoi\b|https?:/i);
  const prefixes = new Set(entities.map(({ id }) => id.split(":")[0]!));
  expect([...prefixes].toSorted()).toEqual(["HP", "NCBIGene", "OMIM", "ORPHA", "STARTER"]);
  expect(entities.every(({ xrefs }) => xrefs === undefined)).toBe(true);
});

describe("the showcase: from a merger to the mechanism of a heart-failure drug", () => {
  const novartis = id("Organization", "Novartis");
  const entresto = id("Drug", "Entresto");
  const sacubitril = id("Drug", "sacubitril");
  const valsartan = id("Drug", "valsartan");
  test.each([
    ["Novartis was formed from Ciba-Geigy", novartis, "formed_by_merger_of", id("Organization", "Ciba-Geigy"), 2],
    ["Novartis was formed from Sandoz", novartis, "formed_by_merger_of", id("Organization", "Sandoz"), 2],
    ["Novartis markets Entresto", entresto, "manufactured_by", novartis, 2],
    ["Entresto treats heart failure", entresto, "treats", id("Disease", "heart failure"), 2],
    ["Entresto contains sacubitril", entresto, "has_active_ingredient", sacubitril, 2],
    ["Entresto contains valsartan", entresto, "has_active_ingredient", valsartan, 2],
    ["sacubitril becomes sacubitrilat", sacubitril, "has_metabolite", id("Drug", "sacubitrilat"), 2],
    ["sacubitril inhibits neprilysin", sacubitril, "inhibits", id("Protein", "neprilysin"), 2],
    ["valsartan blocks its receptor", valsartan, "antagonizes", id("Protein", "angiotensin II type 1 receptor"), 2],
    ["PARADIGM-HF tested it", id("ClinicalTrial", "PARADIGM-HF"), "studies_intervention", entresto, 2],
    ["against enalapril", id("ClinicalTrial", "PARADIGM-HF"), "has_comparator", id("Drug", "enalapril"), 2],
    [
      "neprilysin degrades natriuretic peptides",
      id("Protein", "neprilysin"),
      "affects_process",
      id("BiologicalProcess", "natriuretic peptide degradation"),
      1,
    ],
    [
      "the receptor drives vasoconstriction",
      id("Protein", "angiotensin II type 1 receptor"),
      "affects_process",
      id("BiologicalProcess", "vasoconstriction"),
      1,
    ],
  ])("%s", (_, subject, predicate, object, sources) => {
    const evidence = evidenceOf(subject, predicate, object);
    expect(new Set(evidence.map(({ document }) => document)).size).toBeGreaterThanOrEqual(sources);
  });
});

test.each([
  [
    ["Disease Fabry disease", "causes"],
    ["Gene GLA", "has_gene_product"],
    ["Protein alpha-galactosidase A", "replaces"],
    ["Drug agalsidase beta", "manufactured_by"],
    "Organization Genzyme",
  ],
  [
    ["Disease cystic fibrosis", "causes"],
    ["Gene CFTR", "has_gene_product"],
    ["Protein CFTR chloride channel", "activates"],
    ["Drug ivacaftor", "manufactured_by"],
    "Organization Vertex Pharmaceuticals",
  ],
  [
    ["Disease neurofibromatosis type 1", "treats"],
    ["Drug selumetinib", "inhibits"],
    ["Protein MEK", "affects_process"],
    "BiologicalProcess RAS-MAPK signalling",
  ],
  [
    ["Disease familial hypercholesterolemia 3", "causes"],
    ["Gene PCSK9", "has_gene_product"],
    ["Protein PCSK9 protein", "inhibits"],
    ["Drug evolocumab", "manufactured_by"],
    "Organization Amgen",
  ],
  [
    ["Disease chronic myeloid leukemia", "causes"],
    ["Gene ABL1", "has_gene_product"],
    ["Protein BCR-ABL1 fusion protein", "inhibits"],
    ["Drug imatinib", "manufactured_by"],
    "Organization Novartis",
  ],
  [
    ["Disease spinal muscular atrophy type I", "treats"],
    ["Drug onasemnogene abeparvovec", "developed_by"],
    ["Organization AveXis", "acquired"],
    "Organization Novartis",
  ],
])("a chain from %s", (...chain) => {
  const nodes = chain.map((step) => (Array.isArray(step) ? step[0]! : step));
  for (let i = 0; i + 1 < nodes.length; i++) {
    const [a, b] = [idOf.get(nodes[i]!)!, idOf.get(nodes[i + 1]!)!];
    const predicate = (chain[i] as string[])[1]!;
    expect(
      [...evidenceOf(a, predicate, b), ...evidenceOf(b, predicate, a)],
      `${nodes[i]} – ${nodes[i + 1]}`,
    ).not.toEqual([]);
  }
});

test("an older recommendation and the one that contradicts it are both there", () => {
  const aspirin = id("Drug", "aspirin");
  const says = (guideline: string) =>
    relations.filter(({ subject, object }) => subject === id("Guideline", guideline) && object === aspirin);
  expect(says("2016 USPSTF aspirin recommendation")[0]?.negated).toBeUndefined();
  expect(says("2022 USPSTF aspirin recommendation")[0]?.negated).toBe(true);
});
