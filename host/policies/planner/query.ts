/** A question as a conjunctive query over the graph: anchors that are named, variables that are asked for or passed through, relations between them. */
import { CATEGORIES, type Category, type EntityMatch, type PredicateName } from "../../../schemas/index.ts";
import type { Condition } from "./conditions.ts";
import { fits, IMPLIED, type Role } from "./predicates.ts";

export interface Anchor {
  kind: "anchor";
  id: string;
  /** The words of the question. */
  text: string;
  /** Everything that bears this name; which is meant is settled by the relations. */
  entities: EntityMatch[];
}

export interface Variable {
  kind: "variable";
  id: string;
  /** The noun of the question: "gene", "active ingredients". */
  label: string;
  /** Empty: any. */
  categories: readonly Category[];
  asked: boolean;
  /** "other diseases": not those already named or found. */
  other: boolean;
}

export type Term = Anchor | Variable;

export interface Constraint {
  subject: string;
  /** Any of these holds. */
  predicates: PredicateName[];
  object: string;
}

/** Words that no name, kind or relation accounts for. */
export interface Unread {
  text: string;
  start: number;
  /** They stand for something that the answer would have to satisfy: without them it may be wrong. */
  condition: boolean;
}

export interface Query {
  terms: Map<string, Term>;
  constraints: Constraint[];
  conditions: Condition[];
  unread: Unread[];
}

export function categoriesOf(term: Term): readonly Category[] {
  if (term.kind === "anchor") return [...new Set(term.entities.map((e) => e.category as Category))];
  return term.categories.length > 0 ? term.categories : CATEGORIES;
}

/** Those of `predicates` that can hold between the two terms. */
export function fitting(subject: Term, predicates: readonly PredicateName[] | "any", object: Term): PredicateName[] {
  const names = predicates === "any" ? IMPLIED : predicates;
  return names.filter((p) => categoriesOf(subject).some((s) => categoriesOf(object).some((o) => fits(p, s, o))));
}

export function opposite(role: Role): Role {
  return role === "subject" ? "object" : "subject";
}

export function variablesOf(query: Query): Variable[] {
  return [...query.terms.values()].filter((t) => t.kind === "variable");
}

export function anchorsOf(query: Query): Anchor[] {
  return [...query.terms.values()].filter((t) => t.kind === "anchor");
}
