/**
 * How documents say a fact: sentences with {s} and {o} for its ends, active and passive. A name is never followed by a
 * number nor preceded by a capitalised word, so that a reader can tell where it ends.
 */
import type { Entity } from "../../../schemas/index.ts";
import type { Fact } from "./world.ts";

const DRUG_IS_A = [
  "{s} belongs to the {o} class.",
  "{s} is a member of the {o} class.",
  "{s} is a {o}.",
  "One form of {o} in use is {s}.",
];

const SENTENCES: Record<string, readonly string[]> = {
  causes: [
    "Mutations in {s} cause {o}.",
    "{o} is caused by mutations in {s}.",
    "Pathogenic variants of {s} cause {o}.",
    "{s} is mutated in {o}.",
    "Defects of {s} lead to {o}.",
  ],
  gene_associated_with_condition: [
    "Common variants in {s} are associated with {o}.",
    "{o} is associated with variants in {s}.",
    "{s} is linked to {o}, without being its only cause.",
  ],
  has_gene_product: [
    "{s} encodes {o}.",
    "{o} is encoded by {s}.",
    "The gene {s} codes for {o}.",
    "{o} is the product of the gene {s}.",
  ],
  has_phenotype: [
    "{s} presents with {o}.",
    "{s} is characterised by {o}.",
    "{o} is a feature of {s}.",
    "{o} is seen in {s}.",
    "Patients with {s} may have {o}.",
  ],
  has_mode_of_inheritance: [
    "{s} is inherited as {o}.",
    "{s} is transmitted as {o}.",
    "The mode of inheritance of {s} is {o}.",
  ],
  subclass_of: ["{s} is a kind of {o}.", "{s} is a form of {o}.", "{s} is a subtype of {o}."],
  treats: [
    "{s} is indicated for {o}.",
    "{s} is approved for {o}.",
    "{o} is treated with {s}.",
    "{s} is used to treat {o}.",
    "Patients with {o} respond to {s}.",
  ],
  contraindicated_in: [
    "{s} is contraindicated in {o}.",
    "{s} should not be used in {o}.",
    "Patients with {o} should avoid {s}.",
  ],
  has_side_effect: [
    "{s} can cause {o}.",
    "{o} can be caused by {s}.",
    "Treatment with {s} sometimes leads to {o}.",
    "{o} is a known side effect of {s}.",
  ],
  has_active_ingredient: ["{s} contains {o}.", "{o} is an ingredient of {s}.", "{s} consists of {o} and a carrier."],
  has_metabolite: ["{s} is converted to {o} in the liver.", "{s} is metabolised to {o}.", "{o} is formed from {s}."],
  inhibits: ["{s} inhibits {o}.", "{o} is inhibited by {s}.", "{s} acts as an inhibitor of {o}."],
  antagonizes: ["{s} blocks {o}.", "{o} is blocked by {s}.", "{s} is an antagonist of {o}."],
  activates: ["{s} activates {o}.", "{o} is activated by {s}.", "{s} stimulates {o}."],
  replaces: ["{s} replaces {o}.", "{o} is replaced by {s}.", "{s} substitutes for {o}."],
  interacts_with: ["{s} interacts with {o}.", "{o} interacts with {s}.", "Doses change since {s} interacts with {o}."],
  manufactured_by: ["{s} is marketed by {o}.", "{o} markets {s}.", "{s} is sold by {o}.", "{o} sells {s}."],
  developed_by: ["{s} was developed by {o}.", "{o} developed {s}.", "{s} was discovered by {o}."],
  acquired: [
    "{s} acquired {o} in {year}.",
    "{o} was acquired by {s} in {year}.",
    "{s} bought {o} in {year}.",
    "{o} was taken over by {s} in {year}.",
  ],
  formed_by_merger_of: [
    "{s} was formed by the merger of {o} with {partner} in {year}.",
    "{o} merged with {partner} to form {s} in {year}.",
    "{s} is the result of the merger of {o} and {partner} in {year}.",
  ],
  studies_intervention: [
    "{s} tested {o}.",
    "{s} evaluated {o} as its study drug.",
    "{o} was tested in {s}.",
    "{o} was evaluated in {s}.",
  ],
  has_comparator: [
    "{s} compared its study drug with {o}.",
    "{o} was the comparator in {s}.",
    "Patients in the control arm of {s} received {o}.",
  ],
  studies_condition: ["{s} studied patients with {o}.", "{s} enrolled patients with {o}.", "{o} was studied in {s}."],
  sponsored_by: ["{s} was sponsored by {o}.", "{o} sponsored {s}.", "{s} was funded by {o}."],
  recommends: [
    "The {s} recommends {o}.",
    "{o} is recommended by the {s}.",
    "Treatment with {o} is recommended in the {s}.",
  ],
  covers_condition: ["The {s} covers {o}.", "The {s} is about {o}.", "The care of {o} is covered by the {s}."],
  published_by: ["The {s} was published by the {o}.", "The {s} was issued by the {o}.", "The {o} published the {s}."],
};

/** With a count of patients. */
const COUNTED = [
  "{o} was observed in {n} of {m} patients with {s}.",
  "{o} was found in {n} of {m} patients with {s}.",
  "{s} presents with {o} in {n} of {m} patients.",
  "{o} was present in {n} of {m} people with {s}.",
];

const DENIALS: Record<string, readonly string[]> = {
  has_phenotype: ["{o} was absent in all {m} patients with {s}.", "None of {m} patients with {s} had {o}."],
  treats: ["{s} does not treat {o}.", "Contrary to an earlier report, {o} does not respond to {s}."],
  causes: ["{s} does not cause {o}.", "Contrary to an earlier report, {o} is not caused by mutations in {s}."],
  inhibits: ["{s} does not inhibit {o}.", "Contrary to an earlier report, {o} is not inhibited by {s}."],
  activates: ["{s} does not activate {o}.", "Contrary to an earlier report, {o} is not activated by {s}."],
  has_side_effect: ["{s} does not cause {o}.", "Contrary to an earlier report, {o} is not caused by {s}."],
};

/** Sentences that name things and say nothing of them: what searches find beside what is asked. */
export const MENTIONS: readonly string[] = [
  "{a} was among the topics of the afternoon.",
  "Several delegates asked about {a} and, on another matter, about {b}.",
  "The library holds older notes on {a}.",
  "{a} and {b} appear on the same page of the programme.",
  "No opinion was voiced on {a}.",
  "A poster on {a} hung beside one on {b}.",
  "The chair thanked those who had written about {a}.",
  "A session on {a} was moved to the morning, after that on {b}.",
  "Questions on {a} were put off until next year.",
  "The editors invite letters on {a}.",
  "{a} comes up only in passing.",
];

/** The ways to say a fact; `counted` where the document gives numbers of patients. */
export function sentencesFor(fact: Fact, subject: Entity, counted: boolean): readonly string[] {
  if (fact.negated) return DENIALS[fact.predicate]!;
  if (counted && fact.predicate === "has_phenotype") return COUNTED;
  if (fact.predicate === "subclass_of" && subject.category === "Drug") return DRUG_IS_A;
  return SENTENCES[fact.predicate]!;
}

/** Puts values in their places; a sentence begins with a capital. */
export function fill(template: string, values: Record<string, string | number | undefined>): string {
  const text = template.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key]));
  return text.charAt(0).toUpperCase() + text.slice(1);
}
