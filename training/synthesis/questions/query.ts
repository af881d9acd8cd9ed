/**
 * The conjunctive query behind a question, over integers. Variable 0 is what is asked for. The meaning (also the
 * verifier's): every term stands for a different entity; a named entity includes its kinds (`subclass_of`, transitively);
 * a relation holds where it is a fact; clues of years and attributes are read from the entity itself.
 */
import type { FactGraph, Step } from "../chains/fact-graph.ts";

/** Leads from a variable over `step` to another variable. */
export interface Link {
  kind: "link";
  from: number;
  step: Step;
  to: number;
}

/** Ties a variable to an entity that the question names. */
export interface Named {
  kind: "named";
  from: number;
  step: Step;
  entity: number;
  /** The entity that is related in fact: `entity`, or a kind of it where the clue names a superset. */
  witness: number;
}

/** An attribute of a variable's entity: its value, or a range of years. */
export interface Property {
  kind: "property";
  from: number;
  attribute: string;
  /** Either of both. */
  value?: string;
  years?: readonly [from: number, to: number];
}

export interface OfCategory {
  kind: "category";
  from: number;
  category: string;
}

export type Conjunct = Link | Named | Property | OfCategory;

export interface Query {
  variables: number;
  conjuncts: readonly Conjunct[];
}

export function without(query: Query, index: number): Query {
  return { ...query, conjuncts: query.conjuncts.filter((_, i) => i !== index) };
}

export function namedEntities({ conjuncts }: Query): number[] {
  return [...new Set(conjuncts.flatMap((c) => (c.kind === "named" ? [c.entity] : [])))];
}

/** The first year in a value: 2015 of "7 July 2015, FDA". */
export function yearOf(value: unknown): number | undefined {
  const found = /\b(?:1[5-9]|20)\d\d\b/.exec(String(value));
  return found ? Number(found[0]) : undefined;
}

export function satisfies(graph: FactGraph, entity: number, conjunct: Property | OfCategory): boolean {
  if (conjunct.kind === "category") return graph.categories[entity] === conjunct.category;
  const value = graph.attributes(entity)?.[conjunct.attribute];
  if (value === undefined) return false;
  if (!conjunct.years) return String(value) === conjunct.value;
  const year = yearOf(value);
  return year !== undefined && year >= conjunct.years[0] && year <= conjunct.years[1];
}
