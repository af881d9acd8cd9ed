/** Says what is missing instead of guessing. */
import type { Conclusion } from "./coroutine.ts";

/** @param missing a clause: "it holds no statement that …" · @param looked where else was looked, and what came of it */
export function abstain(knowledge: string, missing: string, looked: readonly string[] = []): Conclusion {
  const elsewhere = looked.length > 0 ? ` ${looked.join(" ")}` : "";
  return {
    thought: "The evidence does not carry an answer; I say what is missing.",
    answer: {
      answer: `I cannot answer this from the knowledge that is loaded (${knowledge}): ${missing}.${elsewhere}`,
      abstained: true,
      citations: [],
    },
  };
}
