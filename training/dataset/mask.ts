/** Which of the assistant's turns are shown and not learned from. */
import type { ReturnedCall, Step } from "../../host/index.ts";
import { ToolFailure } from "../../schemas/index.ts";

/** Faults after which a result looks like one and is none: what is concluded from it must not be learned. */
const MISLEADING = new Set(["malformed", "degraded"]);

/** What a call gets that was wrong by itself. */
const OWN_MISTAKES = new Set(["invalid_arguments", "unknown_tool"]);

/** The numbers of the steps without loss: mistakes, answers that did not stand, and what was built on an injected fault. */
export function unlearned(steps: readonly Step[]): Set<number> {
  const out = new Set<number>();
  for (const [i, step] of steps.entries()) {
    const before = steps[i - 1];
    if ((step.problems?.length ?? 0) > 0 || isMistaken(step) || (before && isBuiltOnFault(step, before))) {
      out.add(step.step);
    }
  }
  return out;
}

function isMistaken({ returned }: Step): boolean {
  return returned.some((r) => {
    if (!r.isError || r.fault !== undefined) return false;
    const failure = ToolFailure.safeParse(r.result);
    return failure.success && OWN_MISTAKES.has(failure.data.reason);
  });
}

/** The turn after a misleading result, unless it makes that call again. */
function isBuiltOnFault(step: Step, before: Step): boolean {
  const misled = before.returned.filter((r) => r.fault !== undefined && MISLEADING.has(r.fault));
  return misled.some((r) => !step.returned.some((later) => isSame(later, r)));
}

function isSame({ call: a }: ReturnedCall, { call: b }: ReturnedCall): boolean {
  return a.server === b.server && a.tool === b.tool && JSON.stringify(a.arguments) === JSON.stringify(b.arguments);
}
