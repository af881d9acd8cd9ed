/** A gym as the stream of records that every store takes in. */
import type { KnowledgeRecord } from "../../../schemas/index.ts";
import type { GymWorld } from "./gym-name.ts";
import { chanceFor, makeWorld } from "./make-world.ts";
import { addEmptyDocuments, addWrongDocuments, DocumentPlan } from "./plan-documents.ts";
import { Teller } from "./tell.ts";

/** Entities, then documents, then the relations that join the first and quote the second. The same bytes for the same world. */
export function* readGym(gym: GymWorld): Generator<KnowledgeRecord> {
  const { world, errors } = makeWorld(gym);
  for (const entity of world.entities) yield { type: "entity", entity };
  const plan = new DocumentPlan(world, chanceFor(gym, "documents"));
  addWrongDocuments(plan, errors, world, chanceFor(gym, "wrong documents"));
  addEmptyDocuments(plan, world, chanceFor(gym, "empty documents"));
  const teller = new Teller(world, plan);
  for (const document of teller.documents()) yield { type: "document", document };
  for (const relation of teller.relations()) yield { type: "relation", relation };
}
