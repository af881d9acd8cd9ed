/** A policy for tests and demonstrations: a function of the state, or a list of decisions taken one after the other. */
import type { DecideContext, Decision, Policy } from "../policy.ts";
import type { State } from "../state.ts";

export type Script = readonly (Decision | ((state: State, context: DecideContext) => Decision | Promise<Decision>))[];

/** The n-th decision of a session is the script's n-th entry; the last one is repeated. Depends on the state alone, so it can be resumed. */
export function scripted(script: Script, name = "scripted"): Policy {
  return {
    name,
    async decide(state, context) {
      const entry = script[Math.min(state.steps.length, script.length - 1)];
      if (!entry) throw new Error("the script is empty");
      return typeof entry === "function" ? entry(state, context) : entry;
    },
  };
}
