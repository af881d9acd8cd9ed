/** A policy decides the next step from the state, and nothing else: the loop, the budgets and the log are not its concern. */
import type { Citation, ToolCall, ToolFailure, Usage } from "../schemas/index.ts";
import type { State } from "./state.ts";

export interface ProposedAnswer {
  /** Short and direct, with citation marks [1] after the claims they support. */
  answer: string;
  abstained: boolean;
  citations: Citation[];
}

/** Calls of one decision run in parallel; their results are in the state before the next decision. `id` is given by the loop. */
export type ProposedCall = Omit<ToolCall, "id"> & {
  id?: string;
  /** The call cannot be made (a model's malformed arguments, a tool that is not there): recorded and answered with this, not sent. */
  refused?: ToolFailure;
};

export interface HypothesisChange {
  id: string;
  statement: string;
  status: "open" | "supported" | "refuted" | "verified";
  evidence: string[];
}

export type Decision =
  | { kind: "act"; thought: string; calls: ProposedCall[]; hypotheses?: HypothesisChange[] }
  | { kind: "answer"; thought: string; answer: ProposedAnswer; hypotheses?: HypothesisChange[] };

/** What came back from a model, in the form in which it is recorded. */
export interface ModelReply {
  /** The assistant's message as received: content, tool_calls, reasoning; or `{error}` where none came. */
  message: unknown;
  finishReason?: string;
  promptTokens: number;
  completionTokens: number;
  /** US dollars, where known. */
  cost?: number;
}

/** Asks a model once and records that it was asked; a replay gives the recorded reply instead. Failures are recorded too, then thrown. */
export type CallModel = (digest: string, ask: (signal: AbortSignal) => Promise<ModelReply>) => Promise<ModelReply>;

export interface DecideContext {
  signal: AbortSignal;
  /** True when a budget is reached: tools are withdrawn, the policy must answer with what it has. */
  mustAnswer: boolean;
  remaining: { steps: number; toolCalls: number };
  usage: Usage;
  /** The way to a model for policies that have one; absent only where a policy is driven without a session. */
  callModel?: CallModel;
}

export interface Policy {
  readonly name: string;
  decide(state: State, context: DecideContext): Promise<Decision>;
}

/** Something that the run stands on is not there (the model's endpoint, every server). No finding, no answer, no reward. */
export class InfrastructureError extends Error {
  override readonly name = "InfrastructureError";
}
