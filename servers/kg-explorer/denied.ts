/** What is said NOT to be so between entities that were asked for: no way leads over it, but a reader must see it. */
import type { RelationHit } from "../../schemas/index.ts";
import type { GraphBackend } from "./backend.ts";

/** Pairs grow with the square: of more entities only the first are compared. */
const MOST_COMPARED = 8;

export async function deniedAmong(backend: GraphBackend, ids: readonly string[]): Promise<RelationHit[]> {
  const compared = ids.slice(0, MOST_COMPARED);
  const pairs = compared.flatMap((one, i) => compared.slice(i + 1).map((other) => [one, other] as const));
  const between = await Promise.all(pairs.map(async ([one, other]) => backend.between(one, other)));
  return between.flat().filter((relation) => relation.negated);
}
