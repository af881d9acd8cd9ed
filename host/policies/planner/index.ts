/**
 * The policy without a model: it reads a question as a query over names and relations, walks the evidence hop by hop,
 * looks for a second source, answers in the words of its passages, and abstains when they do not carry an answer.
 */
import type { Decision, Policy } from "../../policy.ts";
import type { State } from "../../state.ts";
import { abstain } from "./abstain.ts";
import { advance, type Conclusion } from "./coroutine.ts";
import { research } from "./research.ts";

export function planner(): Policy {
  return {
    name: "planner",
    decide: (state, { mustAnswer }) => Promise.resolve().then(() => decide(state, mustAnswer)),
  };
}

function decide(state: State, mustAnswer: boolean): Decision {
  const refused = state.steps.findLast((s) => s.problems && s.problems.length > 0);
  if (refused)
    return conclude(
      abstain(
        state.knowledgeName,
        `the answer did not stand up to the check (${refused.problems!.join("; ").replaceAll(/\[(\d+)\]/g, "$1")})`,
      ),
    );
  const next = advance(research(state.question, state.knowledgeName), state.steps, mustAnswer);
  return "answer" in next ? conclude(next) : { kind: "act", ...next };
}

function conclude({ thought, answer, hypotheses }: Conclusion): Decision {
  return { kind: "answer", thought, answer, ...(hypotheses ? { hypotheses } : {}) };
}
