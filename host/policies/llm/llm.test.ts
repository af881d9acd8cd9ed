import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { cassetteModel, openCassette } from "../../cassette.ts";
import type { Cassette } from "../../cassette.ts";
import { readSession } from "../../recording/sessions.ts";
import { replaySession } from "../../replay.ts";
import type { Outcome } from "../../session.ts";
import { NOBODY } from "../../testing/gate.ts";
import { modelServer } from "../../testing/model-server.ts";
import type { ModelServer, Turn } from "../../testing/model-server.ts";
import { runScript, temporaryHome } from "../../testing/run.ts";
import { PASSAGE } from "../../testing/servers.ts";
import { endpoint } from "./endpoint.ts";
import { llm } from "./index.ts";

/** The policy with its endpoint's patience shortened. */
const quick: typeof llm = (settings, tools) => llm(settings, tools, endpoint({ ...settings, pauses: [1, 1, 1] }));

const SUBMITTED = {
  name: "submit_answer",
  arguments: JSON.stringify({
    answer: "FBN1 [1].",
    abstained: false,
    citations: [{ n: 1, passage: PASSAGE.id, quote: "variants of FBN1" }],
  }),
};
const FIND = { name: "graph__find", arguments: '{"query": "marfan"}' };

let server: ModelServer;
afterEach(() => (server as ModelServer | undefined)?.close());

async function ask(turns: Turn[], options: Parameters<typeof runScript>[1] & { format?: "native" | "hermes" } = {}) {
  server = await modelServer(turns);
  const { format, ...rest } = options;
  const settings = { name: "llm", model: "m", baseUrl: server.url, ...(format ? { toolFormat: format } : {}) };
  return runScript([], { settings, policy: quick, ...rest });
}

function lastMessages(n: number, request = server.requests.at(-1)!) {
  return request.messages.slice(-n);
}

function results({ state }: Outcome, step = 0) {
  return state.steps[step]!.returned.map(({ call, isError, result }) => ({ call, isError, result }));
}

test("a model finds and answers with native calls; usage, reasoning and its messages are recorded", async () => {
  const outcome = await ask([{ reasoning: "Look it up.", calls: [FIND] }, { calls: [SUBMITTED] }]);
  expect(outcome).toMatchObject({
    answer: "FBN1 [1].",
    termination: "answered",
    usage: { promptTokens: 200, completionTokens: 40, toolCalls: 1 },
  });
  expect(outcome.citations).toEqual([
    { n: 1, document: "NOTE:marfan", passage: PASSAGE.id, quote: "variants of FBN1" },
  ]);
  expect(outcome.state.steps[0]!.thought).toBe("Look it up.");
  expect(server.requests[0]!.tools!.map((t) => t.function.name)).toContain("graph__find");
  expect(lastMessages(2).map((m) => m.role)).toEqual(["assistant", "tool"]);
});

test("parallel calls run in one step and each gets its result", async () => {
  const second = { name: "graph__fail", arguments: '{"query": "x"}' };
  const outcome = await ask([{ calls: [FIND, second] }, { calls: [SUBMITTED] }]);
  expect(results(outcome).map((r) => r.isError)).toEqual([false, true]);
  expect(lastMessages(2).map((m) => m.tool_call_id)).toEqual(["call_0", "call_1"]);
  expect(lastMessages(1)[0]!.content).toContain("ask otherwise");
});

test("malformed arguments and unknown tools go back to the model as errors, and are recorded", async () => {
  const broken = { name: "graph__find", arguments: '{"query": "marf' };
  const unknown = { name: "graph__dream", arguments: "{}" };
  const list = { name: "graph__find", arguments: "[1]" };
  const outcome = await ask([{ calls: [broken, unknown, list] }, { calls: [FIND] }, { calls: [SUBMITTED] }]);
  expect(outcome.termination).toBe("answered");
  expect(results(outcome).map((r) => (r.result as { reason: string }).reason)).toEqual([
    "invalid_arguments",
    "unknown_tool",
    "invalid_arguments",
  ]);
  const told = lastMessages(3, server.requests[1]).map((m) => String(m.content));
  expect(told[0]).toContain("one JSON object");
  expect(told[1]).toContain("graph__find");
});

test("plain text that names passage ids is an answer with numbered citations", async () => {
  const outcome = await ask([{ calls: [FIND] }, { text: `It is FBN1 [${PASSAGE.id}].` }]);
  expect(outcome).toMatchObject({ answer: "It is FBN1 [1].", termination: "answered" });
  expect(outcome.citations[0]).toMatchObject({ n: 1, passage: PASSAGE.id, quote: PASSAGE.text });
});

test("an invented citation is sent back with what is wrong; a second one ends without an answer", async () => {
  const invented = { ...SUBMITTED, arguments: SUBMITTED.arguments.replace(PASSAGE.id, "PMID:9#0-9") };
  const outcome = await ask([{ calls: [FIND] }, { calls: [invented] }]);
  expect(outcome).toMatchObject({ termination: "abstained", abstained: true, citations: [] });
  expect(lastMessages(1)[0]!.content).toContain("PMID:9#0-9 was returned by no tool");
});

test("the Hermes text form works both ways", async () => {
  const text = `<think>Look.</think>I look.\n<tool_call>\n{"name": "graph__find", "arguments": {"query": "marfan"}}\n</tool_call>`;
  const submit = `<tool_call>{"name": "submit_answer", "arguments": ${SUBMITTED.arguments}}</tool_call>`;
  const outcome = await ask([{ text }, { text: submit }], { format: "hermes" });
  expect(outcome.termination).toBe("answered");
  expect(outcome.state.steps[0]!.thought).toBe("Look.\nI look.");
  expect(server.requests[0]!.tools).toBeUndefined();
  expect(server.requests[0]!.messages[0]!.content).toContain("<tools>");
  expect(lastMessages(1)[0]).toMatchObject({ role: "user", content: expect.stringContaining("<tool_response>") });
});

test("an empty message is answered with what is expected", async () => {
  const outcome = await ask([{ text: "" }, { calls: [FIND] }, { text: " " }, { calls: [SUBMITTED] }]);
  expect(outcome.termination).toBe("answered");
  expect(lastMessages(1, server.requests[1])[0]!.content).toContain("neither a tool call nor an answer");
});

test("history only grows: each request begins with the one before", async () => {
  const invented = { ...SUBMITTED, arguments: SUBMITTED.arguments.replace("variants of FBN1", "nothing of it") };
  await ask([{ calls: [FIND] }, { text: "" }, { calls: [FIND] }, { calls: [invented] }, { calls: [SUBMITTED] }], {
    budget: { steps: 2 },
  });
  expect(server.requests).toHaveLength(5);
  for (const [i, { messages }] of server.requests.entries()) {
    const before = server.requests[i - 1]?.messages ?? [];
    expect(messages.slice(0, before.length)).toEqual(before);
  }
  expect(JSON.stringify(server.requests[3]!.messages)).toContain("tools are withdrawn");
});

test("a busy or breaking endpoint is tried again: 429, 500, a cut stream", async () => {
  const retry = { headers: { "retry-after": "0" } };
  const outcome = await ask([
    { status: 429, ...retry },
    { status: 500, ...retry },
    { cut: true, text: "half a mess" },
    { text: "I do not know." },
  ]);
  expect(server.requests.length).toBeGreaterThanOrEqual(4);
  expect(outcome.state.steps[0]!.answer?.answer).toBe("I do not know.");
});

test.each<[string, Turn]>([
  ["always fails", { status: 500, headers: { "retry-after": "0" } }],
  ["refuses the key", { status: 401 }],
])("an endpoint that %s is an infrastructure error, never an answer", async (_, turn) => {
  const home = temporaryHome();
  const outcome = await ask([turn], { home });
  expect(outcome).toMatchObject({ termination: "infrastructure_error", citations: [] });
  expect(outcome.message).toContain(server.url);
  const { events } = readSession(home, outcome.session);
  expect(events.filter((e) => e.type === "model.called")).toHaveLength(1);
});

test("garbage instead of a stream is an infrastructure error", async () => {
  const outcome = await ask([{ raw: "data: {not json}\n\n<html>" }]);
  expect(outcome.termination).toBe("infrastructure_error");
});

test("an endpoint that does not exist is an infrastructure error that says where", async () => {
  const outcome = await runScript([], { settings: { name: "llm", model: "m", baseUrl: NOBODY }, policy: quick });
  expect(outcome).toMatchObject({ termination: "infrastructure_error", message: expect.stringContaining(NOBODY) });
});

test("a model that says nothing is cut off at the time limit, asked once more, and the run ends as such", async () => {
  const outcome = await ask([{ silent: true }], { budget: { seconds: 0.5 } });
  expect(outcome.termination).toBe("time_limit");
});

test("the token ceiling withdraws the tools, also where the endpoint counts nothing", async () => {
  const outcome = await ask([{ calls: [FIND], noUsage: true }, { calls: [SUBMITTED] }], { budget: { tokens: 300 } });
  expect(outcome.usage.promptTokens).toBeGreaterThan(300);
  expect(outcome.termination).toBe("answered");
  expect(server.requests[1]!.tools!.map((t) => t.function.name)).toEqual(["submit_answer"]);
});

test("prices turn tokens into cost, and the cost into a ceiling", async () => {
  server = await modelServer([{ calls: [FIND] }, { text: "" }]);
  const settings = { name: "llm", model: "m", baseUrl: server.url, prices: [1000, 1000] as [number, number] };
  const outcome = await runScript([], { settings, policy: llm, budget: { cost: 0.1 } });
  expect(outcome.usage.cost).toBeGreaterThan(0.1);
  expect(outcome.termination).toBe("cost_limit");
});

const through =
  (cassette: Cassette): typeof llm =>
  (settings, tools) =>
    llm(settings, tools, cassetteModel(endpoint(settings), cassette));

test("a cassette answers for the model; another question misses loudly", async () => {
  const file = join(temporaryHome(), "cassette.jsonl");
  const recorded = await ask([{ calls: [FIND] }, { calls: [SUBMITTED] }], {
    policy: through(openCassette(file, "record")),
  });
  const asked = server.requests.length;
  const policy = through(openCassette(file, "replay"));
  const played = await runScript([], { settings: { name: "llm", model: "m", baseUrl: server.url }, policy });
  expect(played.answer).toBe(recorded.answer);
  expect(server.requests.length).toBe(asked);
  const other = runScript([], {
    settings: { name: "llm", model: "other" },
    policy: through(openCassette(file, "replay")),
  });
  await expect(other).rejects.toThrow("no answer for the model request");
});

test("a recorded model session replays byte for byte without its endpoint", async () => {
  const home = temporaryHome();
  const broken = { name: "graph__find", arguments: "{" };
  const { session } = await ask([{ calls: [FIND, broken] }, { text: "" }, { calls: [SUBMITTED] }], { home });
  const asked = server.requests.length;
  const replayed = await replaySession({ home, session, policy: () => llm });
  expect(replayed).toMatchObject({ same: true });
  expect(server.requests.length).toBe(asked);
});
