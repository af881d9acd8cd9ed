/** Which sources a session could not ask: what they hold was not looked at, and the reader of an answer is told so. */
import { Outcome } from "../schemas/index.ts";
import type { State } from "./state.ts";

export interface Unreached {
  source: string;
  message?: string | undefined;
}

/** Sources that were unavailable whenever they were asked, in the order in which that was found out. */
export function unreachedSources({ steps }: Pick<State, "steps">): Unreached[] {
  const away = new Map<string, Unreached>();
  const answered = new Set<string>();
  for (const { result } of steps.flatMap(({ returned }) => returned)) {
    const { outcomes } = (result ?? {}) as { outcomes?: unknown };
    for (const item of Array.isArray(outcomes) ? outcomes : []) {
      const { source, outcome, message } = Outcome.safeParse(item).data ?? { source: "", outcome: "inapplicable" };
      // What nobody set up was not to be reached.
      if (outcome === "unavailable" && /\bis not set\b/.test(message ?? "")) continue;
      if (outcome === "unavailable") away.set(source, away.get(source) ?? { source, message });
      else if (outcome !== "inapplicable") answered.add(source);
    }
  }
  return [...away.values()].filter(({ source }) => !answered.has(source));
}
