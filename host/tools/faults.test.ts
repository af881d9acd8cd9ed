import { expect, test } from "vitest";
import { readSession } from "../recording/sessions.ts";
import { replaySession } from "../replay.ts";
import { scripted } from "../policies/scripted.ts";
import { answer, call, runScript, temporaryHome } from "../testing/run.ts";
import { NOTE, PASSAGE, testServer } from "../testing/servers.ts";
import { FAULT_KINDS, faultOf, faultyPool } from "./faults.ts";
import type { FaultKind } from "./faults.ts";
import { openPool } from "./pool.ts";
import type { ToolPool } from "./pool.ts";
import { inProcess } from "./specs.ts";

const FIND = { server: "graph", tool: "find", arguments: { query: "marfan" } };
const signal = new AbortController().signal;

/** A rollout whose call "1.1" gets this fault. */
function keyFor(kind: FaultKind): string {
  for (let n = 0; ; n++) if (faultOf(`rollout ${n}`, "1.1", 1) === kind) return `rollout ${n}`;
}

async function withPool<T>(use: (pool: ToolPool) => Promise<T>): Promise<T> {
  const pool = await openPool(inProcess([testServer()]));
  try {
    return await use(pool);
  } finally {
    await pool.close();
  }
}

const disturbed = (kind: FaultKind) =>
  withPool((pool) => faultyPool(pool, { key: keyFor(kind), rate: 1 }).call({ ...FIND, id: "1.1" }, { signal }));

test.each(["timeout", "rate_limited", "unreachable"] as const)(
  "%s: the call fails and may be repeated",
  async (kind) => {
    const result = await disturbed(kind);
    expect(result).toMatchObject({ isError: true, fault: kind, result: { retryable: true } });
    // The loop must not take it for a server that is gone.
    expect(result.result).not.toMatchObject({ reason: "server_unreachable" });
  },
);

test("malformed: the result breaks off in the middle", async () => {
  const { isError, result } = await disturbed("malformed");
  expect(isError).toBe(false);
  const [{ text }] = (result as { content: [{ text: string }] }).content;
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
  expect(text).toContain(NOTE.id);
});

test("degraded: nothing comes, and the source says so: it is no empty answer", async () => {
  const { result, outcomes } = await disturbed("degraded");
  expect(result).toMatchObject({ documents: [], passages: [] });
  expect(outcomes).toMatchObject([{ outcome: "degraded" }]);
});

test("stale: an older copy, marked as one, with its passages", async () => {
  const { result, outcomes } = await disturbed("stale");
  expect(result).toMatchObject({ documents: [{ id: NOTE.id, stale: true }, {}], passages: [PASSAGE, {}] });
  expect(outcomes).toMatchObject([{ outcome: "degraded" }]);
});

test("faults come at the given rate, every kind of them, the same for the same rollout and call", () => {
  const calls = Array.from({ length: 20_000 }, (_, n) => faultOf("key", String(n), 0.05));
  const share = calls.filter(Boolean).length / calls.length;
  expect(share).toBeGreaterThan(0.044);
  expect(share).toBeLessThan(0.056);
  expect(new Set(calls.filter(Boolean))).toEqual(new Set(FAULT_KINDS));
  expect(Array.from({ length: 20_000 }, (_, n) => faultOf("key", String(n), 0.05))).toEqual(calls);
  expect(Array.from({ length: 20_000 }, (_, n) => faultOf("other", String(n), 0.05))).not.toEqual(calls);
});

test("a call that is made again is let through in the end", () =>
  withPool(async (pool) => {
    const faulty = faultyPool(pool, { key: "any", rate: 1 });
    const faults = [];
    for (const id of ["1.1", "2.1", "3.1", "4.1"]) faults.push((await faulty.call({ ...FIND, id }, { signal })).fault);
    expect(faults.map((fault) => fault !== undefined)).toEqual([true, true, false, false]);
  }));

test("the log tells an injected fault, the policy's state does not show its kind in the result, and a replay is the same", () =>
  withPool(async (pool) => {
    const home = temporaryHome();
    const script = [call("find"), call("find"), call("find"), answer()];
    const faulty = faultyPool(pool, { key: keyFor("timeout"), rate: 1 });
    const { session, termination } = await runScript(script, {
      pool: { ...faulty, close: async () => undefined },
      home,
    });
    expect(termination).toBe("answered");
    const returned = readSession(home, session).events.filter((event) => event.type === "tool.returned");
    expect(returned[0]).toMatchObject({ fault: "timeout", isError: true });
    expect(JSON.stringify(returned[0]!.result)).not.toContain("fault");
    expect(returned[2]).not.toHaveProperty("fault");
    const replayed = await replaySession({ home, session, policy: () => () => scripted(script) });
    expect(replayed).toMatchObject({ same: true });
  }));
