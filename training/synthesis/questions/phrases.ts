/** How questions say relations, kinds and attributes. Written so that they read as English after "Which NOUN …" and after "the NOUN that …". */
import { PREDICATES, type Category, type PredicateName } from "../../../schemas/index.ts";

/** Verb phrases from the subject's side and from the object's; `short` ones stand right after the noun, without "that". */
interface Phrases {
  forward: readonly string[];
  inverse: readonly string[];
  shortForward?: readonly string[];
  shortInverse?: readonly string[];
}

const PHRASES: Readonly<Record<PredicateName, Phrases>> = {
  causes: {
    forward: ["causes", "is responsible for", "is mutated in"],
    inverse: ["is caused by", "results from variants in"],
    shortForward: ["behind", "responsible for"],
    shortInverse: ["caused by"],
  },
  gene_associated_with_condition: {
    forward: ["is associated with", "is linked to"],
    inverse: ["is associated with", "is linked to"],
    shortForward: ["associated with", "linked to"],
    shortInverse: ["associated with", "linked to"],
  },
  has_gene_product: {
    forward: ["encodes", "codes for"],
    inverse: ["is encoded by"],
    shortForward: ["encoding"],
    shortInverse: ["encoded by"],
  },
  has_phenotype: {
    forward: ["shows", "presents with", "is accompanied by"],
    inverse: ["is seen in", "is a feature of", "is found in"],
    shortForward: ["presenting with", "showing"],
    shortInverse: ["seen in"],
  },
  has_mode_of_inheritance: { forward: ["is inherited as"], inverse: ["is the inheritance of"] },
  has_onset: { forward: ["has"], inverse: ["is the onset of"] },
  has_clinical_course: { forward: ["has"], inverse: ["is the course of"] },
  subclass_of: { forward: ["is a kind of", "is a type of"], inverse: ["includes"] },
  affects_anatomy: { forward: ["affects"], inverse: ["is affected by"] },
  participates_in: { forward: ["takes part in"], inverse: ["involves"] },
  disrupts: { forward: ["disrupts", "impairs"], inverse: ["is disrupted in"], shortInverse: ["disrupted in"] },
  treats: {
    forward: ["treats", "is used to treat"],
    inverse: ["is treated with", "is treated by"],
    shortInverse: ["treated with"],
  },
  contraindicated_in: { forward: ["is contraindicated in"], inverse: ["contraindicates"] },
  has_side_effect: { forward: ["can cause", "can lead to"], inverse: ["can be caused by"] },
  has_active_ingredient: {
    forward: ["contains"],
    inverse: ["is contained in", "is an ingredient of"],
    shortInverse: ["contained in"],
  },
  has_metabolite: { forward: ["is converted to"], inverse: ["is formed from"] },
  inhibits: { forward: ["inhibits"], inverse: ["is inhibited by"], shortInverse: ["inhibited by"] },
  antagonizes: {
    forward: ["blocks", "antagonizes"],
    inverse: ["is blocked by", "is antagonized by"],
    shortInverse: ["blocked by"],
  },
  binds: { forward: ["binds", "binds to"], inverse: ["is bound by"], shortInverse: ["bound by"] },
  activates: {
    forward: ["activates", "stimulates"],
    inverse: ["is activated by", "is stimulated by"],
    shortInverse: ["activated by"],
  },
  replaces: { forward: ["replaces", "substitutes for"], inverse: ["is replaced by"], shortInverse: ["replaced by"] },
  affects_process: { forward: ["acts on"], inverse: ["is acted on by"] },
  interacts_with: { forward: ["interacts with"], inverse: ["interacts with"] },
  manufactured_by: {
    forward: ["is marketed by", "is sold by"],
    inverse: ["markets", "sells"],
    shortForward: ["marketed by"],
  },
  developed_by: {
    forward: ["was developed by", "was invented by"],
    inverse: ["developed"],
    shortForward: ["developed by"],
  },
  formed_by_merger_of: { forward: ["was formed by the merger of"], inverse: ["merged into"] },
  acquired: {
    forward: ["acquired", "bought", "took over"],
    inverse: ["was acquired by", "was bought by", "was taken over by"],
    shortInverse: ["acquired by"],
  },
  studies_intervention: {
    forward: ["tested", "evaluated"],
    inverse: ["was tested in", "was evaluated in"],
    shortInverse: ["tested in"],
  },
  has_comparator: { forward: ["compared against"], inverse: ["was the comparator in"] },
  studies_condition: { forward: ["studied patients with", "enrolled patients with"], inverse: ["was studied in"] },
  sponsored_by: {
    forward: ["was sponsored by", "was funded by"],
    inverse: ["sponsored", "funded"],
    shortForward: ["sponsored by", "funded by"],
  },
  recommends: { forward: ["recommends"], inverse: ["is recommended by"], shortInverse: ["recommended by"] },
  covers_condition: { forward: ["covers"], inverse: ["is covered by"] },
  published_by: {
    forward: ["was published by", "was issued by"],
    inverse: ["published", "issued"],
    shortForward: ["published by", "issued by"],
  },
};

/** Verb phrases of a relation from one side; undefined where the vocabulary does not know the predicate. */
export function verbPhrases(
  predicate: string,
  forward: boolean,
): { full: readonly string[]; short: readonly string[] } | undefined {
  if (!Object.hasOwn(PREDICATES, predicate)) return undefined;
  const phrases = PHRASES[predicate as PredicateName];
  return forward
    ? { full: phrases.forward, short: phrases.shortForward ?? [] }
    : { full: phrases.inverse, short: phrases.shortInverse ?? [] };
}

const NOUNS: Readonly<Record<Category, readonly string[]>> = {
  Disease: ["disease", "disorder", "condition"],
  PhenotypicFeature: ["finding", "symptom"],
  Gene: ["gene"],
  Protein: ["protein"],
  Drug: ["drug", "medicine"],
  DrugClass: ["drug class"],
  Organization: ["company", "organization"],
  ClinicalTrial: ["trial", "clinical trial"],
  Guideline: ["guideline"],
  BiologicalProcess: ["biological process", "process"],
  AnatomicalEntity: ["organ"],
  InheritanceMode: ["mode of inheritance"],
  ClinicalModifier: ["onset"],
  Pathway: ["pathway"],
};

/** Nouns for an unknown of this category; a society that publishes guidelines is no company. */
export function nounsFor(category: string, publishes: boolean): readonly string[] | undefined {
  if (!Object.hasOwn(NOUNS, category)) return undefined;
  if (category === "Organization") return publishes ? ["organization"] : ["company"];
  return NOUNS[category as Category];
}

/** How a named entity stands in a sentence; a name with commas is set in quotes, or a list of names could not be told apart. */
export function namePhrase(category: string, given: string, predicate: string): { verb?: string; phrase: string } {
  const name = given.includes(",") ? `“${given}”` : given;
  switch (category) {
    case "Gene":
      return { phrase: `the gene ${name}` };
    case "Protein":
      return { phrase: `the protein ${name}` };
    case "ClinicalTrial":
      return { phrase: `the trial ${name}` };
    case "Guideline":
      return { phrase: /guideline/i.test(name) ? `the ${name}` : `the guideline ${name}` };
    case "AnatomicalEntity":
      return { phrase: `the ${name}` };
    case "PhenotypicFeature":
      return { phrase: uncapitalised(name) };
    case "InheritanceMode":
      return predicate === "has_mode_of_inheritance" && /inheritance$/i.test(name)
        ? { verb: "shows", phrase: uncapitalised(name) }
        : { phrase: uncapitalised(name) };
    case "ClinicalModifier":
      return { phrase: `${/^[aeiou]/i.test(name) ? "an" : "a"} ${uncapitalised(name)}` };
    default:
      return { phrase: name };
  }
}

/** "Ectopia lentis" → "ectopia lentis"; names of people and symbols keep their capital. */
function uncapitalised(name: string): string {
  const [first = "", ...rest] = name.split(" ");
  const plain = /^[A-Z][a-z]+(?:-[a-z]+)*$/.test(first) && rest.every((w) => w === w.toLowerCase());
  const named = /\b(?:sign|phenomenon|syndrome|anomaly|disease|reflex|bodies|cells?|nodules?|spots?)$/.test(name);
  return plain && !(named && rest.length > 0) ? name[0]!.toLowerCase() + name.slice(1) : name;
}

/** Attributes that are years: what comes before "between 2010 and 2014". */
const YEARS: Readonly<Record<string, string>> = {
  approved: "was approved",
  firstApproval: "was first approved",
  withdrawn: "was withdrawn",
  discontinued: "was discontinued",
  published: "was published",
  founded: "was founded",
  described: "was first described",
  firstDescribed: "was first described",
  started: "was started",
  completed: "was completed",
};

const VALUES: Readonly<Record<string, (value: string) => string>> = {
  country: (v) => `is based in ${v}`,
  chromosome: (v) => `lies on chromosome ${v}`,
  route: (v) => `is given by the ${v} route`,
  onset: (v) => `begins ${v === "birth" ? "at" : "in"} ${v}`,
  prevalence: (v) => `has a prevalence of ${v}`,
  phase: (v) => `was of phase ${v}`,
};

export function isYear(attribute: string): boolean {
  return Object.hasOwn(YEARS, attribute);
}

export function canBeSaid(attribute: string): boolean {
  return isYear(attribute) || Object.hasOwn(VALUES, attribute);
}

export function propertyPhrase(
  attribute: string,
  given: { value?: string; years?: readonly [number, number] },
): string {
  if (given.years) return `${YEARS[attribute]!} between ${given.years[0]} and ${given.years[1]}`;
  return VALUES[attribute]!(given.value!);
}
