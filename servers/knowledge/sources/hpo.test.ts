/** Two small releases written by hand: one in the forms of 2023 (JSON, old gene table), one in those of 2025 (OBO, new table). */
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { documentText, KnowledgeRecord, type Document, type Entity, type Relation } from "../../../schemas/index.ts";
import { readHpo } from "./hpo.ts";
import type { Problem } from "./source.ts";

const RELEASE_2023 = join(import.meta.dirname, "testing/hpo-2023");
const RELEASE_2025 = join(import.meta.dirname, "testing/hpo-2025");
const REAL = join(import.meta.dirname, "../../../../shared/data/hpo");

interface Read {
  entities: Map<string, Entity>;
  documents: Map<string, Document>;
  relations: Relation[];
  problems: Problem[];
  about: { version?: string; licence?: string };
}

async function read(path: string, check?: (record: KnowledgeRecord, sofar: Read) => void): Promise<Read> {
  const result: Read = { entities: new Map(), documents: new Map(), relations: [], problems: [], about: {} };
  const context = {
    problem: (p: Problem) => result.problems.push(p),
    about: (facts: object) => (result.about = facts),
  };
  for await (const record of readHpo(path, context)) {
    check?.(record, result);
    if (record.type === "entity") result.entities.set(record.entity.id, record.entity);
    else if (record.type === "document") result.documents.set(record.document.id, record.document);
    else if (record.type === "relation") result.relations.push(record.relation);
  }
  return result;
}

/** What every reader of the records may rely on. */
function sound(record: KnowledgeRecord, { entities, documents }: Read): void {
  expect(KnowledgeRecord.parse(record)).toEqual(record);
  if (record.type !== "relation") return;
  const { subject, object, predicate, evidence } = record.relation;
  const [from, to] = [entities.get(subject), entities.get(object)];
  if (!from || !to) throw new Error(`${subject} ${predicate} ${object}: an end comes later or never`);
  for (const { document, quote } of evidence) {
    expect(documentText(documents.get(document)!).split("\n")).toContain(quote);
    expect(quote).toContain(from.name);
    expect(quote).toContain(to.name);
  }
  expect(evidence).toHaveLength(1);
}

describe("a release in the forms of 2023", () => {
  let release: Read;
  beforeAll(async () => {
    release = await read(RELEASE_2023, sound);
  });
  const relation = (subject: string, object: string) =>
    release.relations.find((r) => r.subject === subject && r.object === object);

  it("gives terms with exact and related synonyms, their definition, and the identifiers that they took over", () => {
    expect(release.entities.get("HP:0001083")).toEqual({
      id: "HP:0001083",
      name: "Ectopia lentis",
      category: "PhenotypicFeature",
      synonyms: ["Lens dislocation", "Displaced lens"],
      description: 'Dislocation of the lens of the eye, also called "luxation".',
      xrefs: ["HP:0000665"],
    });
    expect(release.entities.get("HP:0008665")!.xrefs).toEqual(["HP:0000057", "HP:0000058"]);
    expect(release.entities.has("HP:0000057")).toBe(false);
    expect(relation("HP:0001083", "HP:0000118")).toMatchObject({
      predicate: "subclass_of",
      evidence: [
        {
          document: "HPO:terms-1",
          quote: "Ectopia lentis (HP:0001083) is a kind of Phenotypic abnormality (HP:0000118).",
        },
      ],
    });
  });

  it("sorts terms by their subtree", () => {
    const categories = Object.groupBy(release.entities.values(), (entity) => entity.category);
    expect(categories["InheritanceMode"]!.map((e) => e.id)).toEqual(["HP:0000005", "HP:0000006"]);
    expect(categories["ClinicalModifier"]!.map((e) => e.name)).toEqual(
      expect.arrayContaining(["All", "Severe", "Childhood onset", "Frequent"]),
    );
    expect(categories["PhenotypicFeature"]).toHaveLength(5);
  });

  it("maps no term that was split, and none that was withdrawn", () => {
    const xrefs = [...release.entities.values()].flatMap((entity) => entity.xrefs ?? []);
    expect(xrefs).not.toContain("HP:0009999");
    expect(xrefs).not.toContain("HP:0012384");
  });

  it("takes OMIM's headings apart, and keeps one disease of two databases apart", () => {
    expect(release.entities.get("OMIM:154700")).toMatchObject({ name: "Marfan syndrome", synonyms: ["MFS"] });
    expect(release.entities.get("ORPHA:558")).toMatchObject({ name: "Marfan syndrome", category: "Disease" });
  });

  it("gives each disease one document, a sentence a row", () => {
    const document = release.documents.get("HPOA:OMIM-154700")!;
    expect(document).toMatchObject({
      title: "Marfan syndrome (OMIM:154700): HPO annotations",
      published: "2023-01-27",
      publisher: "Human Phenotype Ontology",
      publicationTypes: ["Curated Database"],
    });
    expect(documentText(document)).toBe(`Marfan syndrome (OMIM:154700): HPO annotations

Genes
FBN1 is associated with Marfan syndrome (OMIM:154700) [mim2gene].

Inheritance
The mode of inheritance of Marfan syndrome is Autosomal dominant inheritance (HP:0000006) [PMID:3; PCS].

Onset and course
Childhood onset (HP:0011463) is observed in 3/5 patients with Marfan syndrome [PMID:1; PCS].
Progressive (HP:0003676) describes the course of Marfan syndrome [OMIM:154700; TAS].

Clinical features
Ectopia lentis (HP:0001083) is observed in 45/60 patients with Marfan syndrome [PMID:1, PMID:2; PCS].
Clitoral hypertrophy (HP:0008665) is observed in 2/7 female patients with Marfan syndrome; onset: Childhood onset (HP:0011463); modifier: Severe (HP:0012828) [PMID:1; PCS].

Excluded features
Short stature (HP:0004322) is not a feature of Marfan syndrome [OMIM:154700; TAS].`);
  });

  it("keeps frequency, sex, onset, modifier and references with the relation, under the living identifier", () => {
    expect(relation("OMIM:154700", "HP:0008665")).toMatchObject({
      predicate: "has_phenotype",
      qualifiers: {
        temporal: { onset: "HP:0011463" },
        clinical: { frequency: "2/7", sex: "female", modifier: "HP:0012828" },
      },
    });
    expect(relation("OMIM:154700", "HP:0001083")!.evidence[0]).toMatchObject({
      references: ["PMID:1", "PMID:2"],
      knowledgeLevel: "observation",
    });
    expect(relation("OMIM:154700", "HP:0000006")!.predicate).toBe("has_mode_of_inheritance");
    expect(relation("OMIM:154700", "HP:0011463")!.predicate).toBe("has_onset");
    expect(relation("OMIM:154700", "HP:0003676")!.predicate).toBe("has_clinical_course");
  });

  it("never asserts what a row denies: NOT, the frequency Excluded, none of nine", () => {
    expect(relation("OMIM:154700", "HP:0004322")!.negated).toBe(true);
    expect(relation("ORPHA:558", "HP:0004322")!.negated).toBe(true);
    expect(relation("ORPHA:558", "HP:0002616")).toMatchObject({
      negated: true,
      evidence: [{ quote: expect.stringContaining("0/9 patients"), agent: "automated_agent" }],
    });
    expect(relation("ORPHA:558", "HP:0001083")!.negated).toBeUndefined();
  });

  it("joins each gene to each of its diseases once", () => {
    const pairs = release.relations.filter((r) => r.predicate === "gene_associated_with_condition");
    expect(pairs.map((r) => `${r.subject} ${r.object}`)).toEqual([
      "NCBIGene:2200 OMIM:154700",
      "NCBIGene:2200 ORPHA:558",
      "NCBIGene:7048 ORPHA:558",
    ]);
    expect(release.entities.get("NCBIGene:2200")).toEqual({ id: "NCBIGene:2200", name: "FBN1", category: "Gene" });
  });

  it("skips rows that cannot be used and says which, and why", () => {
    expect(release.problems).toEqual([
      { file: join(RELEASE_2023, "phenotype.hpoa"), line: 6, reason: "3 columns instead of 12" },
      {
        file: join(RELEASE_2023, "phenotype.hpoa"),
        line: 7,
        reason: "HP:0012384 is not in this release of the ontology",
      },
      expect.objectContaining({ reason: expect.stringContaining("OMIM:999999") }),
    ]);
  });
});

function terms({ entities }: Read): Entity[] {
  return [...entities.values()].filter((entity) => entity.id.startsWith("HP:"));
}

describe("a release in the forms of 2025", () => {
  it("gives the same terms from OBO as from JSON", async () => {
    const [older, newer] = [await read(RELEASE_2023), await read(RELEASE_2025, sound)];
    expect(terms(newer)).toEqual(terms(older));
    expect(newer.about.version).toBe("ontology 2025-01-16, annotations 2025-01-16");
  });

  it("reads the newer tables, with Windows' line ends", async () => {
    const { documents, problems } = await read(RELEASE_2025);
    expect(documents.get("HPOA:ORPHA-558")!.sections).toEqual([
      { label: "Genes", text: "FBN1 is associated with Marfan syndrome (ORPHA:558) [HPO gene table]." },
      {
        label: "Clinical features",
        text: "Ectopia lentis (HP:0001083) is a frequent feature (HP:0040282) of Marfan syndrome [ORPHA:558; TAS].",
      },
      {
        label: "Excluded features",
        text:
          "Short stature (HP:0004322) is an excluded feature (HP:0040285) of Marfan syndrome [ORPHA:558; TAS].\n" +
          "Aortic root aneurysm (HP:0002616) is observed in 0/9 patients with Marfan syndrome [PMID:1; IEA].",
      },
    ]);
    expect(problems).toEqual([expect.objectContaining({ line: 4 })]);
  });
});

describe("files that are not as they should be", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "hpo-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const put = (name: string) => copyFileSync(join(RELEASE_2025, name), join(folder, name));

  it("names what is missing, then reads what is there, gzipped or not", async () => {
    put("hp.obo");
    await expect(read(folder)).rejects.toThrow(
      "the annotations (phenotype.hpoa) and the gene table (genes_to_phenotype.txt) is missing",
    );
    put("genes_to_phenotype.txt");
    const annotations = readFileSync(join(RELEASE_2025, "phenotype.hpoa"));
    writeFileSync(join(folder, "phenotype.v2.hpoa.gz"), gzipSync(annotations));
    expect((await read(folder)).documents.size).toBe(3);
    writeFileSync(join(folder, "phenotype.v10.hpoa.gz"), gzipSync(annotations).subarray(0, 100));
    await expect(read(folder)).rejects.toThrow(/phenotype\.v10\.hpoa\.gz: the gzip file is cut off/);
  });

  it("reads the ontology alone, and says what else a single table needs", async () => {
    const { entities, documents } = await read(join(RELEASE_2025, "hp.obo"));
    expect([entities.size, documents.size]).toEqual([17, 1]);
    await expect(read(join(RELEASE_2025, "phenotype.hpoa"))).rejects.toThrow("give the folder that holds the ontology");
    await expect(read(join(folder, "nothing"))).rejects.toThrow("there is no such file or folder");
  });

  it("gives up on a table that is something else", async () => {
    for (const name of ["hp.obo", "genes_to_phenotype.txt"]) put(name);
    writeFileSync(join(folder, "phenotype.v11.hpoa"), "<html>\nnot found\n".repeat(600));
    await expect(read(folder)).rejects.toThrow(/more than 1000 unusable rows/);
    writeFileSync(join(folder, "phenotype.v11.hpoa"), "<html>\n");
    await expect(read(folder)).rejects.toThrow("holds no annotation");
  });
});

describe.skipIf(!existsSync(REAL))("the real release (needs ../shared/data/hpo)", () => {
  it("gives every term, disease, gene and row, each quote in its document", async () => {
    const lines = new Map<string, Set<string>>();
    const release = await read(REAL, (record) => {
      if (record.type === "document") {
        lines.set(record.document.id, new Set(documentText(record.document).split("\n")));
      } else if (record.type === "relation") {
        for (const { document, quote } of record.relation.evidence) {
          if (!lines.get(document)!.has(quote)) throw new Error(`${document} does not say: ${quote}`);
        }
      }
    });
    expect(terms(release)).toHaveLength(18_537);
    expect(release.documents.size).toBe(12_836);
    const rows = release.relations.filter((r) => !/^(subclass_of|gene_)/.test(r.predicate));
    expect(rows).toHaveLength(253_363);
    expect(release.problems).toHaveLength(12);
    expect(documentText(release.documents.get("HPOA:OMIM-154700")!)).toContain(
      "FBN1 is associated with Marfan syndrome (OMIM:154700) [mim2gene].",
    );
  });
});
