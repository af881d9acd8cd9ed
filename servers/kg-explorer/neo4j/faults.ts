/** What goes wrong between here and a Neo4j, as failures that say which server it is and what to do. */
import { ToolError } from "../../kit/index.ts";

/** @param url of the server. @returns what the caller is told; an error that is no fault of the server's comes back as it is */
export function neo4jFault(error: unknown, url: string): unknown {
  if (error instanceof ToolError) return error;
  const code = codeOf(error);
  const cause = { cause: error };
  if (/Security\.(?:AuthenticationRateLimit|Unauthorized|CredentialsExpired|TokenExpired)/.test(code)) {
    return new ToolError(
      {
        reason: "refused",
        message: `the Neo4j at ${url} refuses the user or the password`,
        recovery: "the operator sets NEO4J_USER and NEO4J_PASSWORD as the server knows them, or unsets NEO4J_URL",
        retryable: false,
      },
      cause,
    );
  }
  if (/Security\.Forbidden/.test(code)) {
    return new ToolError(
      {
        reason: "refused",
        message: `the user has no right to do this in the Neo4j at ${url}`,
        recovery: "the operator gives the user the right to read (and for imports to write and to make constraints)",
        retryable: false,
      },
      cause,
    );
  }
  if (/TransactionTimedOut|OutOfMemory/.test(code)) return tooSlow(url, cause);
  if (/^(?:ServiceUnavailable|SessionExpired)$|TransientError|DatabaseUnavailable|TransactionTerminated/.test(code)) {
    return new ToolError(
      {
        reason: "unavailable",
        message: `the Neo4j at ${url} does not answer (${firstSentence(error)})`,
        recovery:
          "call again in some seconds; where that does not help, the operator starts the server or unsets NEO4J_URL",
        retryable: true,
      },
      cause,
    );
  }
  return error;
}

/** The server took longer, or more memory, than a call may take. */
export function tooSlow(url: string, options?: ErrorOptions): ToolError {
  return new ToolError(
    {
      reason: "timeout",
      message: `the Neo4j at ${url} took too long, or too much memory, over this question`,
      recovery: "ask for less: fewer steps, a category or predicates, a smaller limit",
      retryable: true,
    },
    options,
  );
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : "";
}

/** The driver's messages go on with advice about other versions. */
function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const cause = /Caused by: (.*)$/s.exec(message)?.[1];
  return (cause ?? message).split(". ")[0]!.slice(0, 200);
}
