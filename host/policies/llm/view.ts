/** How a run is put to a model: the instructions, the tools, the results, and the names by which the model speaks of them. */
import type { PolicySettings } from "../../session.ts";
import type { ProposedAnswer } from "../../policy.ts";
import { compactView } from "./compact.ts";
import { SUBMIT_TOOL, SYSTEM_PROMPT } from "./prompt.ts";
import { shownResult } from "./shown.ts";
import type { ModelTool } from "./tools.ts";

/**
 * One conversation's view. What it says depends on what it has shown before, so results are shown once each, in the
 * order of the conversation. `resolve…` reads what a model wrote; `hide…` writes what a model would have written (rows
 * for training), so that `resolve(hide(x))` means `x`.
 */
export interface View {
  readonly system: string;
  readonly submit: ModelTool;
  tool: (tool: ModelTool) => ModelTool;
  /** Text of a tool's result; `{error}` where it failed. */
  show: (result: unknown) => string;
  resolve: (args: Record<string, unknown>) => Record<string, unknown>;
  resolveText: (text: string) => string;
  hide: (args: Record<string, unknown>) => Record<string, unknown>;
  hideText: (text: string) => string;
  /** The arguments of submit_answer that give this answer. */
  submission: (answer: ProposedAnswer) => Record<string, unknown>;
}

export type ViewName = NonNullable<PolicySettings["view"]>;

export function viewOf(name: ViewName, question: string): View {
  return name === "compact" ? compactView(question) : FULL;
}

const FULL: View = {
  system: SYSTEM_PROMPT,
  submit: SUBMIT_TOOL,
  tool: (tool) => tool,
  show: (result) => shownResult(result),
  resolve: (args) => args,
  resolveText: (text) => text,
  hide: (args) => args,
  hideText: (text) => text,
  submission: ({ answer, abstained, citations }) => ({
    answer,
    abstained,
    citations: citations.map(({ n, passage, quote }) => ({ n, passage, quote })),
  }),
};
