/** When to ask again, and how long to wait first. */
import { ToolError } from "../failure.ts";
import { HttpError, rateLimited } from "./errors.ts";
import { limiterOf } from "./limiter.ts";
import { sleep } from "./scope.ts";
import type { RequestOptions } from "./types.ts";

const RETRIES = 2;
const FIRST_WAIT_MS = 400;

/** These do not mend within a second: the name is unknown, nobody listens, there is no network; or that was found out just now. */
const HOPELESS = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|CERT|certificate|was not asked again/;

export interface Attempts {
  url: URL;
  options: RequestOptions;
  signal: AbortSignal;
  /** Milliseconds since the epoch after which nobody waits for the answer. */
  deadline: () => number;
}

/** Runs `attempt` and repeats it where that may help. Each attempt enters the limiter anew. */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { url, options, signal, deadline }: Attempts,
): Promise<T> {
  const reads = (options.method ?? "GET") === "GET" || options.idempotent === true;
  const most = reads ? (options.retries ?? RETRIES) : 0;
  for (let n = 0; ; n++) {
    try {
      return await attempt();
    } catch (error) {
      if (n >= most || !isPassing(error)) throw error;
      const backoff = FIRST_WAIT_MS * 2 ** n * (0.5 + Math.random());
      const told = limiterOf(url.host, options.limit?.service).pausedUntil - Date.now();
      const wait = Math.max(backoff, told);
      if (Date.now() + wait >= deadline()) {
        throw told > backoff ? rateLimited(url.host, told, (error as HttpError).status) : error;
      }
      await sleep(wait, signal);
    }
  }
}

/** Seconds or an HTTP date, as milliseconds from now; undefined where absent or unreadable. */
export function retryAfterMs(value: string | null | undefined, now = Date.now()): number | undefined {
  if (!value) return undefined;
  if (/^\s*\d+(?:\.\d+)?\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function isPassing(error: unknown): boolean {
  return error instanceof ToolError && error.retryable && error.reason !== "timeout" && !HOPELESS.test(error.message);
}
