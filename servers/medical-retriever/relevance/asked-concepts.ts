/** A question as concepts: its words, with what the vocabulary knows of them. */
import type { Knowledge } from "../../knowledge/index.ts";
import { conceptsOf, withAlternatives, type Concept } from "./concepts.ts";
import { namesIn } from "./vocabulary.ts";

/** Told once. */
const unusable = new WeakSet<object>();

/** Without a vocabulary the words alone must do. */
export function askedConcepts(knowledge: Pick<Knowledge, "graph">, question: string): Concept[] {
  const concepts = conceptsOf(question);
  try {
    return withAlternatives(concepts, namesIn(knowledge, question));
  } catch (error) {
    if (!unusable.has(knowledge)) process.stderr.write(`the vocabulary cannot be asked: ${(error as Error).message}\n`);
    unusable.add(knowledge);
    return concepts;
  }
}
