/** State s = (c, k, h) of the paper as a pure fold over the event log: dialogue, knowledge, hypotheses. */
import type { DocumentHit, Passage, RelationHit, SessionEvent, ToolCall, Usage } from "../schemas/index.ts";
import type { HypothesisChange, ProposedAnswer } from "./policy.ts";

export interface ReturnedCall {
  call: ToolCall;
  isError: boolean;
  /** structuredContent, or a ToolFailure where isError. */
  result: unknown;
  ms: number;
}

/** One turn of the loop: what was thought and called, and what came back. */
export interface Step {
  step: number;
  thought: string;
  /** In the order in which they were called. */
  returned: ReturnedCall[];
  answer?: ProposedAnswer;
  /** Problems found by the check of `answer`. */
  problems?: string[];
}

export interface State {
  session: string;
  question: string;
  knowledgeName: string;
  tools: { server: string; tool: string }[];
  /** c */
  steps: Step[];
  /** k: what the tools returned so far, by id */
  documents: Map<string, DocumentHit>;
  passages: Map<string, Passage>;
  relations: Map<string, RelationHit>;
  /** h */
  hypotheses: Map<string, HypothesisChange>;
  usage: Usage;
  ended?: Extract<SessionEvent, { type: "session.ended" }>;
}
