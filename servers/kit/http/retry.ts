/** When to ask again, and how long to wait first. */
import { ToolError } from "../failure.ts";
import { HttpError, rateLimited } from "./errors.ts";
import { limiterOf } from "./limiter.ts";
import { sleep } from "./scope.ts";
import type { RequestOptions } from "./types.ts";

/** After failures that pass by themselves. */
export const RETRIES = 2;
export const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 5000;
/** With less left than this, an answer would come too late. */
const LEAST_ROOM_MS = 250;

/** These do not mend within a second: the name is unknown, nobody listens, there is no network; or that was found out just now. */
const HOPELESS = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|CERT|certificate|was not asked again/;

export interface Attempts {
  url: URL;
  options: RequestOptions;
  signal: AbortSignal;
  /** Milliseconds since the epoch after which nobody waits for the answer. */
  deadline: () => number;
  firstWaitMs: number;
}

/**
 * Runs `attempt` and repeats it where that may help: after a failure that passes a few times, after "later" for as long
 * as the deadline leaves room. Each attempt enters the limiter anew.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { url, options, signal, deadline, firstWaitMs: first }: Attempts,
): Promise<T> {
  const reads = (options.method ?? "GET") === "GET" || options.idempotent === true;
  const most = reads ? options.retries : 0;
  let failures = 0;
  for (let n = 0; ; n++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error)) throw error;
      const told = limiterOf(url.host, options.limit?.service).pausedUntil - Date.now();
      const isLater = saysLater(error, told);
      if (!isLater) failures += 1;
      if (most === undefined ? failures > RETRIES : n >= most) throw error;
      const room = deadline() - Date.now();
      // A source that told when is taken at its word; near the deadline the waits are halves of what is left.
      const grown = backoff(isLater && told > 0 ? 0 : n, { first });
      const wait = Math.max(told, isLater ? Math.min(grown, room / 2) : grown);
      if (told >= room) throw rateLimited(url.host, told, error instanceof HttpError ? error.status : undefined);
      if (wait >= room || room < LEAST_ROOM_MS) throw error;
      await sleep(wait, signal);
    }
  }
}

/** The source is well and refuses for the moment: 429, a page that means it, or 503 with a time to come back. */
export function saysLater(error: ToolError, told: number): boolean {
  return error.reason === "rate_limited" || (error instanceof HttpError && error.status === 503 && told > 0);
}

/** Milliseconds before the attempt after the `n`th, from 0; scattered, so that many do not come back at once. */
export function backoff(n: number, { first = FIRST_WAIT_MS, longest = LONGEST_WAIT_MS } = {}): number {
  return Math.min(first * 2 ** n, longest) * (0.5 + Math.random());
}

/** Seconds or an HTTP date, as milliseconds from now; undefined where absent or unreadable. */
export function retryAfterMs(value: string | null | undefined, now = Date.now()): number | undefined {
  if (!value) return undefined;
  if (/^\s*\d+(?:\.\d+)?\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function isPassing(error: unknown): error is ToolError {
  return error instanceof ToolError && error.retryable && error.reason !== "timeout" && !HOPELESS.test(error.message);
}
