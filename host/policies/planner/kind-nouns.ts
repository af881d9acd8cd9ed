/** How questions speak of kinds: nouns → categories, with the relation that a noun brings along ("ingredients of X"). */
import type { Category, PredicateName } from "../../../schemas/index.ts";
import type { Role } from "./predicates.ts";
import { MECHANISM } from "./relation-phrases.ts";

/** A noun that stands for an unknown of some category; `relation` where the noun itself says how it hangs on another thing ("ingredients of X"). */
export interface KindNoun {
  pattern: string;
  categories: readonly Category[];
  relation?: { predicates: readonly PredicateName[]; role: Role };
}

function kind(categories: Category[], patterns: string[], relation?: KindNoun["relation"]): KindNoun[] {
  return patterns.map((pattern) => ({ pattern, categories, relation }));
}

export const KIND_NOUNS: readonly KindNoun[] = [
  ...kind(["Disease"], ["diseases?", "disorders?", "conditions?", "syndromes?", "illness(?:es)?"]),
  ...kind(["Disease"], ["indications?"], { predicates: ["treats"], role: "object" }),
  ...kind(["Gene"], ["(?:disease |causal |causative )?genes?", "locus"]),
  ...kind(["Protein"], ["proteins?", "enzymes?", "receptors?", "(?:ion )?channels?", "transporters?"]),
  ...kind(["Protein", "BiologicalProcess"], ["(?:drug |molecular )?targets?"], {
    predicates: MECHANISM,
    role: "object",
  }),
  ...kind(["Protein", "BiologicalProcess"], ["mechanisms?(?: of action)?", "modes? of action"], {
    predicates: MECHANISM,
    role: "object",
  }),
  ...kind(
    ["Drug", "DrugClass"],
    [
      "drugs?",
      "medicines?",
      "medications?",
      "agents?",
      "(?:enzyme replacement |gene )therap(?:y|ies)",
      "antibod(?:y|ies)",
      "compounds?",
      "(?:combination |brand(?:ed)? )?products?",
      "brands?",
    ],
  ),
  ...kind(["Drug", "DrugClass"], ["inhibitors?", "blockers?", "antagonists?"], {
    predicates: ["inhibits", "antagonizes"],
    role: "subject",
  }),
  ...kind(["Drug", "DrugClass"], ["agonists?", "activators?", "potentiators?"], {
    predicates: ["activates"],
    role: "subject",
  }),
  ...kind(["Drug", "DrugClass"], ["treatments?", "therap(?:y|ies)"], { predicates: ["treats"], role: "subject" }),
  ...kind(["Drug"], ["(?:active )?(?:ingredients?|components?|constituents?|substances?)"], {
    predicates: ["has_active_ingredient"],
    role: "object",
  }),
  ...kind(["DrugClass"], ["(?:drug )?class(?:es)?"], { predicates: ["subclass_of"], role: "object" }),
  ...kind(["Organization"], ["compan(?:y|ies)", "firms?", "organi[sz]ations?", "corporations?", "societ(?:y|ies)"]),
  ...kind(["Organization"], ["manufacturers?", "makers?", "producers?", "marketers?"], {
    predicates: ["manufactured_by"],
    role: "object",
  }),
  ...kind(["Drug"], ["comparators?", "control drugs?"], { predicates: ["has_comparator"], role: "object" }),
  ...kind(["Organization"], ["developers?", "inventors?"], { predicates: ["developed_by"], role: "object" }),
  ...kind(["Organization"], ["sponsors?"], { predicates: ["sponsored_by"], role: "object" }),
  ...kind(["Organization"], ["predecessors?"], { predicates: ["formed_by_merger_of"], role: "object" }),
  ...kind(["ClinicalTrial"], ["(?:clinical )?trials?", "(?:clinical )?stud(?:y|ies)"]),
  ...kind(["Guideline"], ["guidelines?", "recommendations?"]),
  ...kind(
    ["PhenotypicFeature"],
    ["(?:clinical )?(?:findings?|symptoms?|signs?|features?|manifestations?|phenotypes?|abnormalit(?:y|ies))"],
    { predicates: ["has_phenotype"], role: "object" },
  ),
  ...kind(["PhenotypicFeature", "Disease"], ["(?:side|adverse|unwanted) (?:effects?|reactions?|events?)"], {
    predicates: ["has_side_effect"],
    role: "object",
  }),
  ...kind(["Disease", "PhenotypicFeature"], ["contraindications?"], {
    predicates: ["contraindicated_in"],
    role: "object",
  }),
  ...kind(["InheritanceMode"], ["(?:modes? of |pattern of )?inheritance(?: patterns?| modes?)?"], {
    predicates: ["has_mode_of_inheritance"],
    role: "object",
  }),
  ...kind(["AnatomicalEntity"], ["organs?", "tissues?", "body parts?"]),
  ...kind(["BiologicalProcess"], ["(?:biological )?process(?:es)?"]),
  ...kind(["Pathway", "BiologicalProcess"], ["(?:biological |signal(?:l?ing)? |metabolic )?pathways?"]),
  ...kind(["ClinicalModifier"], ["(?:age of )?onset"], { predicates: ["has_onset"], role: "object" }),
  ...kind(["ClinicalModifier"], ["(?:clinical )?course"], { predicates: ["has_clinical_course"], role: "object" }),
  ...kind(["Drug"], ["(?:active )?metabolites?"], { predicates: ["has_metabolite"], role: "object" }),
  ...kind(["Gene"], ["(?:genetic )?causes?(?= of)"], {
    predicates: ["causes", "gene_associated_with_condition"],
    role: "subject",
  }),
].toSorted((a, b) => b.pattern.length - a.pattern.length);
