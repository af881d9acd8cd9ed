/** The words behind a step of the chain: a verbatim quote of a document that is not retracted. */
import { documentText, type Hop } from "../../../schemas/index.ts";
import { isForward } from "../chains/fact-graph.ts";
import type { World } from "./world.ts";

/**
 * @param from @param to entities, @param k position of the fact that leads from one to the other
 * @returns undefined where no quote stands word for word in its document
 */
export function hopOf(world: World, from: number, to: number, k: number): Hop | undefined {
  const { graph, knowledge } = world;
  const row = graph.relation[k]!;
  const { id, evidence } = knowledge.graph.relationAt(row);
  for (const { document, quote } of evidence) {
    const stored = knowledge.documents.get(document);
    if (!stored || stored.integrity === "retracted" || !quote || !documentText(stored).includes(quote)) continue;
    const step = graph.step[k]!;
    const [subject, object] = isForward(step) ? [from, to] : [to, from];
    return {
      relation: id,
      subject: graph.ids[subject]!,
      predicate: graph.predicates[step >> 1]!,
      object: graph.ids[object]!,
      document,
      quote,
    };
  }
  return undefined;
}
