/** Did a session look where the benchmark's answers lie in the open? Its answer then counts as wrong. */
import type { State } from "../../host/index.ts";

/** The blocked address that the session touched: in what it asked for, or in what it was given. */
export function contaminatedBy(state: State, blocked: readonly string[]): string | undefined {
  if (blocked.length === 0) return undefined;
  const touched = JSON.stringify([
    [...state.documents.values()],
    [...state.passages.keys()],
    state.steps.flatMap((step) => step.returned.map(({ call }) => call.arguments)),
  ]).toLowerCase();
  return blocked.find((address) => touched.includes(address));
}
