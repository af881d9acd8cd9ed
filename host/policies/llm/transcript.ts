/** The conversation with the model, rebuilt from the state. It only ever grows at its end: a model's tokens are never rewritten. */
import type { State, Step } from "../../state.ts";
import * as say from "./prompt.ts";
import { readReply } from "./reply.ts";
import type { Reply } from "./reply.ts";
import type { View } from "./view.ts";

export type Message = Record<string, unknown> & { role: string };

/** Whether the model was asked for an answer at once: tells a recorded request apart by its digest. */
export type AskedToAnswer = (before: Message[], step: Step) => boolean;

/** `view` is new; it is left as it stands at the end of the conversation. */
export function transcript(view: View, system: string, state: State, askedToAnswer: AskedToAnswer): Message[] {
  const messages: Message[] = [
    { role: "system", content: system },
    ...(state.guidance ? [{ role: "system", content: say.guidanceNote(state.guidance) }] : []),
    { role: "user", content: state.question },
  ];
  for (const step of state.steps) {
    const said = (step.messages ?? []).filter(({ message }) => !isError(message));
    if (said.length === 0) continue;
    const withdrawn = askedToAnswer(messages, step);
    if (withdrawn) messages.push({ role: "user", content: say.ANSWER_NOW });
    for (const [i, { message }] of said.entries()) {
      const reply = readReply(message);
      messages.push(message as Message);
      messages.push(...(i < said.length - 1 ? nudge(reply, withdrawn) : observed(reply, step, view)));
    }
  }
  return messages;
}

/** What is said to a message that led to nothing. */
export function nudge(reply: Reply, withdrawn: boolean): Message[] {
  if (reply.calls.length === 0) return [{ role: "user", content: say.SAY_SOMETHING }];
  return answers(reply, (name) => (withdrawn && name !== say.SUBMIT ? say.TOOLS_WITHDRAWN : say.NO_ANSWER));
}

/** What came of a message: the results of its calls, or why its answer was not accepted. */
function observed(reply: Reply, step: Step, view: View): Message[] {
  const { returned, problems = [] } = step;
  const rejection = say.rejected(problems);
  if (reply.calls.length === 0) return problems.length > 0 ? [{ role: "user", content: rejection }] : [];
  let next = 0;
  return answers(reply, (name) => {
    if (name === say.SUBMIT) return returned.length > 0 ? say.ANSWER_ALONE : rejection;
    const result = returned[next++];
    if (!result) return say.NOT_RUN;
    return view.show(result.isError ? { error: result.result } : result.result);
  });
}

/** One answer per call, in the form in which the calls came. */
function answers({ calls, hermes }: Reply, content: (name: string) => string): Message[] {
  if (hermes) {
    const responses = calls.map(({ name }) => `<tool_response>\n${content(name)}\n</tool_response>`);
    return [{ role: "user", content: responses.join("\n") }];
  }
  return calls.map(({ id, name }) => ({ role: "tool", tool_call_id: id ?? "", content: content(name) }));
}

function isError(message: unknown): boolean {
  return typeof message === "object" && message !== null && "error" in message;
}
