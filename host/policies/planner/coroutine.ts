/**
 * A plan written as straight code and decided one step at a time: a generator yields calls and receives their
 * results. Each decision runs it anew over the recorded steps up to the first that has no result yet, so the plan is a
 * pure function of the state: resume and replay need nothing of their own.
 */
import type { HypothesisChange, ProposedAnswer, ProposedCall } from "../../policy.ts";
import type { ReturnedCall, Step } from "../../state.ts";

export interface Ask {
  thought: string;
  calls: ProposedCall[];
  hypotheses?: HypothesisChange[];
}

/** A part of a plan: yields what to ask, is given one result per call in the order of the calls, returns a `T`. */
export type Plan<T> = Generator<Ask, T, ReturnedCall[]>;

export interface Conclusion {
  thought: string;
  answer: ProposedAnswer;
  hypotheses?: HypothesisChange[];
}

/** Thrown into a plan when a budget is reached: it may catch it to answer with what it has. */
export class BudgetReached extends Error {}

/** The next thing that the plan wants, given the steps so far. */
export function advance(plan: Plan<Conclusion>, steps: readonly Step[], mustAnswer: boolean): Ask | Conclusion {
  let turn = plan.next();
  for (const step of steps) {
    if (turn.done || step.returned.length === 0) break;
    turn = plan.next(step.returned);
  }
  if (!turn.done && mustAnswer) turn = plan.throw(new BudgetReached("the budget of this run is used up"));
  return turn.value;
}
