/** The categories and predicates in use (Biolink names without prefix), and how each predicate reads in either direction. */

export const CATEGORIES = [
  "Disease",
  "PhenotypicFeature",
  "Gene",
  "Protein",
  "Drug",
  "DrugClass",
  "Organization",
  "ClinicalTrial",
  "Guideline",
  "BiologicalProcess",
  "AnatomicalEntity",
  "InheritanceMode",
  "ClinicalModifier",
  "Pathway",
] as const;
export type Category = (typeof CATEGORIES)[number];

export interface Predicate {
  subject: readonly Category[];
  object: readonly Category[];
  /** "S forward O" reads as English. */
  forward: string;
  /** "O inverse S" reads as English. */
  inverse: string;
}

export const PREDICATES = {
  causes: { subject: ["Gene"], object: ["Disease"], forward: "causes", inverse: "is caused by" },
  gene_associated_with_condition: {
    subject: ["Gene"],
    object: ["Disease"],
    forward: "is associated with",
    inverse: "is associated with the gene",
  },
  has_gene_product: {
    subject: ["Gene"],
    object: ["Protein"],
    forward: "encodes",
    inverse: "is encoded by",
  },
  participates_in: {
    subject: ["Gene", "Protein"],
    object: ["Pathway", "BiologicalProcess"],
    forward: "takes part in",
    inverse: "involves",
  },
  has_phenotype: {
    subject: ["Disease"],
    object: ["PhenotypicFeature"],
    forward: "shows",
    inverse: "is a feature of",
  },
  has_mode_of_inheritance: {
    subject: ["Disease"],
    object: ["InheritanceMode"],
    forward: "is inherited as",
    inverse: "is the inheritance of",
  },
  has_onset: {
    subject: ["Disease"],
    object: ["ClinicalModifier"],
    forward: "begins with",
    inverse: "is the onset of",
  },
  has_clinical_course: {
    subject: ["Disease"],
    object: ["ClinicalModifier"],
    forward: "has the course",
    inverse: "is the course of",
  },
  subclass_of: { subject: [], object: [], forward: "is a kind of", inverse: "includes" },
  affects_anatomy: {
    subject: ["Disease"],
    object: ["AnatomicalEntity"],
    forward: "affects",
    inverse: "is affected by",
  },
  disrupts: {
    subject: ["Disease", "Gene"],
    object: ["BiologicalProcess"],
    forward: "disrupts",
    inverse: "is disrupted in",
  },
  treats: {
    subject: ["Drug", "DrugClass"],
    object: ["Disease"],
    forward: "treats",
    inverse: "is treated by",
  },
  contraindicated_in: {
    subject: ["Drug", "DrugClass"],
    object: ["Disease", "PhenotypicFeature"],
    forward: "is contraindicated in",
    inverse: "is a contraindication to",
  },
  has_side_effect: {
    subject: ["Drug", "DrugClass"],
    object: ["PhenotypicFeature", "Disease"],
    forward: "can cause",
    inverse: "can be caused by",
  },
  has_active_ingredient: {
    subject: ["Drug"],
    object: ["Drug"],
    forward: "contains",
    inverse: "is an ingredient of",
  },
  has_metabolite: {
    subject: ["Drug"],
    object: ["Drug"],
    forward: "is converted to",
    inverse: "is formed from",
  },
  inhibits: {
    subject: ["Drug", "DrugClass"],
    object: ["Protein"],
    forward: "inhibits",
    inverse: "is inhibited by",
  },
  antagonizes: {
    subject: ["Drug", "DrugClass"],
    object: ["Protein"],
    forward: "blocks",
    inverse: "is blocked by",
  },
  binds: {
    subject: ["Drug", "DrugClass"],
    object: ["Protein"],
    forward: "binds",
    inverse: "is bound by",
  },
  activates: {
    subject: ["Drug", "DrugClass"],
    object: ["Protein"],
    forward: "activates",
    inverse: "is activated by",
  },
  replaces: {
    subject: ["Drug"],
    object: ["Protein"],
    forward: "replaces",
    inverse: "is replaced by",
  },
  affects_process: {
    subject: ["Drug", "DrugClass", "Protein"],
    object: ["BiologicalProcess"],
    forward: "acts on",
    inverse: "is acted on by",
  },
  interacts_with: {
    subject: ["Drug", "DrugClass"],
    object: ["Drug", "DrugClass"],
    forward: "interacts with",
    inverse: "interacts with",
  },
  manufactured_by: {
    subject: ["Drug"],
    object: ["Organization"],
    forward: "is marketed by",
    inverse: "markets",
  },
  developed_by: {
    subject: ["Drug"],
    object: ["Organization"],
    forward: "was developed by",
    inverse: "developed",
  },
  formed_by_merger_of: {
    subject: ["Organization"],
    object: ["Organization"],
    forward: "was formed by the merger of",
    inverse: "merged into",
  },
  acquired: {
    subject: ["Organization"],
    object: ["Organization"],
    forward: "acquired",
    inverse: "was acquired by",
  },
  studies_intervention: {
    subject: ["ClinicalTrial"],
    object: ["Drug"],
    forward: "tested",
    inverse: "was tested in",
  },
  has_comparator: {
    subject: ["ClinicalTrial"],
    object: ["Drug"],
    forward: "compared against",
    inverse: "was the comparator in",
  },
  studies_condition: {
    subject: ["ClinicalTrial"],
    object: ["Disease"],
    forward: "studied patients with",
    inverse: "was studied in",
  },
  sponsored_by: {
    subject: ["ClinicalTrial"],
    object: ["Organization"],
    forward: "was sponsored by",
    inverse: "sponsored",
  },
  recommends: {
    subject: ["Guideline"],
    object: ["Drug", "DrugClass"],
    forward: "recommends",
    inverse: "is recommended by",
  },
  covers_condition: {
    subject: ["Guideline"],
    object: ["Disease"],
    forward: "is about",
    inverse: "is covered by",
  },
  published_by: {
    subject: ["Guideline"],
    object: ["Organization"],
    forward: "was published by",
    inverse: "published",
  },
} as const satisfies Record<string, Predicate>;
export type PredicateName = keyof typeof PREDICATES;

/** English for a triple: `verbalise("Entresto", "has_active_ingredient", "valsartan")` → "Entresto contains valsartan". Unknown predicates read with their underscores opened. */
export function verbalise(subject: string, predicate: string, object: string, negated = false): string {
  const words = (PREDICATES as Record<string, Predicate>)[predicate]?.forward ?? predicate.replaceAll("_", " ");
  return `${subject} ${negated ? "(not) " : ""}${words} ${object}`;
}
