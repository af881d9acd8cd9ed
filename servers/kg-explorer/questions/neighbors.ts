/** The relations of one entity, filtered, a page at a time. */
import type { Entity, NeighborsResult, RelationHit } from "../../../schemas/index.ts";
import { listKey, readCursor, writeCursor } from "../../kit/cursor.ts";
import { invalidArguments } from "../../kit/index.ts";
import type { Direction } from "../../knowledge/index.ts";
import { notes, outcome, PAGE_BYTES, slim, type Result } from "../answer.ts";
import type { GraphBackend } from "../backend.ts";
import { EvidenceTrimmer } from "../evidence.ts";
import { resolveEntity } from "../resolve.ts";
import { categoryOf, predicatesOf } from "../terms.ts";
import type { Stores } from "./stores.ts";

export interface NeighborsQuery {
  id: string;
  predicates?: string[] | undefined;
  categories?: string[] | undefined;
  direction?: Direction | "both" | undefined;
  /** See `NeighbourFilter`. */
  evidence?: boolean | undefined;
  qualifier?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** A page of the neighbourhood with evidence inline; fixed order, so that pages fit together. */
export async function neighborsOf(
  { backend, documents }: Stores,
  query: NeighborsQuery,
): Promise<Result<typeof NeighborsResult>> {
  const { direction = "both", limit = 25 } = query;
  const entity = await resolveEntity(backend, query.id);
  const predicates = await predicatesOf(backend, query.predicates);
  const categories = query.categories && (await Promise.all(query.categories.map((c) => categoryOf(backend, c))));
  const { evidence, qualifier } = query;
  const filter = { predicates, categories, direction, evidence, qualifier };
  const key = listKey(entity.id, filter);
  const { offset, total: before } = readCursor(query.cursor, key);
  const page = await backend.neighbours(entity.id, filter, offset, limit);
  if (before !== undefined && before !== page.total) {
    throw invalidArguments("the graph has changed since the first page", "ask again without cursor");
  }
  const trimmer = new EvidenceTrimmer(documents);
  const relations: RelationHit[] = [];
  const entities = new Map<string, Entity>();
  let bytes = 0;
  for (const full of page.relations) {
    const relation = trimmer.trim(full);
    const other = relation.subject === entity.id ? relation.object : relation.subject;
    const neighbour = entities.get(other) ?? slim((await backend.entity(other))!);
    bytes += JSON.stringify(relation).length + (entities.has(other) ? 0 : JSON.stringify(neighbour).length);
    if (bytes > PAGE_BYTES && relations.length > 0) break;
    relations.push(relation);
    entities.set(other, neighbour);
  }
  const end = offset + relations.length;
  return {
    relations,
    entities: [...entities.values()],
    total: page.total,
    ...(end < page.total ? { nextCursor: writeCursor(key, end, page.total) } : {}),
    outcomes: [outcome(relations.length, await whyNone(backend, entity, relations.length, offset))],
    ...notes(trimmer.notes()),
  };
}

async function whyNone(
  backend: GraphBackend,
  entity: Entity,
  shown: number,
  offset: number,
): Promise<string | undefined> {
  if (shown > 0 || offset > 0) return undefined;
  const counts = await backend.relationCounts(entity.id);
  if (counts.length === 0) return `${entity.name} has no relations in this graph`;
  const held = counts.slice(0, 12).map((c) => `${c.predicate} (${c.direction}, ${c.count})`);
  return `${entity.name} has no such relations; it has: ${held.join(", ")}`;
}
