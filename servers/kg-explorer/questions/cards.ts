/** What there is to ask about: the whole graph in numbers, and the card of one entity. */
import type { DescribeGraphResult, GetEntityResult } from "../../../schemas/index.ts";
import { outcome, type Result } from "../answer.ts";
import type { GraphBackend } from "../backend.ts";
import { reads, readsInGeneral } from "../reading.ts";
import { resolveEntity } from "../resolve.ts";
import type { Stores } from "./stores.ts";

/** What the graph holds: counts, categories with an example, predicates with how they read. */
export async function describeGraph(
  name: string,
  { backend, documents }: Stores,
): Promise<Result<typeof DescribeGraphResult>> {
  const { counts, categories, predicates } = await backend.overview();
  return {
    name,
    counts: { ...counts, documents: documents.count() },
    categories,
    predicates: predicates.map((p) => ({ ...p, reads: readsInGeneral(p.predicate) })),
    outcomes: [outcome(counts.entities)],
  };
}

/** One entity and how many relations of each kind it has. */
export async function cardOf(backend: GraphBackend, id: string): Promise<Result<typeof GetEntityResult>> {
  const entity = await resolveEntity(backend, id);
  const counts = await backend.relationCounts(entity.id);
  return {
    entity,
    degree: counts.reduce((sum, c) => sum + c.count, 0),
    relationCounts: counts.map((c) => ({ ...c, reads: reads(c.predicate, c.direction) })),
    outcomes: [outcome(1)],
  };
}
