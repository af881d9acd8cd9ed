/** A model decides: any OpenAI-compatible endpoint, its own tool calls or the Hermes text form. What it gets wrong it is told. */
import { createHash } from "node:crypto";
import type { Decision, DecideContext, Policy, ProposedAnswer, ProposedCall } from "../../policy.ts";
import type { PolicySettings } from "../../session.ts";
import type { State, Step } from "../../state.ts";
import type { ToolDefinition } from "../../tools/connection.ts";
import { unknownTool } from "../../tools/failures.ts";
import { fromArguments, fromText } from "./answer.ts";
import { endpoint } from "./endpoint.ts";
import type { Complete, CompletionRequest } from "./endpoint.ts";
import { ANSWER_NOW, hermesTools, SUBMIT } from "./prompt.ts";
import { readReply } from "./reply.ts";
import type { ModelCall, Reply } from "./reply.ts";
import { toolTable } from "./tools.ts";
import { nudge, transcript } from "./transcript.ts";
import type { Message } from "./transcript.ts";
import { viewOf } from "./view.ts";
import type { View } from "./view.ts";

/** Messages that lead to nothing are answered with what is expected, so many times in one turn. */
const ATTEMPTS = 3;

/** `complete` is the way to the model: the settings' endpoint, or a test's own. */
export function llm(settings: PolicySettings, definitions: readonly ToolDefinition[], complete?: Complete): Policy {
  const { model = "", baseUrl, temperature, prices, toolFormat = "native", view: viewName = "full" } = settings;
  const table = toolTable(definitions);
  const { system: instructions, submit, tool } = viewOf(viewName, "");
  const tools = [...table.tools.map(tool), submit];
  const ask = complete ?? lazily(() => endpoint({ ...(baseUrl ? { baseUrl } : {}), ...(prices ? { prices } : {}) }));

  function request(messages: Message[], mustAnswer: boolean): CompletionRequest {
    return {
      model,
      messages,
      ...(toolFormat === "native" ? { tools: mustAnswer ? [submit] : tools } : {}),
      ...(temperature === undefined ? {} : { temperature }),
    };
  }

  const system = toolFormat === "hermes" ? instructions + hermesTools(tools) : instructions;
  // Only a turn whose answer was rejected can have been such a turn and be followed by another.
  const askedToAnswer = (before: Message[], { problems, messages }: Step) =>
    (problems?.length ?? 0) > 0 &&
    messages?.[0]?.request === digest(request([...before, { role: "user", content: ANSWER_NOW }], true));

  return {
    name: "llm",
    async decide(state, context) {
      const view = viewOf(viewName, state.question);
      const messages = transcript(view, system, state, askedToAnswer);
      if (context.mustAnswer) messages.push({ role: "user", content: ANSWER_NOW });
      for (let attempt = 1; ; attempt++) {
        const asked = request([...messages], context.mustAnswer);
        const { message } = await callModel(context, digest(asked), (signal) => ask(asked, signal));
        const reply = readReply(message);
        const decision = read(reply, state, context.mustAnswer, view);
        if (decision) return decision;
        if (attempt === ATTEMPTS) return givenUp(reply, context.mustAnswer);
        messages.push(message as Message, ...nudge(reply, context.mustAnswer));
      }
    },
  };

  /** The decision that a message is; undefined where it is none and the model has to be asked again. */
  function read({ calls, ...reply }: Reply, state: State, mustAnswer: boolean, view: View): Decision | undefined {
    const [text, thought] = [view.resolveText(reply.text), view.resolveText(reply.thought)];
    const working = calls
      .filter((call) => call.name !== SUBMIT)
      .map((call) => ({ ...call, arguments: view.resolve(call.arguments) }));
    if (working.length > 0) return mustAnswer ? undefined : { kind: "act", thought, calls: working.map(propose) };
    const submitted = calls.find((call) => call.name === SUBMIT);
    const answer = submitted
      ? fromArguments(view.resolve(submitted.arguments), state)
      : text
        ? fromText(text, state)
        : undefined;
    return answer && { kind: "answer", thought, answer };
  }

  function propose({ name, arguments: args, malformed }: ModelCall): ProposedCall {
    const found = table.find(name);
    if (found) return { ...found, arguments: args, ...(malformed ? { refused: malformed } : {}) };
    const [server, tool] = name.includes("__")
      ? [name.split("__")[0]!, name.slice(name.indexOf("__") + 2)]
      : ["", name];
    const known = tools.map((t) => t.name);
    return { server, tool, arguments: args, refused: unknownTool(server, tool, known) };
  }
}

/** After the last attempt: with the tools withdrawn no decision counts, else it is an abstention that says why. */
function givenUp({ thought, calls }: Reply, mustAnswer: boolean): Decision {
  const answer: ProposedAnswer = {
    answer: `The model gave neither a tool call nor an answer in ${ATTEMPTS} attempts.`,
    abstained: true,
    citations: [],
  };
  return mustAnswer && calls.length > 0 ? { kind: "act", thought, calls: [] } : { kind: "answer", thought, answer };
}

/** The cassette's and the log's name for a request: what was asked, not where. */
function digest(request: CompletionRequest): string {
  return createHash("sha256").update(JSON.stringify(request)).digest("hex");
}

function callModel(context: DecideContext, key: string, ask: Parameters<NonNullable<DecideContext["callModel"]>>[1]) {
  return context.callModel ? context.callModel(key, ask) : ask(context.signal);
}

/** A replay needs no endpoint. */
function lazily(make: () => Complete): Complete {
  let made: Complete | undefined;
  return (request, signal) => (made ??= make())(request, signal);
}
