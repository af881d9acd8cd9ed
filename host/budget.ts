/** Ceilings of a run: which one is reached, and what is left. Decided from recorded usage alone, so that a replay decides the same. */
import type { Budget, Termination, Usage } from "../schemas/index.ts";
import type { State } from "./state.ts";

/** Generous for a question, small for an accident. */
export const DEFAULT_BUDGET: Budget = { steps: 24, toolCalls: 96, tokens: 400_000, seconds: 300 };

export type Limit = Extract<Termination, `${string}_limit`>;

/** The ceiling that is reached, if any. A step is a turn in which tools were called. */
export function reachedLimit(usage: Usage, budget: Budget): Limit | undefined {
  if (usage.seconds >= budget.seconds) return "time_limit";
  if (usage.steps >= budget.steps) return "step_limit";
  if (usage.toolCalls >= budget.toolCalls) return "tool_limit";
  if (usage.promptTokens + usage.completionTokens >= budget.tokens) return "token_limit";
  if (budget.cost !== undefined && (usage.cost ?? 0) >= budget.cost) return "cost_limit";
  return undefined;
}

export function remaining({ usage, budget }: State): { steps: number; toolCalls: number } {
  return {
    steps: Math.max(0, budget.steps - usage.steps),
    toolCalls: Math.max(0, budget.toolCalls - usage.toolCalls),
  };
}

/** A timer set for longer than this goes off at once. */
const LONGEST_TIMER = 2 ** 31 - 1000;

/**
 * Milliseconds until work in progress is cut off at `now` (ms since 1970). The last turn, in which only an answer is
 * asked for, has a time of its own: a quarter of the whole, between 2 and 30 s.
 */
export function millisecondsLeft(state: State, now: number, lastTurn: boolean): number {
  const grace = Math.min(30, Math.max(2, state.budget.seconds / 4));
  if (lastTurn) return grace * 1000;
  const since = state.at ? Math.max(0, now - Date.parse(state.at)) : 0;
  const left = (state.budget.seconds - state.usage.seconds) * 1000 - since;
  return Math.min(LONGEST_TIMER, Math.max(0, left));
}
