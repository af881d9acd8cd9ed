/** The graph of a knowledge folder as compiler input. Statements whose every source is retracted are no evidence and stay out. */
import type { Evidence } from "../../../schemas/index.ts";
import type { GraphStore, Knowledge, StoredRelation } from "../../knowledge/index.ts";
import type { AnnotationRecord, DiseaseRecord, ModelInput, TermRecord } from "./input.ts";

export function readGraph(knowledge: Pick<Knowledge, "graph" | "documents">): ModelInput {
  const { graph, documents } = knowledge;
  return {
    terms: termsOf(graph),
    isA: isAOf(graph),
    diseases: diseasesOf(graph),
    annotations: annotationsOf(graph, standingOf(documents)),
    inheritance: inheritanceOf(graph),
    onsets: onsetsOf(graph),
    genes: genesOf(graph),
  };
}

function* termsOf(graph: GraphStore): Generator<TermRecord> {
  for (const { entity } of graph.entities("PhenotypicFeature")) {
    yield {
      id: entity.id,
      label: entity.name,
      synonyms: entity.synonyms,
      alternatives: entity.xrefs?.filter((xref) => xref.startsWith("HP:")),
    };
  }
}

function* isAOf(graph: GraphStore) {
  for (const { subject, object } of graph.relations("subclass_of")) yield { child: subject, parent: object };
}

function* diseasesOf(graph: GraphStore): Generator<DiseaseRecord> {
  for (const { entity } of graph.entities("Disease")) {
    const { id, name, synonyms, xrefs, attributes } = entity;
    const prevalence = Number(attributes?.["prevalence"]);
    yield { id, name, synonyms, xrefs, ...(prevalence > 0 && prevalence <= 1 ? { prevalence } : {}) };
  }
}

/** Whether a document still stands. Few are quoted by annotations: they are looked up, each once, not a million abstracts read. */
function standingOf(documents: Knowledge["documents"]): (id: string) => boolean {
  const known = new Map<string, boolean>();
  return (id) => {
    let stands = known.get(id);
    if (stands === undefined) known.set(id, (stands = documents.integrity(id) !== "retracted"));
    return stands;
  };
}

function* annotationsOf(graph: GraphStore, stands: (document: string) => boolean): Generator<AnnotationRecord> {
  for (const relation of graph.relations("has_phenotype")) {
    const standing = relation.evidence.filter((e) => stands(e.document));
    if (relation.evidence.length > 0 && standing.length === 0) continue;
    yield annotationOf(relation, relation.row, standing);
  }
}

function annotationOf(relation: StoredRelation, row: number, evidence: readonly Evidence[]): AnnotationRecord {
  const { subject, object, negated, qualifiers } = relation;
  return {
    disease: subject,
    term: object,
    // "0/5" is a count like any other and adds to those of other papers, though the graph states it as a negation.
    negated: negated && !/^0\/\d+$/.test(qualifiers?.clinical?.frequency ?? ""),
    frequency: qualifiers?.clinical?.frequency,
    sex: qualifiers?.clinical?.sex,
    references: [...new Set(evidence.flatMap((e) => e.references ?? [e.document]))],
    relation: row,
  };
}

function* inheritanceOf(graph: GraphStore) {
  for (const { subject, object } of graph.relations("has_mode_of_inheritance"))
    yield { disease: subject, mode: object };
}

function* onsetsOf(graph: GraphStore) {
  for (const { subject, object } of graph.relations("has_onset")) yield { disease: subject, onset: object };
}

function* genesOf(graph: GraphStore) {
  for (const { subject, object } of graph.relations("gene_associated_with_condition"))
    yield { gene: subject, disease: object };
}
