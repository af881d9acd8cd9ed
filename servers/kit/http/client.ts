/**
 * The one outgoing client. Every request of every server passes here: limits per host that retries obey too, one
 * deadline for everything, abort at any moment, one flight for equal requests, a cache that says when it is stale.
 */
import { join } from "node:path";
import { dataHome } from "../home.ts";
import { refuseBlocked } from "./blocked.ts";
import { AnswerCache, requestKey, type Answer } from "./cache.ts";
import { HttpError, rateLimited, recentlyUnreachable, refusedRedirect, timedOut } from "./errors.ts";
import { exchange } from "./exchange.ts";
import { limiterOf } from "./limiter.ts";
import { FIRST_WAIT_MS, RETRIES, withRetries, type Attempts } from "./retry.ts";
import { orAborted, Scope } from "./scope.ts";
import type { HttpBytes, HttpClient, HttpClientOptions, HttpResponse, RequestOptions } from "./types.ts";

const DEADLINE_MS = 30_000;
/** An answer that may be kept, but was not in time, may come so much later and serves the next who asks. */
const LATE_MS = 20_000;
/** A host that says nothing for so long after it was asked is taken for away. */
const SILENCE_MS = 1000;

interface Flight {
  answer: Promise<Answer>;
  controller: AbortController;
  waiting: number;
  deadline: number;
  /** When the request last left our own queue, in milliseconds since the epoch; undefined before. */
  sentAt?: number;
  /** How the attempt before failed: where there is no time for another, that is the reason, and not the time. */
  failure?: unknown;
}

/** When each host last answered, and last could not be reached, in milliseconds since the epoch: facts about the host, so shared. */
const heardAt = new Map<string, number>();
const unreachedAt = new Map<string, number>();

/** `MEDRESEARCHER_NO_CACHE=1`: what is asked for is written nowhere. */
function isForgetful(): boolean {
  return process.env["MEDRESEARCHER_NO_CACHE"] === "1";
}

export function httpClient(options: HttpClientOptions = {}): HttpClient {
  const { cacheFile = join(dataHome(), "cache", "http.db"), firstWaitMs = FIRST_WAIT_MS } = options;
  const cache = cacheFile === false || isForgetful() ? undefined : new AnswerCache(cacheFile);
  const flights = new Map<string, Flight>();
  /** All that are under way, shared or not. */
  const under = new Set<Flight>();

  async function request(address: string | URL, options: RequestOptions): Promise<HttpBytes> {
    const url = new URL(address);
    // A kept answer is no way around it either.
    refuseBlocked(url);
    const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
    if (options.redirect === "check" && !options.check) throw refusedRedirect(url, "no check was given for redirects");
    const scope = new Scope(options.signal, deadlineMs, () => timedOut(url.host, deadlineMs));
    try {
      await options.check?.(url);
      return await cached(url, options, scope.signal, Date.now() + deadlineMs);
    } finally {
      scope.dispose();
    }
  }

  /** The kept answer where it is fresh, else the source's, else the kept one as stale. */
  async function cached(url: URL, options: RequestOptions, signal: AbortSignal, deadline: number): Promise<HttpBytes> {
    const key = requestKey(url, options);
    const known = options.cache && (await trusted(cache?.get(key), options));
    const freshFor = (options.cache?.ttlSeconds ?? 0) * 1000;
    if (known && Date.now() - known.fetched < freshFor) return toBytes(known, { fromCache: true });
    try {
      refuseUnreached(url, options);
      // With an older copy at hand nobody waits until a source that says "later" has time.
      const asked = known ? { retries: RETRIES, ...options } : options;
      return toBytes(await fly(key, url, asked, signal, deadline));
    } catch (error) {
      if (known && isOutage(error)) return toBytes(known, { fromCache: true, stale: true });
      throw error;
    }
  }

  /** Joins an equal request that is under way, else starts one. It is given up when nobody waits any more. */
  async function fly(
    key: string,
    url: URL,
    options: RequestOptions,
    signal: AbortSignal,
    deadline: number,
  ): Promise<Answer> {
    const reads = (options.method ?? "GET") === "GET" || options.idempotent === true;
    const shared = reads && !options.check && !options.dispatcher;
    const keep = (answer: Answer) => {
      if (options.cache && answer.status === 200) cache?.put(key, answer);
      return answer;
    };
    const flight = (shared && flights.get(key)) || takeOff({ url, options, firstWaitMs }, deadline, keep);
    if (shared) flights.set(key, flight);
    flight.waiting += 1;
    flight.deadline = Math.max(flight.deadline, deadline);
    under.add(flight);
    const land = () => {
      under.delete(flight);
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.answer.then(land, land);
    try {
      return await orAborted(flight.answer, signal);
    } catch (error) {
      if (!isLate(signal) || error !== signal.reason) throw error;
      if (isSilent(url.host, flight, deadline)) unreachedAt.set(url.host, Date.now());
      throw flight.failure ?? (flight.sentAt === undefined ? heldBack(url, options) : undefined) ?? error;
    } finally {
      flight.waiting -= 1;
      if (flight.waiting === 0)
        leave(flight, land, isLate(signal) && flight.sentAt !== undefined && options.cache !== undefined);
    }
  }

  return {
    async fetchText(url, options): Promise<HttpResponse> {
      const { bytes, ...head } = await request(url, options);
      return { ...head, text: decode(bytes, head.headers["content-type"]) };
    },
    fetchBytes: request,
    close() {
      for (const { controller } of under) controller.abort(new Error("the client was closed"));
      cache?.close();
    },
  };
}

function takeOff(
  asked: Pick<Attempts, "url" | "options" | "firstWaitMs">,
  deadline: number,
  keep: (answer: Answer) => Answer,
): Flight {
  const { url, options } = asked;
  const controller = new AbortController();
  const flight: Flight = { answer: Promise.resolve({} as Answer), controller, waiting: 0, deadline };
  const attempts = { ...asked, signal: controller.signal, deadline: () => flight.deadline };
  const beforeSent = () => {
    // What others found out while this one was queued. Its own failures do not count: they are tried again.
    if (flight.sentAt === undefined) refuseUnreached(url, options);
    options.beforeSent?.();
    flight.sentAt = Date.now();
  };
  const once = () => attempt(attempts, beforeSent);
  const remembering = () =>
    once().catch((error: unknown) => {
      flight.failure = error;
      throw error;
    });
  flight.answer = withRetries(remembering, attempts).then(keep);
  return flight;
}

/** Nobody waits any more. What the source is working on, and may be kept, is still taken when it comes. */
function leave(flight: Flight, land: () => void, isWorthKeeping: boolean): void {
  const end = () => {
    // Somebody may have joined meanwhile.
    if (flight.waiting > 0) return;
    land();
    flight.controller.abort(new Error("nobody waits for this answer any more"));
  };
  if (!isWorthKeeping) return end();
  const timer = setTimeout(end, LATE_MS).unref();
  const clear = () => clearTimeout(timer);
  flight.answer.then(clear, clear);
}

/**
 * Silence to the very deadline is as good as unreachable, but not what waited in our own queue, or had no time to answer:
 * what it was given counts, and not how late a busy process notices that it is over.
 */
function isSilent(host: string, { sentAt }: Flight, deadline: number): boolean {
  return sentAt !== undefined && deadline - sentAt >= SILENCE_MS && (heardAt.get(host) ?? 0) < sentAt;
}

/** The host had asked all to wait, and so nothing was sent. */
function heldBack({ host }: URL, { limit }: RequestOptions): HttpError | undefined {
  const told = limiterOf(host, limit?.service).pausedUntil - Date.now();
  return told > 0 ? rateLimited(host, told) : undefined;
}

/** The deadline passed, as opposed to: the caller left. */
function isLate({ aborted, reason }: AbortSignal): boolean {
  return aborted && reason instanceof HttpError && reason.reason === "timeout";
}

async function attempt({ url, options, signal, deadline }: Attempts, beforeSent: () => void): Promise<Answer> {
  const { host } = url;
  const { pausedUntil } = limiterOf(host, options.limit?.service);
  if (pausedUntil > deadline()) throw rateLimited(host, pausedUntil - Date.now());
  try {
    const answer = await exchange(url, options, signal, { beforeSent });
    heard(host);
    return answer;
  } catch (error) {
    if (error instanceof HttpError && isUnreachable(error)) {
      unreachedAt.set(host, Date.now());
    } else if (error instanceof HttpError && error.status !== undefined) heard(host);
    throw error;
  }
}

/** Callers in a hurry are told at once what was found out a moment ago. */
function refuseUnreached({ host }: URL, { failFastSeconds }: RequestOptions): void {
  const seconds = (Date.now() - (unreachedAt.get(host) ?? -Infinity)) / 1000;
  if (failFastSeconds !== undefined && seconds < failFastSeconds) throw recentlyUnreachable(host, seconds);
}

/** Found out by asking, not by being told that it was. */
function isUnreachable({ reason, status, cause }: HttpError): boolean {
  return reason === "unavailable" && status === undefined && cause !== undefined;
}

function heard(host: string): void {
  heardAt.set(host, Date.now());
  unreachedAt.delete(host);
}

/** A kept answer whose final address would be refused today is not served. */
async function trusted(answer: Answer | undefined, options: RequestOptions): Promise<Answer | undefined> {
  if (answer) await options.check?.(new URL(answer.url));
  return answer;
}

/** The source could not be asked, as opposed to: it said no, or the caller left. */
function isOutage(error: unknown): boolean {
  return error instanceof HttpError && ["unavailable", "rate_limited", "timeout"].includes(error.reason);
}

function toBytes(answer: Answer, { fromCache = false, stale = false } = {}): HttpBytes {
  const { status, url, headers, bytes, fetched } = answer;
  return { status, url, headers, bytes, fetchedAt: new Date(fetched).toISOString(), fromCache, stale };
}

function decode(bytes: Uint8Array, contentType = ""): string {
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
