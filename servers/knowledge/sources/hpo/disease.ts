/** One disease of the HPO's tables as records: itself, its document, and relations that quote the document's lines. */
import type { Document, KnowledgeRecord, Qualifiers, Relation } from "../../../../schemas/index.ts";
import type { AnnotatedDisease, Annotation } from "./annotations.ts";
import type { DiseaseGene } from "./genes.ts";
import { diseaseName } from "./names.ts";
import type { Prevalence } from "./orphanet.ts";
import type { Ontology } from "./ontology.ts";
import { annotationSentence, geneSentence, saysAbsent } from "./sentences.ts";

export const HPO_LICENCE = "HPO licence (https://hpo.jax.org/app/license)";

export interface DiseaseContext {
  ontology: Ontology;
  onsets: ReadonlySet<string>;
  /** ISO date of the annotation release. */
  released?: string;
  /** How many people have the disease. */
  prevalence?: Prevalence | undefined;
}

const SECTIONS = ["Genes", "Inheritance", "Onset and course", "Clinical features", "Excluded features"] as const;
type SectionLabel = (typeof SECTIONS)[number];

/** `HPOA:OMIM-154700` for `OMIM:154700`. */
function annotationDocumentId(disease: string): string {
  return `HPOA:${disease.replace(":", "-")}`;
}

/** The disease first, then its document, then its relations; genes are the caller's, who yields each once. */
export function* diseaseRecords(
  disease: AnnotatedDisease,
  genes: readonly DiseaseGene[],
  context: DiseaseContext,
): Generator<KnowledgeRecord> {
  const { name, synonyms } = diseaseName(disease.id, disease.names);
  const entity = { id: disease.id, name, category: "Disease" };
  const { prevalence } = context;
  const attributes = prevalence && { prevalence: prevalence.share, prevalenceStatement: prevalence.statement };
  yield {
    type: "entity",
    entity: { ...entity, ...(synonyms.length > 0 ? { synonyms } : {}), ...(attributes ? { attributes } : {}) },
  };

  const document = annotationDocumentId(disease.id);
  const lines = new Map<SectionLabel, Set<string>>(SECTIONS.map((label) => [label, new Set()]));
  const relations: Relation[] = [];
  for (const gene of genes) {
    const quote = geneSentence(gene, entity);
    lines.get("Genes")!.add(quote);
    relations.push({
      subject: gene.id,
      predicate: "gene_associated_with_condition",
      object: disease.id,
      evidence: [{ document, quote, knowledgeLevel: "knowledge_assertion", agent: "manual_agent" }],
    });
  }
  for (const annotation of disease.annotations) {
    const quote = annotationSentence(annotation, name, context.ontology, context.onsets);
    lines.get(sectionOf(annotation))!.add(quote);
    relations.push(annotationRelation(annotation, disease.id, document, quote, context.onsets));
  }
  yield { type: "document", document: annotationDocument(document, entity, lines, context.released) };
  for (const relation of relations) yield { type: "relation", relation };
}

function annotationDocument(
  id: string,
  disease: { id: string; name: string },
  lines: Map<SectionLabel, Set<string>>,
  released: string | undefined,
): Document {
  const document: Document = {
    id,
    title: `${disease.name} (${disease.id}): HPO annotations`,
    sections: [...lines]
      .filter(([, set]) => set.size > 0)
      .map(([label, set]) => ({ label, text: [...set].join("\n") })),
    publisher: "Human Phenotype Ontology",
    publicationTypes: ["Curated Database"],
    licence: HPO_LICENCE,
  };
  return released ? { ...document, published: released } : document;
}

function sectionOf(annotation: Annotation): SectionLabel {
  if (annotation.aspect === "I") return "Inheritance";
  if (annotation.aspect === "C" || annotation.aspect === "M") return "Onset and course";
  return saysAbsent(annotation) ? "Excluded features" : "Clinical features";
}

function annotationRelation(
  annotation: Annotation,
  disease: string,
  document: string,
  quote: string,
  onsets: ReadonlySet<string>,
): Relation {
  const relation: Relation = {
    subject: disease,
    predicate: predicateOf(annotation, onsets),
    object: annotation.term,
    evidence: [{ document, quote, ...provenance(annotation.code), references: annotation.references }],
  };
  if (saysAbsent(annotation)) relation.negated = true;
  const qualifiers = qualifiersOf(annotation);
  if (qualifiers) relation.qualifiers = qualifiers;
  return relation;
}

function predicateOf({ aspect, term }: Annotation, onsets: ReadonlySet<string>): string {
  if (aspect === "I") return "has_mode_of_inheritance";
  if (aspect === "C" || aspect === "M") return onsets.has(term) ? "has_onset" : "has_clinical_course";
  return "has_phenotype";
}

function qualifiersOf({ frequency, sex, modifiers, onset }: Annotation): Qualifiers | undefined {
  const clinical: Qualifiers["clinical"] = {};
  if (frequency) clinical.frequency = frequency;
  if (sex) clinical.sex = sex;
  if (modifiers.length > 0) clinical.modifier = modifiers.join(";");
  const qualifiers: Qualifiers = {};
  if (onset) qualifiers.temporal = { onset };
  if (Object.keys(clinical).length > 0) qualifiers.clinical = clinical;
  return Object.keys(qualifiers).length > 0 ? qualifiers : undefined;
}

/** How the HPO came to a statement, in Biolink's words. */
function provenance(code: string) {
  if (code === "PCS") return { knowledgeLevel: "observation", agent: "manual_agent" } as const;
  if (code === "IEA") return { knowledgeLevel: "not_provided", agent: "automated_agent" } as const;
  return { knowledgeLevel: "knowledge_assertion", agent: "manual_agent" } as const;
}
