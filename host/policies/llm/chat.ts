/**
 * Any recorded run as the conversation that the llm policy would have had: same instructions, names of tools, results
 * and form of the answer. What a model is trained on here is what it is asked later.
 */
import type { State, Step } from "../../state.ts";
import type { ToolDefinition } from "../../tools/connection.ts";
import * as say from "./prompt.ts";
import { toolTable } from "./tools.ts";
import type { ModelTool, ToolTable } from "./tools.ts";
import { viewOf } from "./view.ts";
import type { View, ViewName } from "./view.ts";

export interface ChatCall {
  id: string;
  name: string;
  arguments: Record<string, unknown>;
}

export interface ChatMessage {
  role: "system" | "user" | "assistant" | "tool";
  content: string;
  calls?: ChatCall[];
  /** Of a tool's message: the call that it answers. */
  call?: string;
  /** The step of the run that an assistant's message, or a result, belongs to. */
  step?: number;
}

export interface Chat {
  messages: ChatMessage[];
  /** All tools, submit_answer last. */
  tools: ModelTool[];
}

/** Guidance is left out. Steps in which nothing was called or answered (time was up) are too. */
export function chatOf(state: State, definitions: readonly ToolDefinition[], viewName: ViewName = "full"): Chat {
  const view = viewOf(viewName, state.question);
  const table = toolTable(definitions);
  const messages: ChatMessage[] = [
    { role: "system", content: view.system },
    { role: "user", content: state.question },
    ...state.steps.flatMap((step) => turn(step, table, view)),
  ];
  return { messages, tools: [...table.tools.map(view.tool), view.submit] };
}

function turn(step: Step, table: ToolTable, view: View): ChatMessage[] {
  if (step.returned.length > 0) return acted(step, table, view);
  return step.answer ? answered(step, view) : [];
}

function acted({ step, thought, returned }: Step, table: ToolTable, view: View): ChatMessage[] {
  // Written before its results are shown: they are what the model does not know yet.
  const content = view.hideText(thought);
  const calls = returned.map(({ call }) => ({
    id: callId(call.id),
    name: table.nameOf(call),
    arguments: view.hide(call.arguments),
  }));
  const results = returned.map(({ call, isError, result }): ChatMessage => ({
    role: "tool",
    content: view.show(isError ? { error: result } : result),
    call: callId(call.id),
    step,
  }));
  return [{ role: "assistant", content, calls, step }, ...results];
}

function answered({ step, thought, answer, problems = [] }: Step, view: View): ChatMessage[] {
  const id = callId(`${step}.1`);
  const call = { id, name: say.SUBMIT, arguments: view.submission(answer!) };
  const message: ChatMessage = { role: "assistant", content: view.hideText(thought), calls: [call], step };
  if (problems.length === 0) return [message];
  return [message, { role: "tool", content: say.rejected(problems), call: id, step }];
}

function callId(id: string): string {
  return `call_${id.replace(".", "_")}`;
}
