/** Kinds of evidence that a question wants, beside those that a source has. */
import type { Kind } from "../kinds.ts";
import type { SourceQuestion } from "./source.ts";

/** Whether records of these kinds are wanted: all are where the question does not say. */
export function isWanted({ kinds }: Pick<SourceQuestion, "kinds">, own: readonly Kind[]): boolean {
  return !kinds || own.some((kind) => kinds.includes(kind));
}

/** Why a source with these kinds alone is not asked; undefined where it is. */
export function noneWanted(question: Pick<SourceQuestion, "kinds">, own: readonly Kind[]): string | undefined {
  return isWanted(question, own) ? undefined : `it has no ${question.kinds!.join(" or ").replaceAll("_", " ")}`;
}
