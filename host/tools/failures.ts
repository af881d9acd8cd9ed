/** Failures of calls as data: what a server said, or what became of the way to it. */
import type { ToolFailure } from "../../schemas/index.ts";
import { ToolFailure as ToolFailureSchema } from "../../schemas/index.ts";

/** The server is gone: distinct from a source that a server could not ask (`unavailable`). */
export const SERVER_UNREACHABLE = "server_unreachable";

export function cancelled(): ToolFailure {
  return {
    reason: "cancelled",
    message: "the call was cancelled",
    recovery: "call again if the result is still wanted",
    retryable: true,
  };
}

export function outOfTime(): ToolFailure {
  return {
    reason: "time_limit",
    message: "the run's time was up before the call returned",
    recovery: "answer with what is known, or run again with more time",
    retryable: false,
  };
}

export function timedOut(seconds: number): ToolFailure {
  return {
    reason: "timeout",
    message: `no result within ${seconds} s`,
    recovery: "ask for less (a smaller limit, a narrower query), or try once more",
    retryable: true,
  };
}

export function unreachable(server: string, message: string): ToolFailure {
  return {
    reason: SERVER_UNREACHABLE,
    message: `the server ${server} cannot be reached: ${message}`,
    recovery: "go on with the other servers",
    retryable: true,
  };
}

export function unknownTool(server: string, tool: string, known: readonly string[]): ToolFailure {
  return {
    reason: "unknown_tool",
    message: `there is no tool ${server ? `${server}__` : ""}${tool}`,
    recovery: `use one of: ${known.join(", ")}`,
    retryable: false,
  };
}

export function interrupted(): ToolFailure {
  return {
    reason: "interrupted",
    message: "the run was interrupted after the call was sent; it may have had effects and was not repeated",
    recovery: "check whether it took effect before calling again",
    retryable: false,
  };
}

/** What an `isError` result says, as a failure: ours as it is, a foreign server's words with the rest filled in. */
export function failureFromText(text: string): ToolFailure {
  try {
    const { error } = JSON.parse(text) as { error?: unknown };
    const parsed = ToolFailureSchema.safeParse(error);
    if (parsed.success) return parsed.data;
  } catch {
    // Not JSON: the server's own words.
  }
  return {
    reason: "tool_error",
    message: text.slice(0, 4000) || "the tool failed and did not say why",
    recovery: "change the arguments, or use another tool",
    retryable: false,
  };
}
