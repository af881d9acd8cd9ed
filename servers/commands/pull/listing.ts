/** What a publisher says of its files: small pages, asked anew each time. */
import { ToolError } from "../../kit/failure.ts";
import { redact } from "../../kit/http/errors.ts";
import type { PullContext } from "./kind.ts";

const DEADLINE_MS = 60_000;

/** @throws HttpError */
export async function getText(url: URL, { http, signal }: Pick<PullContext, "http" | "signal">): Promise<string> {
  return (await http.fetchText(url, { signal, deadlineMs: DEADLINE_MS })).text;
}

/** A list that holds nothing is a failure: an empty pull would look like a finished one. */
export function unreadableListing(url: URL, why: string): ToolError {
  return new ToolError({
    reason: "unavailable",
    message: `${redact(url)} is not the list that was expected: ${why}`,
    recovery:
      "look at the address in a browser; if it moved, fetch the files by hand and use `medresearcher data import`",
    retryable: false,
  });
}
