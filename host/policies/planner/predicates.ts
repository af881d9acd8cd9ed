/** Which predicates can hold between two kinds, and which are meant where no word says so. */
import { PREDICATES, type Category, type PredicateName } from "../../../schemas/index.ts";

export type Role = "subject" | "object";

/** Predicates that are meant when two kinds simply stand together ("heart failure drug", "a disease with ectopia lentis"). */
export function impliedPredicates(subject: Category, object: Category): PredicateName[] {
  return IMPLIED.filter((predicate) => fits(predicate, subject, object));
}

/** What "associated with", or no word at all, may mean. All other relations (harm, structure, ownership) must be asked for by their words. */
export const IMPLIED: readonly PredicateName[] = [
  "causes",
  "gene_associated_with_condition",
  "has_gene_product",
  "participates_in",
  "has_phenotype",
  "has_mode_of_inheritance",
  "affects_anatomy",
  "treats",
  "inhibits",
  "antagonizes",
  "activates",
  "replaces",
  "manufactured_by",
  "developed_by",
  "studies_intervention",
  "has_comparator",
  "studies_condition",
  "sponsored_by",
  "recommends",
  "covers_condition",
  "published_by",
];

export function fits(predicate: PredicateName, subject: Category, object: Category): boolean {
  const { subject: domain, object: range } = PREDICATES[predicate];
  return admits(domain, subject) && admits(range, object);
}

function admits(categories: readonly Category[], category: Category): boolean {
  return categories.length === 0 || categories.includes(category);
}
