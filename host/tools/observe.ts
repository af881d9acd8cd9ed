/** Runs the calls of one decision together and records their results in the order of the calls. */
import type { ToolCall, ToolFailure } from "../../schemas/index.ts";
import { millisecondsLeft } from "../budget.ts";
import { roundMs } from "../clock.ts";
import type { EventDraft, Journal } from "../journal.ts";
import { cancelled, interrupted, outOfTime } from "./failures.ts";
import type { ToolPool } from "./pool.ts";
import { failed } from "./result.ts";
import type { CallResult } from "./result.ts";

interface Observer {
  pool: ToolPool;
  journal: Journal;
  signal: AbortSignal;
}

/** `refused` holds the calls that are answered without being sent. Each call gets exactly one result. */
export async function observe(
  { pool, journal, signal }: Observer,
  step: number,
  calls: readonly ToolCall[],
  refused: ReadonlyMap<string, ToolFailure>,
): Promise<void> {
  const rest = giveRecorded(journal, step, calls);
  if (rest.length === 0) return;
  if (rest.some((call) => !isRepeatable(pool, call))) journal.sync();
  const deadline = AbortSignal.timeout(Math.ceil(millisecondsLeft(journal.state, journal.clock.now(), false)) + 5);
  const results = rest.map((call) => {
    const failure = refused.get(call.id);
    if (failure) return Promise.resolve({ ...failed(failure), ms: 0 });
    return run({ pool, journal, signal }, call, deadline);
  });
  // Awaited one after the other below: a rejection must not go unheard until its turn.
  for (const result of results) result.catch(() => undefined);
  for (const [i, call] of rest.entries()) {
    journal.append(returned(step, call, await results[i]!));
  }
}

/** Results are recorded in call order, so those that the past holds come first. */
function giveRecorded(journal: Journal, step: number, calls: readonly ToolCall[]): ToolCall[] {
  for (const [i, call] of calls.entries()) {
    const recorded = journal.recordedResult(call.id);
    if (!recorded) return calls.slice(i);
    journal.append(returned(step, call, recorded));
  }
  return [];
}

type Returned = Extract<EventDraft, { type: "tool.returned" }>;

function returned(
  step: number,
  call: ToolCall,
  { ms, isError, outcomes, result, fault }: Pick<Returned, "ms" | "isError" | "outcomes" | "result" | "fault">,
): Returned {
  const injected = fault === undefined ? {} : { fault };
  return { type: "tool.returned", step, call: call.id, ms, isError, outcomes, result, ...injected };
}

async function run(
  { pool, journal, signal }: Observer,
  call: ToolCall,
  deadline: AbortSignal,
): Promise<CallResult & { ms: number }> {
  if (journal.wasCalledBefore(call.id) && !isRepeatable(pool, call)) return { ...failed(interrupted()), ms: 0 };
  if (signal.aborted) return { ...failed(cancelled()), ms: 0 };
  const began = journal.clock.tick();
  const result = await pool.call(call, { signal: AbortSignal.any([signal, deadline]) });
  const late = result.isError && deadline.aborted && !signal.aborted;
  return { ...(late ? failed(outOfTime()) : result), ms: roundMs(journal.clock.tick() - began) };
}

function isRepeatable(pool: ToolPool, { server, tool }: ToolCall): boolean {
  return pool.tools.find((t) => t.server === server && t.tool === tool)?.repeatable ?? true;
}
