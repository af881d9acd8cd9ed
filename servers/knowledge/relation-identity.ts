/** Identity of a relation: its ends, predicate, negation and qualifiers, as an id and as 64 bits. */
import { hash } from "node:crypto";
import type { Relation } from "../../schemas/index.ts";
import type { Identity } from "./edge-table.ts";

type Identifying = Pick<Relation, "subject" | "predicate" | "object" | "negated" | "qualifiers">;

/** `R:` and 16 hexadecimal digits. The same statement from two sources is one relation with two pieces of evidence. */
export function relationId(relation: Identifying): string {
  return `R:${digest(relation)}`;
}

export function identityOf(relation: Identifying): Identity {
  const digits = digest(relation);
  return [Number.parseInt(digits.slice(0, 8), 16) | 0, Number.parseInt(digits.slice(8), 16) | 0];
}

/** The bits of an id; undefined where the text is none. */
export function identityFromId(id: string): Identity | undefined {
  const digits = /^R:([0-9a-f]{8})([0-9a-f]{8})$/.exec(id);
  return digits ? [Number.parseInt(digits[1]!, 16) | 0, Number.parseInt(digits[2]!, 16) | 0] : undefined;
}

function digest({ subject, predicate, object, negated = false, qualifiers }: Identifying): string {
  const identity = JSON.stringify([subject, predicate, object, negated, qualifiers ? canonical(qualifiers) : {}]);
  return hash("sha256", identity).slice(0, 16);
}

/** The same value with sorted keys, so that equal qualifiers have equal text. */
function canonical(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, canonical(v)]),
  );
}
