import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSession } from "./recording/sessions.ts";
import { abstain, answer, call, GOOD_ANSWER, runScript, temporaryHome } from "./testing/run.ts";
import { RETRACTED_PASSAGE } from "./testing/servers.ts";

test("a question is answered with a checked citation, and every event lies on disk in order", async () => {
  const home = temporaryHome();
  const outcome = await runScript([call("find"), answer()], { home });
  expect(outcome).toMatchObject({ answer: "FBN1 [1].", abstained: false, termination: "answered" });
  const { events } = readSession(home, outcome.session);
  expect(events.map((e) => e.type)).toEqual([
    "session.started",
    "thought",
    "tool.called",
    "tool.returned",
    "thought",
    "answer.proposed",
    "answer.checked",
    "session.ended",
  ]);
  expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i));
});

test("events are on disk before they are shown", async () => {
  const home = temporaryHome();
  let folder = "";
  const missing: number[] = [];
  await runScript([call("find"), answer()], {
    home,
    begun: (_, at) => (folder = at),
    observe({ seq }) {
      if (readFileSync(join(folder, "events.jsonl"), "utf8").split("\n").length - 1 <= seq) missing.push(seq);
    },
  });
  expect(missing).toEqual([]);
});

/** Ends only once all three are there; one after the other they would never end. */
const meet = (place: number) => ({ server: "graph", tool: "meet", arguments: { place, of: 3 } });

test("calls of one decision run together, and their results are recorded in call order", async () => {
  const outcome = await runScript([{ kind: "act", thought: "", calls: [meet(3), meet(1), meet(2)] }, abstain()]);
  expect(outcome.state.steps[0]!.returned.map((r) => r.result)).toEqual([
    { place: 3, left: 2 },
    { place: 1, left: 0 },
    { place: 2, left: 1 },
  ]);
});

test("every call gets exactly one result: an unknown tool and a failing one are errors that say what to do", async () => {
  const calls = ["nothing", "fail", "find"].map((tool) => ({ server: "graph", tool, arguments: { query: "x" } }));
  const { state } = await runScript([{ kind: "act", thought: "", calls }, abstain()]);
  expect(state.steps[0]!.returned.map((r) => [r.isError, (r.result as { reason?: string }).reason])).toEqual([
    [true, "unknown_tool"],
    [true, "not_found"],
    [false, undefined],
  ]);
});

test("an unsupported answer is sent back once, then given up: it is never presented as answered", async () => {
  const invented = answer({ ...GOOD_ANSWER, citations: [{ ...GOOD_ANSWER.citations[0]!, quote: "variants of TP53" }] });
  const outcome = await runScript([call("find"), invented]);
  expect(outcome).toMatchObject({ termination: "abstained", abstained: true, citations: [] });
  expect(outcome.answer).not.toContain("FBN1");
  const checked = outcome.state.steps.map((s) => s.problems);
  expect(checked).toEqual([
    undefined,
    [expect.stringContaining("word for word")],
    [expect.stringContaining("word for word")],
  ]);
});

test("a policy that mends its answer is heard", async () => {
  const uncited = answer({ ...GOOD_ANSWER, citations: [] });
  expect(await runScript([call("find"), uncited, answer()])).toMatchObject({ termination: "answered" });
});

test("a retracted document is no evidence", async () => {
  const citations = [{ n: 1, document: "PMID:1", passage: RETRACTED_PASSAGE.id, quote: "It cures." }];
  const outcome = await runScript([call("find"), answer({ answer: "It cures [1].", abstained: false, citations })]);
  expect(outcome.termination).toBe("abstained");
  expect(outcome.message).toContain("retracted");
});

test("a large result lies in a blob and is folded all the same", async () => {
  const home = temporaryHome();
  const { session, state } = await runScript([call("big"), abstain()], { home });
  const { lines, events } = readSession(home, session);
  expect(lines.find((line) => line.includes("tool.returned"))!.length).toBeLessThan(500);
  const returned = events.find((e) => e.type === "tool.returned");
  expect(returned).toHaveProperty("result", state.steps[0]!.returned[0]!.result);
});
