/** A policy decides the next step from the state, and nothing else: the loop, the budgets and the log are not its concern. */
import type { Citation, ToolCall, Usage } from "../schemas/index.ts";
import type { State } from "./state.ts";

export interface ProposedAnswer {
  /** Short and direct, with citation marks [1] after the claims they support. */
  answer: string;
  abstained: boolean;
  citations: Citation[];
}

/** Calls of one decision run in parallel; their results are in the state before the next decision. `id` is given by the loop. */
export type ProposedCall = Omit<ToolCall, "id"> & { id?: string };

export interface HypothesisChange {
  id: string;
  statement: string;
  status: "open" | "supported" | "refuted" | "verified";
  evidence: string[];
}

export type Decision =
  | { kind: "act"; thought: string; calls: ProposedCall[]; hypotheses?: HypothesisChange[] }
  | { kind: "answer"; thought: string; answer: ProposedAnswer; hypotheses?: HypothesisChange[] };

export interface DecideContext {
  signal: AbortSignal;
  /** True when a budget is reached: tools are withdrawn, the policy must answer with what it has. */
  mustAnswer: boolean;
  remaining: { steps: number; toolCalls: number };
  usage: Usage;
}

export interface Policy {
  readonly name: string;
  decide(state: State, context: DecideContext): Promise<Decision>;
}
