/** A provider's JSON answer, checked: what is not of the expected shape is a failure of the provider, not an empty answer. */
import type { z } from "zod";
import { ToolError } from "../../kit/failure.ts";
import type { ProviderRequest } from "./provider.ts";

/** The same question within six hours is answered from the cache; older answers only where the provider cannot be asked. */
const TTL_SECONDS = 6 * 60 * 60;
/** What is new today may not be new in the evening. */
const FRESH_TTL_SECONDS = 30 * 60;
const FAIL_FAST_SECONDS = 60;

interface JsonRequest {
  url: URL;
  headers?: Record<string, string>;
  /** Sent as JSON by POST; a search changes nothing, so it may be kept and asked again. */
  body?: unknown;
  /** How often a failed request is sent again. */
  retries?: number;
}

interface JsonAnswer<Body> {
  body: Body;
  /** When the provider gave it, milliseconds since the epoch. */
  asked: number;
  /** That it is old, where it is. */
  degraded?: string;
}

/** @throws ToolError */
export async function getJson<Schema extends z.ZodType>(
  { url, headers = {}, body, retries = 1 }: JsonRequest,
  schema: Schema,
  { http, signal, deadlineMs, spend, span }: ProviderRequest,
): Promise<JsonAnswer<z.infer<Schema>>> {
  const check = (text: string) => schema.parse(JSON.parse(text));
  let refusal: ToolError | undefined;
  const beforeSent = () => {
    try {
      spend();
    } catch (error) {
      if (error instanceof ToolError) refusal = error;
      throw error;
    }
  };
  const posted = body !== undefined && { method: "POST", body: JSON.stringify(body), idempotent: true };
  const answer = await http.fetchText(url, {
    headers: { accept: "application/json", ...(posted ? { "content-type": "application/json" } : {}), ...headers },
    ...posted,
    cache: { ttlSeconds: span?.name === "day" ? FRESH_TTL_SECONDS : TTL_SECONDS },
    deadlineMs,
    retries,
    failFastSeconds: FAIL_FAST_SECONDS,
    signal,
    beforeSent,
    verify: ({ text }) => {
      try {
        check(text);
      } catch {
        throw notUnderstood(url, text);
      }
    },
  });
  const why = refusal ? refusal.message : "could not be asked";
  return {
    body: check(answer.text),
    asked: Date.parse(answer.fetchedAt),
    ...(answer.stale ? { degraded: `${why}; these results are from ${answer.fetchedAt}` } : {}),
  };
}

function notUnderstood(url: URL, text: string): ToolError {
  const html = /^\s*</.test(text);
  return new ToolError({
    reason: "unavailable",
    message: `${url.host} answered with ${html ? "a web page" : "something"} that is no search result`,
    recovery: "check the address of the provider",
    retryable: false,
  });
}
