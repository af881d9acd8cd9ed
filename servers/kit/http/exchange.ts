/** One request, one answer: through the limiter of each host on the way, redirects judged hop by hop, the body bounded. */
import { VERSION } from "../version.ts";
import { refuseBlocked } from "./blocked.ts";
import { badStatus, isCredential, rateLimited, redact, refusedRedirect, tooLarge, unreachable } from "./errors.ts";
import type { Answer } from "./cache.ts";
import { limitOf } from "./hosts.ts";
import { limiterOf } from "./limiter.ts";
import { retryAfterMs } from "./retry.ts";
import { tellingWhenSent } from "./sent.ts";
import type { RequestOptions } from "./types.ts";

const MAX_BYTES = 10 * 1024 * 1024;
const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** What becomes of a body: kept in memory, or, for a download, written away as it comes. */
export type BodyTaker = (response: Response, url: URL) => Promise<Uint8Array>;

interface Handling {
  /** Called when the request leaves our queue; may throw to hold it back. */
  beforeSent?: () => void;
  take?: BodyTaker;
}

/** @throws HttpError, or the signal's reason */
export async function exchange(
  url: URL,
  options: RequestOptions,
  signal: AbortSignal,
  handling: Handling = {},
): Promise<Answer> {
  let target = url;
  let request: RequestOptions = options;
  for (let hop = 0; ; hop++) {
    refuseBlocked(target);
    const answer = await oneHop(target, request, signal, handling);
    if (!isHop(answer.status, options)) return judged(answer, options);
    const location = answer.headers["location"];
    if (!location) throw refusedRedirect(target, `answered with status ${answer.status} and no address to go on to`);
    if (hop === MAX_REDIRECTS) throw refusedRedirect(url, `more than ${MAX_REDIRECTS} redirects`);
    const next = nextTarget(target, location);
    await options.check?.(next);
    request = redirected(request, answer.status, next.origin === target.origin);
    target = next;
  }
}

async function oneHop(
  url: URL,
  options: RequestOptions,
  signal: AbortSignal,
  { beforeSent, take }: Handling,
): Promise<Answer> {
  const limiter = limiterOf(url.host, options.limit?.service);
  const turn = await limiter.acquire(limitOf(url.host, options.limit), signal);
  let wasSent = false;
  try {
    beforeSent?.();
    wasSent = true;
    const response = await tellingWhenSent(
      () => turn.sent(),
      () => send(url, options, signal),
    );
    if (response.status === 429 || response.status === 503) {
      const wait = retryAfterMs(response.headers.get("retry-after"));
      if (wait !== undefined) limiter.pauseUntil(Date.now() + wait);
    }
    await checkHead(response, url, options);
    return {
      status: response.status,
      url: redact(url),
      headers: Object.fromEntries(response.headers),
      bytes: await bodyOf(response, url, options, signal, take),
      fetched: Date.now(),
    };
  } finally {
    turn.end(wasSent);
  }
}

function isHop(status: number, { redirect }: RequestOptions): boolean {
  return REDIRECTS.has(status) && redirect !== "manual";
}

/** What a redirect says besides where to go is not waited for. */
async function bodyOf(
  response: Response,
  url: URL,
  options: RequestOptions,
  signal: AbortSignal,
  take: BodyTaker | undefined,
): Promise<Uint8Array> {
  if (isHop(response.status, options)) {
    await response.body?.cancel();
    return new Uint8Array();
  }
  return take ? take(response, url) : readBody(response, url, options.maxBytes ?? MAX_BYTES, signal);
}

/** An answer that is refused by its head is not read. */
async function checkHead(response: Response, url: URL, options: RequestOptions): Promise<void> {
  try {
    options.checkHead?.({ url, status: response.status, headers: response.headers });
  } catch (error) {
    await response.body?.cancel();
    throw error;
  }
}

async function send(url: URL, options: RequestOptions, signal: AbortSignal): Promise<Response> {
  // A fetch that has failed must not be aborted afterwards: where it failed by the head of the answer, that would end
  // the process (undici 7, Node 24: an error that nobody can catch).
  const controller = new AbortController();
  const relay = () => controller.abort(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener("abort", relay, { once: true });
  const init: RequestInit = {
    method: options.method ?? "GET",
    // Deflate has two forms that are mistaken for each other; all who know it know gzip.
    headers: { "user-agent": `medresearcher/${VERSION}`, "accept-encoding": "gzip, br", ...options.headers },
    redirect: "manual",
    signal: controller.signal,
    ...(options.body === undefined ? {} : { body: options.body as RequestInit["body"] }),
    ...(options.dispatcher === undefined ? {} : { dispatcher: options.dispatcher }),
  };
  try {
    return await fetch(url, init);
  } catch (error) {
    signal.removeEventListener("abort", relay);
    signal.throwIfAborted();
    throw unreachable(url.host, error);
  }
}

/** @throws HttpError `too_large` above `maxBytes` */
export async function readBody(
  response: Response,
  url: URL,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  if (!response.body) return new Uint8Array();
  if (Number(response.headers.get("content-length") ?? 0) > maxBytes) {
    await response.body.cancel();
    throw tooLarge(url, maxBytes);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      // Leaving the loop cancels the stream.
      if (size > maxBytes) break;
      chunks.push(chunk);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(url.host, error);
  }
  if (size > maxBytes) throw tooLarge(url, maxBytes);
  return Buffer.concat(chunks);
}

/** Error statuses as errors, unless the caller wants them; then the caller's own judgement of the body. */
function judged(answer: Answer, options: RequestOptions): Answer {
  const { status, headers } = answer;
  const text = () => new TextDecoder().decode(answer.bytes);
  if (status >= 400 && !options.statuses?.includes(status)) {
    const beginning = text().slice(0, 2000);
    const url = new URL(answer.url);
    if (status === 429) throw rateLimited(url.host, retryAfterMs(headers["retry-after"]), status, beginning);
    throw badStatus(url, status, beginning);
  }
  options.verify?.({ status, headers, text: text() });
  return answer;
}

function nextTarget(from: URL, location: string): URL {
  let next: URL;
  try {
    next = new URL(location, from);
  } catch {
    throw refusedRedirect(from, "redirects to something that is no address");
  }
  if (next.protocol !== "http:" && next.protocol !== "https:") {
    throw refusedRedirect(from, `redirects to a ${next.protocol} address`);
  }
  return next;
}

/** As browsers do: 303 (and 301, 302 after POST) become GET; another origin gets no credentials. */
function redirected(options: RequestOptions, status: number, sameOrigin: boolean): RequestOptions {
  const method = options.method ?? "GET";
  const becomesGet = status === 303 || ((status === 301 || status === 302) && method === "POST");
  const headers = Object.fromEntries(
    Object.entries(options.headers ?? {}).filter(([name]) => sameOrigin || !isCredential(name)),
  );
  return becomesGet ? { ...options, method: "GET", body: undefined, headers } : { ...options, headers };
}
