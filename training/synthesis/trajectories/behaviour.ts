/** What the paper counts of a trajectory, judged from the calls and what came of them. */
import type { ReturnedCall, State } from "../../../host/index.ts";
import { Outcome, type Behaviour } from "../../../schemas/index.ts";

const MEDICAL = new Set(["kg-explorer", "medical-retriever", "clinical-reasoning"]);

export function behaviourOf({ steps }: Pick<State, "steps">): Behaviour {
  const calls = steps.flatMap((step) => step.returned);
  const groups = calls.map(({ call }) => MEDICAL.has(call.server));
  const first = calls.findIndex(hasFailed);
  return {
    medicalFirst: groups[0] ?? false,
    switched: groups.includes(true) && groups.includes(false),
    failed: first >= 0,
    recovered: first >= 0 && isRecovered(calls, first),
  };
}

/** It failed, broke off, or came from sources that say that they are not well. One that is switched off is no failure. */
function hasFailed({ isError, result, fault }: Pick<ReturnedCall, "isError" | "result" | "fault">): boolean {
  if (isError || fault !== undefined) return true;
  const { outcomes } = (result ?? {}) as { outcomes?: unknown };
  if (!Array.isArray(outcomes) || outcomes.length === 0) return false;
  const said = outcomes.flatMap((o) => Outcome.safeParse(o).data ?? []);
  return said.every((o) => o.outcome === "degraded");
}

/** Each failed call is followed by the same call, or by one of another tool, that gave a result. */
function isRecovered(calls: readonly ReturnedCall[], first: number): boolean {
  return calls.slice(first).every((call, i) => {
    if (!hasFailed(call)) return true;
    return calls
      .slice(first + i + 1)
      .some((later) => !hasFailed(later) && (isSame(later, call) || isOther(later, call)));
  });
}

function isSame({ call: a }: ReturnedCall, { call: b }: ReturnedCall): boolean {
  return a.server === b.server && a.tool === b.tool && JSON.stringify(a.arguments) === JSON.stringify(b.arguments);
}

/** Another tool in a later turn: one of the same turn was no answer to the failure. */
function isOther({ call: a }: ReturnedCall, { call: b }: ReturnedCall): boolean {
  return (a.server !== b.server || a.tool !== b.tool) && turnOf(a.id) !== turnOf(b.id);
}

/** Calls are numbered `<turn>.<n>`. */
function turnOf(call: string): string {
  return call.slice(0, call.lastIndexOf("."));
}
