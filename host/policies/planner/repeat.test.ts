import { describe, expect, it } from "vitest";
import type { ReturnedCall, Step } from "../../state.ts";
import { advance } from "./coroutine.ts";
import type { Ask, Conclusion, Plan } from "./coroutine.ts";
import { passing } from "./repeat.ts";

const call = (name: string) => ({ server: "kg", tool: "find", arguments: { query: name } });
const returned = (name: string, result: unknown, isError = false): ReturnedCall => ({
  call: { id: "1.1", ...call(name) },
  isError,
  result,
  ms: 1,
});
const FOUND = { entities: [{ id: "A:1" }], outcomes: [{ source: "kg", outcome: "found" }] };
const TIMEOUT = { reason: "timeout", message: "no result", recovery: "try again", retryable: true };
const step = (number: number, ...results: ReturnedCall[]): Step => ({ step: number, thought: "", returned: results });
const failed = (n: number) => step(n, returned("b", TIMEOUT, true));

/** Asks for two things and concludes with what it was given. */
function* plan(): Plan<Conclusion> {
  const results = yield { thought: "two things", calls: [call("a"), call("b")] };
  const seen = results.map((r) => (r.isError ? "failed" : JSON.stringify(r.result))).join(" ");
  return { thought: seen, answer: { answer: seen, abstained: false, citations: [] } };
}
const next = (...steps: Step[]) => advance(plan(), steps, false);

describe("what is made again", () => {
  it.each([
    ["a failure that says it may be repeated", returned("a", TIMEOUT, true), true],
    ["a failure that will be the same", returned("a", { ...TIMEOUT, retryable: false }, true), false],
    ["a result that broke off", returned("a", { content: [{ type: "text", text: '{"ent' }] }), true],
    [
      "nothing from a source that is not well",
      returned("a", { entities: [], outcomes: [{ source: "kg", outcome: "degraded" }] }),
      true,
    ],
    [
      "something from a source that is not well",
      returned("a", { ...FOUND, outcomes: [{ source: "kg", outcome: "degraded" }] }),
      false,
    ],
    ["an empty answer", returned("a", { entities: [], outcomes: [{ source: "kg", outcome: "empty" }] }), false],
    [
      "a source that is not there",
      returned("a", { results: [], outcomes: [{ source: "web", outcome: "unavailable" }] }),
      false,
    ],
    ["a result", returned("a", FOUND), false],
  ])("%s: %s", (_, result, again) => expect(passing(result) !== undefined).toBe(again));
});

describe("a step with failed calls", () => {
  const first = step(1, returned("a", FOUND), returned("b", TIMEOUT, true));

  it("has only those made again, and the plan sees one step", () => {
    expect((next(first) as Ask).calls).toEqual([call("b")]);
    const done = next(first, step(2, returned("b", { ...FOUND, second: true }))) as Conclusion;
    expect(done.thought).toBe(`${JSON.stringify(FOUND)} ${JSON.stringify({ ...FOUND, second: true })}`);
  });

  it("is repeated twice, then the failure is taken as one", () => {
    expect((next(first, failed(2)) as Ask).calls).toEqual([call("b")]);
    expect((next(first, failed(2), failed(3)) as Conclusion).thought).toMatch(/failed$/);
  });

  it("is left as it is where the budget is used up", () => {
    expect(() => advance(plan(), [step(1, returned("a", TIMEOUT, true), returned("b", FOUND))], true)).not.toThrow();
  });
});
