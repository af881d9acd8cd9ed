/** Masked trajectory guidance: the chain behind a question with its entities hidden and its relations kept. */
import type { MaskedTriple, Proof } from "../../../schemas/index.ts";

/** The same entity has the same mask, so that the shape of the path stays visible; none is said to be the answer. */
export function maskedPath({ chain }: Pick<Proof, "chain">): MaskedTriple[] {
  const masks = new Map<string, string>();
  const mask = (id: string) => {
    const known = masks.get(id) ?? `[entity ${masks.size + 1}]`;
    masks.set(id, known);
    return known;
  };
  return chain.map(({ subject, predicate, object }) => ({ subject: mask(subject), predicate, object: mask(object) }));
}
