/** Failures of outgoing requests, typed, without credentials, and with what to do next. */
import { ToolError } from "../failure.ts";

export class HttpError extends ToolError {
  /** The status where the source answered at all. */
  readonly status: number | undefined;
  /** The beginning of the source's answer. */
  readonly body: string | undefined;

  constructor(
    failure: ConstructorParameters<typeof ToolError>[0],
    details: { status?: number; body?: string; cause?: unknown } = {},
  ) {
    super(failure, { cause: details.cause });
    this.name = "HttpError";
    this.status = details.status;
    this.body = details.body;
  }
}

export function unreachable(host: string, cause: unknown): HttpError {
  return new HttpError(
    {
      reason: "unavailable",
      message: `${host} could not be reached (${causeOf(cause)})`,
      recovery: "use what is stored locally, or try again when there is a connection",
      retryable: true,
    },
    { cause },
  );
}

export function recentlyUnreachable(host: string, seconds: number): HttpError {
  return new HttpError({
    reason: "unavailable",
    message: `${host} could not be reached ${Math.round(seconds)} s ago and was not asked again`,
    recovery: "use what is stored locally, or try again in a minute",
    retryable: true,
  });
}

export function rateLimited(host: string, waitMs?: number, status?: number, body?: string): HttpError {
  const seconds = waitMs === undefined ? undefined : Math.max(1, Math.ceil(waitMs / 1000));
  return new HttpError(
    {
      reason: "rate_limited",
      message: `${host} is limiting requests${seconds ? `; it asks to wait ${seconds} s` : ""}`,
      recovery: `wait ${seconds ? `${seconds} s` : "a minute"} and call again, with fewer calls at once`,
      retryable: true,
    },
    { status, body },
  );
}

export function timedOut(host: string, deadlineMs: number): HttpError {
  return new HttpError({
    reason: "timeout",
    message: `${host} did not answer within ${(deadlineMs / 1000).toFixed(1)} s`,
    recovery: "call again, or use another source",
    retryable: true,
  });
}

export function tooLarge(url: URL, maxBytes: number): HttpError {
  return new HttpError({
    reason: "too_large",
    message: `${redact(url)} is larger than ${Math.round(maxBytes / 1024)} KiB`,
    recovery: "ask for a part of it, or for another document",
    retryable: false,
  });
}

export function badStatus(url: URL, status: number, body: string): HttpError {
  const server = status >= 500;
  return new HttpError(
    {
      reason: server ? "unavailable" : "bad_status",
      message: `${redact(url)} answered with status ${status}`,
      recovery: server ? "the source has a problem: call again later, or use another source" : recoveryOf(status),
      retryable: server,
    },
    { status, body },
  );
}

export function refusedRedirect(url: URL, why: string): HttpError {
  return new HttpError({
    reason: "refused",
    message: `${redact(url)}: ${why}`,
    recovery: "give the final address of the document",
    retryable: false,
  });
}

/** An address fit for messages and caches: no user, no keys. */
export function redact(url: URL): string {
  const safe = new URL(url);
  safe.username = "";
  safe.password = "";
  for (const name of Array.from(safe.searchParams.keys())) {
    if (/^(?:api_?key|key|token|access_token|email)$/i.test(name)) safe.searchParams.delete(name);
  }
  return safe.href;
}

/** Headers that say who asks: not handed to other hosts, and no part of what is kept. */
export function isCredential(header: string): boolean {
  return /^(?:authorization|cookie|proxy-authorization|x-.*(?:key|token))$/i.test(header);
}

function recoveryOf(status: number): string {
  if (status === 401 || status === 403) return "this source does not allow it: check its key, or use another source";
  if (status === 404 || status === 410) return "check the address or identifier, or search for the document";
  return "check the arguments";
}

function causeOf(error: unknown): string {
  const { code, cause, message } = error as { code?: string; cause?: unknown; message?: string };
  // Of an answer with status 407, `fetch` says nothing at all.
  return (
    code ?? (cause ? causeOf(cause) : (message ?? String(error)) || "no reason is known: a proxy may want a login")
  );
}
