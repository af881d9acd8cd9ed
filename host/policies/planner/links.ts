/** What a query's terms stand for, and the relations that tie them: the parts of a solution. */
import type { RelationHit } from "../../../schemas/index.ts";
import type { Constraint, Variable } from "./query.ts";

/** What a term stands for. Entities of one category and name (the same disease in two databases) are one value. */
export interface Value {
  key: string;
  name: string;
  category: string;
  ids: Set<string>;
}

/** A relation found for a constraint, between two values. */
export interface Link {
  constraint: Constraint;
  subject: string;
  object: string;
  relation: RelationHit;
}

/** Where the chain broke off. */
export interface Gap {
  term: Variable | undefined;
  message: string;
  /** Calls that failed: then the gap is no fact about the world. */
  failures: string[];
}

export interface Solution {
  values: Map<string, Value[]>;
  links: Link[];
  gap?: Gap;
  /** Lists that were not followed to their ends. */
  notes: string[];
}

export interface Named {
  id: string;
  name: string;
  category?: string;
}

export function group(entities: readonly Named[]): Value[] {
  const values = new Map<string, Value>();
  for (const { id, name, category = "" } of entities) {
    const key = `${category}|${name.toLowerCase()}`;
    const value = values.get(key) ?? { key, name, category, ids: new Set<string>() };
    value.ids.add(id);
    values.set(key, value);
  }
  return [...values.values()];
}

export function otherEnd(constraint: Constraint, id: string): string | undefined {
  if (constraint.subject === id) return constraint.object;
  return constraint.object === id ? constraint.subject : undefined;
}

export function toLink(constraint: Constraint, relation: RelationHit): Link {
  return {
    constraint,
    relation,
    subject: keyOf({ id: relation.subject, name: relation.subjectName, category: relation.subjectCategory }),
    object: keyOf({ id: relation.object, name: relation.objectName, category: relation.objectCategory }),
  };
}

export function endKey(link: Link, id: string): string {
  return link.constraint.subject === id ? link.subject : link.object;
}

export function endOf(link: Link, id: string): Named {
  const { relation } = link;
  return link.constraint.subject === id
    ? { id: relation.subject, name: relation.subjectName, category: relation.subjectCategory }
    : { id: relation.object, name: relation.objectName, category: relation.objectCategory };
}

export function keyOf({ name, category = "" }: Named): string {
  return `${category}|${name.toLowerCase()}`;
}
