/**
 * The Human Phenotype Ontology with its annotations as records: terms and their hierarchy, diseases, genes, one
 * document a disease with a sentence for every row, and relations that quote these sentences.
 */
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Entity, KnowledgeRecord } from "../../../schemas/index.ts";
import { readAnnotations } from "./hpo/annotations.ts";
import { diseaseRecords, HPO_LICENCE } from "./hpo/disease.ts";
import { readGenes } from "./hpo/genes.ts";
import { readPrevalences } from "./hpo/orphanet.ts";
import { onsetTerms, readOntology, termKinds, type Ontology } from "./hpo/ontology.ts";
import type { Source, SourceContext } from "./source.ts";
import { oneLine, StatementDocuments } from "./statement-documents.ts";

export const hpo: Source = {
  kind: "hpo",
  describe:
    "Human Phenotype Ontology: a folder with hp*.json or hp*.obo, phenotype.hpoa and genes_to_phenotype.txt; Orphanet's en_product9_prev.xml adds prevalences",
  read: readHpo,
};

interface HpoFiles {
  ontology: string;
  /** Absent where the path was the ontology alone. */
  annotations?: { phenotypes: string; genes: string };
  /** Orphanet's epidemiology, where it lies beside them. */
  prevalences?: string;
}

/**
 * Reads a folder with the three files of a release (any version in their names, plain or `.gz`), or the ontology file
 * alone. Rows that cannot be used are told to `context` and left out.
 * @throws Error that names what is missing, torn, or not what its name says
 */
export async function* readHpo(path: string, context: SourceContext): AsyncGenerator<KnowledgeRecord> {
  const files = await locate(path);
  const ontology = await readOntology(files.ontology);
  if (!files.annotations) {
    context.about(about(ontology));
    yield* ontologyRecords(ontology);
    return;
  }
  const { released, diseases } = await readAnnotations(files.annotations.phenotypes, ontology, context);
  const genes = await readGenes(files.annotations.genes, context);
  context.about(about(ontology, released));
  yield* ontologyRecords(ontology);

  const prevalences = files.prevalences ? await readPrevalences(files.prevalences, context) : undefined;
  const onsets = onsetTerms(ontology);
  const known = new Set<string>();
  for (const disease of diseases.values()) {
    const ofDisease = genes.get(disease.id) ?? [];
    for (const { id, symbol } of ofDisease) {
      if (known.has(id)) continue;
      known.add(id);
      yield { type: "entity", entity: { id, name: symbol, category: "Gene" } };
    }
    yield* diseaseRecords(disease, ofDisease, {
      ontology,
      onsets,
      ...(released ? { released } : {}),
      prevalence: prevalences?.get(disease.id),
    });
  }
  for (const id of genes.keys()) {
    if (diseases.has(id)) continue;
    context.problem({ file: files.annotations.genes, reason: `${id} has genes but no annotation, so no name` });
  }
}

function about(ontology: Ontology, released?: string) {
  const parts = [ontology.version && `ontology ${ontology.version}`, released && `annotations ${released}`].filter(
    (part) => part !== undefined,
  );
  return { licence: HPO_LICENCE, ...(parts.length > 0 ? { version: parts.join(", ") } : {}) };
}

function* ontologyRecords(ontology: Ontology): Generator<KnowledgeRecord> {
  const kinds = termKinds(ontology);
  for (const { id, name, synonyms, alternatives, definition } of ontology.terms.values()) {
    const entity: Entity = { id, name, category: kinds.get(id)! };
    if (synonyms.length > 0) entity.synonyms = synonyms;
    if (alternatives.length > 0) entity.xrefs = alternatives;
    if (definition) entity.description = definition;
    yield { type: "entity", entity };
  }
  // What the release says of a term's place is a line of a document too, so that it can be cited like anything else.
  const said = new StatementDocuments({
    id: "HPO:terms",
    title: ["Human Phenotype Ontology", ontology.version].filter(Boolean).join(" "),
    publisher: "Human Phenotype Ontology",
    licence: HPO_LICENCE,
    ...(ontology.version ? { published: ontology.version } : {}),
  });
  for (const { id, name, parents } of ontology.terms.values()) {
    for (const parent of parents) {
      const above = ontology.terms.get(parent);
      if (!above) continue;
      const line = oneLine(`${name} (${id}) is a kind of ${above.name} (${parent}).`);
      yield* said.add({ relation: { subject: id, predicate: "subclass_of", object: parent, evidence: [] }, line });
    }
  }
  yield* said.finish();
}

const ONTOLOGY = /^hp\b.*\.(json|obo)(\.gz)?$/i;
const PHENOTYPES = /^phenotype.*\.hpoa(\.gz)?$/i;
const PREVALENCES = /^en_product9.*\.xml(\.gz)?$/i;
const GENES = /^genes_to_phenotype.*\.txt(\.gz)?$/i;

async function locate(path: string): Promise<HpoFiles> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new Error(`${path}: there is no such file or folder`);
  if (!found.isDirectory()) {
    if (ONTOLOGY.test(basename(path))) return { ontology: path };
    throw new Error(
      `${path}: is not an ontology (hp*.json, hp*.obo); give the folder that holds the ontology, phenotype.hpoa and genes_to_phenotype.txt`,
    );
  }
  const names = await readdir(path);
  const ontology = best(names, ONTOLOGY);
  const phenotypes = best(names, PHENOTYPES);
  const genes = best(names, GENES);
  const prevalences = best(names, PREVALENCES);
  if (!ontology || !phenotypes || !genes) {
    const missing = [
      !ontology && "the ontology (hp.json or hp.obo)",
      !phenotypes && "the annotations (phenotype.hpoa)",
      !genes && "the gene table (genes_to_phenotype.txt)",
    ].filter(Boolean);
    throw new Error(
      `${path}: ${missing.join(" and ")} is missing; each may be gzipped and carry a version in its name`,
    );
  }
  return {
    ontology: join(path, ontology),
    annotations: { phenotypes: join(path, phenotypes), genes: join(path, genes) },
    ...(prevalences ? { prevalences: join(path, prevalences) } : {}),
  };
}

/** Of several that fit: the plain edition before hp-base and hp-full, JSON before OBO, the highest version. */
function best(names: readonly string[], pattern: RegExp): string | undefined {
  return names
    .filter((name) => pattern.test(name))
    .toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b, "en", { numeric: true }))
    .at(-1);
}

function rank(name: string): number {
  return (/^hp-[a-z]/i.test(name) ? 0 : 2) + (/\.json/i.test(name) ? 1 : 0);
}
