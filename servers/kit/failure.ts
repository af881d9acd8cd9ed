/** A failure the caller can act on: it travels as `isError` with reason, message, recovery and whether to retry. */
import type { ToolFailure } from "../../schemas/index.ts";

export class ToolError extends Error implements ToolFailure {
  readonly reason: string;
  readonly recovery: string;
  readonly retryable: boolean;

  constructor(failure: ToolFailure, options?: ErrorOptions) {
    super(failure.message, options);
    this.name = "ToolError";
    this.reason = failure.reason;
    this.recovery = failure.recovery;
    this.retryable = failure.retryable;
  }

  toJSON(): ToolFailure {
    const { reason, message, recovery, retryable } = this;
    return { reason, message, recovery, retryable };
  }
}

export function notFound(what: string, recovery: string): ToolError {
  return new ToolError({ reason: "not_found", message: `${what} was not found`, recovery, retryable: false });
}

export function invalidArguments(message: string, recovery: string): ToolError {
  return new ToolError({ reason: "invalid_arguments", message, recovery, retryable: false });
}

/** Any thrown value as a failure; what is not a ToolError is our fault and says so. */
export function asFailure(error: unknown, signal?: AbortSignal): ToolFailure {
  if (signal?.aborted) {
    return {
      reason: "cancelled",
      message: "the call was cancelled",
      recovery: "call again if the result is still wanted",
      retryable: true,
    };
  }
  if (error instanceof ToolError) return error.toJSON();
  const message = error instanceof Error ? error.message : String(error);
  return {
    reason: "internal",
    message,
    recovery: "try other arguments; if it persists, report it with the server's log",
    retryable: false,
  };
}
