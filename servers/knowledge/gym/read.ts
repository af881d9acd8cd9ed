/** A gym as the stream of records that every store takes in. */
import type { KnowledgeRecord } from "../../../schemas/index.ts";
import type { GymWorld } from "./gym-name.ts";
import { chanceFor, makeWorld } from "./make-world.ts";
import { DocumentPlan } from "./plan-documents.ts";
import { Teller } from "./tell.ts";

/** Entities, then documents, then the relations that join the first and quote the second. The same bytes for the same world. */
export function* readGym(gym: GymWorld): Generator<KnowledgeRecord> {
  const { world, errors } = makeWorld(gym);
  for (const entity of world.entities) yield { type: "entity", entity };
  const plan = new DocumentPlan(world, chanceFor(gym, "documents"));
  plan.addWrong(errors, chanceFor(gym, "wrong documents"));
  const teller = new Teller(world, plan);
  for (const document of teller.documents(plan.empty(chanceFor(gym, "empty documents")))) {
    yield { type: "document", document };
  }
  for (const relation of teller.relations()) yield { type: "relation", relation };
}
