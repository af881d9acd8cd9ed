/**
 * A plan written as straight code and decided one step at a time: a generator yields calls and receives their
 * results. Each decision runs it anew over the recorded steps up to the first that has no result yet, so the plan is a
 * pure function of the state: resume and replay need nothing of their own.
 */
import type { HypothesisChange, ProposedAnswer, ProposedCall } from "../../policy.ts";
import type { ReturnedCall, Step } from "../../state.ts";
import { again, passing, REPEATS } from "./repeat.ts";

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

/**
 * The next thing that the plan wants, given the steps so far. Calls that failed in passing are made again (`repeat.ts`)
 * before the plan sees a result: it need not know that there were two steps to it.
 */
export function advance(plan: Plan<Conclusion>, steps: readonly Step[], mustAnswer: boolean): Ask | Conclusion {
  const taken = [...steps];
  const next = () => {
    const step = taken.shift();
    return step && step.returned.length > 0 ? step.returned : undefined;
  };
  let turn = plan.next();
  for (let returned = next(); returned && !turn.done; returned = next()) {
    let results = returned;
    for (let repeat = 1; repeat <= REPEATS; repeat++) {
      const open = results.filter((r) => passing(r) !== undefined);
      if (open.length === 0) break;
      const fresh = next();
      if (!fresh && mustAnswer) break;
      if (!fresh) return again(open);
      // A budget may have let through fewer of them than were asked for.
      results = results.map((r) => fresh[open.indexOf(r)] ?? r);
    }
    turn = plan.next(results);
  }
  if (!turn.done && mustAnswer) turn = plan.throw(new BudgetReached("the budget of this run is used up"));
  return turn.value;
}
