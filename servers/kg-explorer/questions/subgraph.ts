/** The piece of the graph around some entities, with what is said not to be so between them. */
import type { SubgraphResult } from "../../../schemas/index.ts";
import { notes, outcome, type Result } from "../answer.ts";
import { deniedAmong } from "../denied.ts";
import { EvidenceTrimmer } from "../evidence.ts";
import { resolveEntity } from "../resolve.ts";
import type { Stores } from "./stores.ts";

/** The piece of the graph around some entities. */
export async function subgraphAround(
  { backend, documents }: Stores,
  ids: readonly string[],
  depth = 1,
  limit = 40,
): Promise<Result<typeof SubgraphResult>> {
  const seeds = await Promise.all(ids.map((id) => resolveEntity(backend, id)));
  const asked = [...new Set(seeds.map((s) => s.id))];
  const around = await backend.around(asked, depth, limit);
  const known = new Set(around.relations.map((r) => r.id));
  const denied = (await deniedAmong(backend, asked)).filter((r) => !known.has(r.id));
  const relations = [...denied, ...around.relations];
  const trimmer = new EvidenceTrimmer(documents, 1);
  return {
    seeds: asked,
    entities: around.entities.map(({ id, name, category }) => ({ id, name, category })),
    relations: relations.map((r) => trimmer.trim(r)),
    outcomes: [outcome(relations.length, "no relation around these entities")],
    ...notes([...around.notes, ...trimmer.notes()]),
  };
}
