import { expect, test } from "vitest";
import { abstain, answer, call, runScript } from "./testing/run.ts";
import type { DecideContext, Decision } from "./policy.ts";
import type { State } from "./state.ts";
import { testServer } from "./testing/servers.ts";
import { openPool } from "./tools/pool.ts";
import { inProcess } from "./tools/specs.ts";

/** Calls on and on, and answers when it must. */
const untilItMust = (decision: Decision) => [
  (_: State, { mustAnswer }: DecideContext): Decision => (mustAnswer ? decision : call("find")),
];

test("at a ceiling the tools are withdrawn and an answer is asked for", async () => {
  const outcome = await runScript(untilItMust(answer()), { budget: { steps: 3 } });
  expect(outcome).toMatchObject({ termination: "answered", usage: { steps: 3, toolCalls: 3 } });
});

test.each([
  ["step_limit", { steps: 2 }],
  ["tool_limit", { toolCalls: 2 }],
])("without an answer the run ends as %s", async (termination, budget) => {
  expect(await runScript([call("find")], { budget })).toMatchObject({ termination, abstained: true });
  expect(await runScript(untilItMust(abstain()), { budget })).toMatchObject({ termination });
});

test("a decision with more calls than are left makes those that are left", async () => {
  const calls = Array.from({ length: 5 }, () => ({ server: "graph", tool: "find", arguments: { query: "x" } }));
  const outcome = await runScript([{ kind: "act", thought: "", calls }, answer()], { budget: { toolCalls: 3 } });
  expect(outcome.state.steps[0]!.returned).toHaveLength(3);
  expect(outcome.usage.toolCalls).toBe(3);
});

test("a slow tool is cut off when the time is up, and what is known is answered", async () => {
  // A thousand seconds for what must end; when the slow call begins, a third of a second is left.
  let gone = 0;
  const clock = { now: () => Date.now() + gone, tick: () => performance.now() };
  const outcome = await runScript([call("find"), call("slow", { ms: 1 }), answer()], {
    budget: { seconds: 1000 },
    clock,
    pool: await openPool(inProcess([testServer("graph", { endingCalls: 0 })])),
    observe: (event) => event.type === "tool.called" && event.call.tool === "slow" && (gone = 999_700),
  });
  expect(outcome.state.steps[1]!.returned[0]).toMatchObject({ isError: true, result: { reason: "time_limit" } });
  expect(outcome.termination).toBe("answered");
});

const broken = () => {
  throw new Error("no such thing");
};

test("time without end is no time at all only in JavaScript's timers", async () => {
  const outcome = await runScript([call("find"), answer()], { budget: { seconds: 1e9 } });
  expect(outcome.termination).toBe("answered");
});

test("a policy that breaks is an infrastructure error, not an answer", async () => {
  const outcome = await runScript([call("find"), broken]);
  expect(outcome).toMatchObject({
    termination: "infrastructure_error",
    message: expect.stringContaining("no such thing"),
  });
});
