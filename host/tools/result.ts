/** The one result that every call gets. */
import { Outcome } from "../../schemas/index.ts";
import type { ToolFailure } from "../../schemas/index.ts";

export interface CallResult {
  isError: boolean;
  /** structuredContent whole, or a ToolFailure where isError. */
  result: unknown;
  /** What each source said, where the result carries that. */
  outcomes: Outcome[];
  /** The kind of fault that was injected here on purpose. */
  fault?: string;
}

export interface CallOptions {
  signal: AbortSignal;
  onprogress?: (progress: { done: number; total?: number; message?: string }) => void;
}

export function failed(failure: ToolFailure): CallResult {
  return { isError: true, result: failure, outcomes: [] };
}

export function succeeded(result: unknown): CallResult {
  const list: unknown = (result as { outcomes?: unknown } | null)?.outcomes;
  const outcomes = Array.isArray(list) ? list.flatMap((item) => Outcome.safeParse(item).data ?? []) : [];
  return { isError: false, result, outcomes };
}

/** The error's words, with those of the cause at the bottom: "fetch failed" alone says nothing. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  let bottom: unknown = error;
  for (let depth = 0; depth < 5 && bottom instanceof Error && bottom.cause !== undefined; depth++)
    bottom = bottom.cause;
  if (!(bottom instanceof Error) || bottom === error) return error.message;
  const said = bottom.message || (bottom as NodeJS.ErrnoException).code || bottom.name;
  return error.message.includes(said) ? error.message : `${error.message}: ${said}`;
}
