/** The kinds of document, how much each is trusted, and which facts of its focal entity each tells. */
import type { PredicateName } from "../../../schemas/index.ts";
import type { Fact } from "./world.ts";

export interface Kind {
  /** Begins the document's identifier. */
  slug: string;
  /** With {name} of the entity that it is about. */
  titles: readonly string[];
  types: readonly string[];
  publisher: string;
  journal?: boolean;
  /** Facts in one document at most; more go on in another. */
  facts: number;
  /** Years after the newest of its facts, at most. */
  delay: number;
}

const kind = (
  slug: string,
  titles: readonly string[],
  types: readonly string[],
  rest: Omit<Kind, "slug" | "titles" | "types">,
): Kind => ({
  slug,
  titles,
  types,
  ...rest,
});

export const KINDS = {
  label: kind("label", ["{name}: prescribing information"], ["Drug Label"], {
    publisher: "Medicines Register",
    facts: 12,
    delay: 1,
  }),
  gene: kind("gene", ["{name}: gene record"], ["Curated Database"], {
    publisher: "Atlas of Heredity",
    facts: 8,
    delay: 4,
  }),
  disease: kind("disease", ["{name}: disease record"], ["Curated Database"], {
    publisher: "Register of Rare Conditions",
    facts: 10,
    delay: 3,
  }),
  finding: kind("finding", ["{name}: term record"], ["Curated Database"], {
    publisher: "Thesaurus of Findings",
    facts: 6,
    delay: 3,
  }),
  review: kind(
    "review",
    ["{name}: a review", "What is new in {name}", "{name} in practice"],
    ["Review", "Journal Article"],
    { publisher: "Annals of Rare Medicine", journal: true, facts: 6, delay: 6 },
  ),
  protein: kind(
    "pharmacology",
    ["{name}: pharmacology", "{name} from bench to bedside"],
    ["Review", "Journal Article"],
    { publisher: "Journal of Molecular Medicine Letters", journal: true, facts: 6, delay: 6 },
  ),
  class: kind("class", ["The {name} class: a monograph"], ["Systematic Review", "Journal Article"], {
    publisher: "Formulary Reviews",
    journal: true,
    facts: 6,
    delay: 5,
  }),
  case: kind("case", ["{name}: a case report", "A family with {name}"], ["Case Reports", "Journal Article"], {
    publisher: "Clinical Cases Quarterly",
    journal: true,
    facts: 3,
    delay: 5,
  }),
  safety: kind("safety", ["{name}: a cohort study of safety"], ["Observational Study", "Journal Article"], {
    publisher: "Drug Watch Bulletin",
    journal: true,
    facts: 5,
    delay: 6,
  }),
  trial: kind("trial", ["{name}: main results"], ["Randomized Controlled Trial", "Journal Article"], {
    publisher: "Trials Today",
    journal: true,
    facts: 6,
    delay: 1,
  }),
  registry: kind("registry", ["{name}: registry entry"], ["Clinical Trial"], {
    publisher: "Trials Registry",
    facts: 6,
    delay: 0,
  }),
  guideline: kind("guideline", ["{name}"], ["Practice Guideline"], { publisher: "", facts: 8, delay: 0 }),
  statement: kind("statement", ["{name}: statement", "{name}: annual letter"], ["Company Statement"], {
    publisher: "",
    facts: 5,
    delay: 3,
  }),
  news: kind("news", ["{name} in the news", "{name}: what happened"], ["News"], {
    publisher: "Health Courier",
    facts: 3,
    delay: 2,
  }),
} as const satisfies Record<string, Kind>;
export type KindName = keyof typeof KINDS;

/** Where a fact may be told: a kind of document and the end that it is about. The first always tells it. */
type Place = readonly [KindName, "subject" | "object"];

const MECHANISM: readonly Place[] = [
  ["label", "subject"],
  ["protein", "object"],
];

const PLACES: Partial<Record<PredicateName, readonly Place[]>> = {
  causes: [
    ["gene", "subject"],
    ["review", "object"],
    ["case", "object"],
  ],
  gene_associated_with_condition: [
    ["gene", "subject"],
    ["review", "object"],
  ],
  has_gene_product: [
    ["gene", "subject"],
    ["protein", "object"],
  ],
  has_phenotype: [
    ["disease", "subject"],
    ["case", "subject"],
    ["review", "subject"],
  ],
  has_mode_of_inheritance: [
    ["disease", "subject"],
    ["review", "subject"],
  ],
  subclass_of: [["finding", "subject"]],
  treats: [
    ["label", "subject"],
    ["review", "object"],
    ["news", "subject"],
  ],
  contraindicated_in: [
    ["label", "subject"],
    ["safety", "subject"],
  ],
  has_side_effect: [
    ["label", "subject"],
    ["safety", "subject"],
  ],
  has_active_ingredient: [
    ["label", "subject"],
    ["news", "subject"],
  ],
  has_metabolite: [
    ["label", "subject"],
    ["safety", "subject"],
  ],
  inhibits: MECHANISM,
  antagonizes: MECHANISM,
  activates: MECHANISM,
  replaces: MECHANISM,
  interacts_with: [
    ["label", "subject"],
    ["label", "object"],
    ["safety", "subject"],
  ],
  manufactured_by: [
    ["label", "subject"],
    ["statement", "object"],
    ["news", "subject"],
  ],
  developed_by: [
    ["statement", "object"],
    ["news", "subject"],
  ],
  acquired: [
    ["statement", "subject"],
    ["news", "object"],
  ],
  formed_by_merger_of: [
    ["statement", "subject"],
    ["news", "object"],
  ],
  studies_intervention: [
    ["trial", "subject"],
    ["registry", "subject"],
  ],
  has_comparator: [
    ["trial", "subject"],
    ["registry", "subject"],
  ],
  studies_condition: [
    ["registry", "subject"],
    ["trial", "subject"],
  ],
  sponsored_by: [
    ["registry", "subject"],
    ["statement", "object"],
  ],
  recommends: [
    ["guideline", "subject"],
    ["news", "object"],
  ],
  covers_condition: [
    ["guideline", "subject"],
    ["review", "object"],
  ],
  published_by: [
    ["guideline", "subject"],
    ["news", "object"],
  ],
};

const DRUG_IS_A: readonly Place[] = [
  ["label", "subject"],
  ["class", "object"],
];
/** A refutation stands in later work, not where the error was. */
const DENIED: readonly Place[] = [["review", "object"]];
const DENIED_OF_DRUG: readonly Place[] = [["safety", "subject"]];

export function placesFor(fact: Fact, subjectCategory: string): readonly Place[] {
  if (fact.negated && fact.predicate !== "has_phenotype") return subjectCategory === "Drug" ? DENIED_OF_DRUG : DENIED;
  if (fact.predicate === "subclass_of" && subjectCategory === "Drug") return DRUG_IS_A;
  return PLACES[fact.predicate]!;
}

/** The heading under which a document of several sections tells the fact. */
export const HEADINGS: Partial<Record<PredicateName, string>> = {
  causes: "Genetics",
  gene_associated_with_condition: "Genetics",
  has_gene_product: "Gene product",
  has_phenotype: "Clinical features",
  has_mode_of_inheritance: "Inheritance",
  treats: "Indications and usage",
  contraindicated_in: "Contraindications",
  has_side_effect: "Adverse reactions",
  has_active_ingredient: "Description",
  has_metabolite: "Description",
  subclass_of: "Classification",
  inhibits: "Mechanism of action",
  antagonizes: "Mechanism of action",
  activates: "Mechanism of action",
  replaces: "Mechanism of action",
  interacts_with: "Interactions",
  manufactured_by: "Supplier",
};
