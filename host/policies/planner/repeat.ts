/** Which results are none: a call that failed in passing, broke off, or came back empty from a source that is not well is made again. */
import { Outcome, ToolFailure } from "../../../schemas/index.ts";
import type { ProposedCall } from "../../policy.ts";
import type { ReturnedCall } from "../../state.ts";

/** Times that a call is made again; what fails then is taken to be a failure. */
export const REPEATS = 2;

/** Why the call should be made again; undefined where its result, or its failure, is to be taken as it is. */
export function passing({ isError, result }: ReturnedCall): string | undefined {
  if (isError) {
    const failure = ToolFailure.safeParse(result);
    return failure.success && failure.data.retryable ? failure.data.message : undefined;
  }
  if (typeof result !== "object" || result === null) return "its result could not be read";
  const { outcomes, ...fields } = result as Record<string, unknown>;
  // Every one of our results is an envelope; one without outcomes broke off on the way.
  if (!Array.isArray(outcomes)) return "its result could not be read";
  const said = outcomes.flatMap((o) => Outcome.safeParse(o).data ?? []);
  const unwell = said.filter((o) => o.outcome === "degraded");
  if (unwell.length === 0 || unwell.length < said.length || !isEmpty(fields)) return undefined;
  return unwell[0]!.message ?? "the source was degraded and gave nothing";
}

function isEmpty(fields: Record<string, unknown>): boolean {
  return Object.values(fields).every((value) => !Array.isArray(value) || value.length === 0);
}

/** The calls that have to be made again, as one more step. */
export function again(returned: readonly ReturnedCall[]): { thought: string; calls: ProposedCall[] } {
  const what = returned.length === 1 ? "A call" : `${returned.length} calls`;
  return {
    thought: `${what} gave no result, which says nothing about the question: I ask again.`,
    calls: returned.map(({ call: { server, tool, arguments: args } }) => ({ server, tool, arguments: args })),
  };
}
