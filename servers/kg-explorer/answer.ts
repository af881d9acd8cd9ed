/** Parts that the explorer's answers are made of. */
import type { z } from "zod";
import type { Entity, EntityMatch, FindEntitiesResult, Outcome, RelationHit } from "../../schemas/index.ts";

/** What a tool may return: the schema's defaults may be left out. */
export type Result<Schema extends z.ZodType> = z.input<Schema>;

/** Bytes of one page of relations: below the server's budget, so that a cursor never skips what the budget cut off. */
export const PAGE_BYTES = 26_000;

export function found(matches: readonly EntityMatch[]): Result<typeof FindEntitiesResult> {
  return { entities: matches.map(slim), outcomes: [outcome(matches.length)] };
}

/** An entity for a list: the long tails of its names are left to `get_entity`. */
export function slim<T extends Entity>(entity: T): T {
  const { synonyms, xrefs, description, ...rest } = entity;
  return {
    ...rest,
    ...(synonyms?.length ? { synonyms: synonyms.slice(0, 6) } : {}),
    ...(xrefs?.length ? { xrefs: xrefs.slice(0, 4) } : {}),
    ...(description ? { description: description.slice(0, 300) } : {}),
  } as unknown as T;
}

export function outcome(count: number, whyEmpty?: string): Outcome {
  if (count > 0) return { source: "graph", outcome: "found" };
  return { source: "graph", outcome: "empty", ...(whyEmpty ? { message: whyEmpty } : {}) };
}

export function whyNoEvidence(relations: readonly RelationHit[]): string {
  return relations.length === 0 ? "no such relation between these entities" : "the relation is stored without evidence";
}

export function notes(lines: readonly string[]): { notes?: string[] } {
  return lines.length > 0 ? { notes: [...lines] } : {};
}
