/** Every HPO, OMIM, Orphanet and gene identifier of the starter, with its label and its facts, against the release itself. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { readStarter } from "./read.ts";

const RELEASE = join(import.meta.dirname, "../../../../shared/data/hpo");
const absent = !existsSync(RELEASE);
if (absent) console.warn(`SKIPPED: the starter's identifiers were not checked, since ${RELEASE} is absent`);

const lines = (name: string) =>
  gunzipSync(readFileSync(join(RELEASE, name)))
    .toString("utf8")
    .split("\n");
const curie = (iri: string) => iri.slice(iri.lastIndexOf("/") + 1).replace("_", ":");

/** Known gaps of the gene table: it lists PAH under Orphanet's entry for phenylketonuria only. */
const NOT_IN_GENE_TABLE = new Set(["NCBIGene:5053 OMIM:261600"]);

describe.skipIf(absent)("identifiers of the starter", () => {
  const records = readStarter();
  const entities = records.flatMap((r) => (r.type === "entity" ? [r.entity] : []));
  const relations = records.flatMap((r) => (r.type === "relation" ? [r.relation] : []));
  const labels = new Map<string, string>();
  const parents = new Map<string, string[]>();
  const diseaseNames = new Map<string, Set<string>>();
  /** "disease term" → how often, as each row gives it. */
  const annotations = new Map<string, Set<string>>();
  const symbols = new Map<string, string>();
  const genePairs = new Set<string>();

  beforeAll(() => {
    const { graphs } = JSON.parse(lines("hp.v2024-04-26.json.gz").join("\n")) as {
      graphs: {
        nodes: { id: string; lbl?: string; meta?: { deprecated?: boolean } }[];
        edges: { sub: string; pred: string; obj: string }[];
      }[];
    };
    for (const { id, lbl, meta } of graphs[0]!.nodes) if (lbl && !meta?.deprecated) labels.set(curie(id), lbl);
    for (const { sub, pred, obj } of graphs[0]!.edges) {
      if (pred === "is_a") parents.set(curie(sub), [...(parents.get(curie(sub)) ?? []), curie(obj)]);
    }
    for (const line of lines("phenotype.hpoa.gz")) {
      if (line.startsWith("#") || !line) continue;
      const [disease, name, not, term, , , , frequency] = line.split("\t");
      diseaseNames.set(disease!, (diseaseNames.get(disease!) ?? new Set()).add(name!.toLowerCase()));
      if (not) continue;
      const key = `${disease} ${term}`;
      annotations.set(key, (annotations.get(key) ?? new Set()).add(frequency!));
    }
    for (const line of lines("genes_to_phenotype.txt.gz")) {
      if (line.startsWith("#") || !line) continue;
      const [gene, symbol, , , , , , , disease] = line.split("\t");
      symbols.set(`NCBIGene:${gene}`, symbol!);
      genePairs.add(`NCBIGene:${gene} ${disease}`);
    }
  });

  test("HPO terms carry their exact, current labels", () => {
    const terms = entities.filter(({ id }) => id.startsWith("HP:"));
    expect(terms.length).toBeGreaterThan(300);
    expect(terms.filter(({ id, name }) => labels.get(id) !== name)).toEqual([]);
  });

  test("diseases carry the name that the annotations give them, as name or synonym", () => {
    const diseases = entities.filter(({ id }) => /^(OMIM|ORPHA):/.test(id));
    expect(diseases.length).toBeGreaterThan(40);
    const wrong = diseases.filter(({ id, name, synonyms = [] }) =>
      [name, ...synonyms].every((known) => !diseaseNames.get(id)?.has(known.toLowerCase())),
    );
    expect(wrong).toEqual([]);
  });

  test("genes carry their symbols", () => {
    const genes = entities.filter(({ category }) => category === "Gene");
    expect(genes.filter(({ id, name }) => symbols.get(id) !== name)).toEqual([]);
  });

  test("a gene that causes a disease is listed with it", () => {
    const pairs = relations
      .filter(({ predicate, object }) => predicate === "causes" && !object.startsWith("STARTER:"))
      .map(({ subject, object }) => `${subject} ${object}`);
    expect(pairs.filter((pair) => !genePairs.has(pair) && !NOT_IN_GENE_TABLE.has(pair))).toEqual([]);
  });

  test("what a note says in the name of the annotations stands in them, with that frequency", () => {
    const titles = new Map(
      records.flatMap((r) => (r.type === "document" ? [[r.document.id, r.document.publisher]] : [])),
    );
    const said = relations.filter(
      ({ evidence }) => titles.get(evidence[0]!.document) === "Human Phenotype Ontology annotations",
    );
    expect(said.length).toBeGreaterThan(400);
    const wrong = said.filter(({ subject, object, qualifiers }) => {
      const known = annotations.get(`${subject} ${object}`);
      const frequency = qualifiers?.clinical?.frequency;
      return !known || (frequency !== undefined && !known.has(frequency));
    });
    expect(wrong).toEqual([]);
  });

  test("a kind of finding is an ancestor in the ontology", () => {
    const kinds = relations.filter(
      ({ predicate, subject }) => predicate === "subclass_of" && subject.startsWith("HP:"),
    );
    expect(kinds.length).toBeGreaterThan(300);
    expect(kinds.filter(({ subject, object }) => !ancestorsOf(subject, parents).has(object))).toEqual([]);
  });
});

function ancestorsOf(id: string, parents: ReadonlyMap<string, string[]>): Set<string> {
  const found = new Set<string>();
  const open = [id];
  while (open.length > 0) {
    for (const parent of parents.get(open.pop()!) ?? []) {
      if (found.has(parent)) continue;
      found.add(parent);
      open.push(parent);
    }
  }
  return found;
}
