/**
 * Large files: straight to disk, checked, and gone on with where they were broken off. `PATH.part` and `PATH.part.json`
 * (what the server called the version that is being fetched) stay until the file is whole; `PATH` is never half a file.
 */
import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { ToolError } from "../failure.ts";
import { refuseBlocked } from "./blocked.ts";
import { badStatus, HttpError, redact, timedOut, unreachable } from "./errors.ts";
import { exchange, readBody, type BodyTaker } from "./exchange.ts";
import { limiterOf } from "./limiter.ts";
import { backoff, saysLater } from "./retry.ts";
import { sleep } from "./scope.ts";

/** A server that sends nothing for so long has gone away. */
const SILENCE_MS = 60_000;
/** Attempts that bring nothing new before it is given up. */
const FRUITLESS = 3;
/** The same where each was told to come later: some minutes. */
const FRUITLESS_LATER = 10;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;
const ERROR_BYTES = 1024 * 1024;

/** How a server names a version of a file (RFC 9110, section 8.8). */
export interface Validators {
  etag?: string;
  lastModified?: string;
}

export interface DownloadRequest {
  url: URL;
  /** Where the file goes; its folder exists. */
  path: string;
  signal: AbortSignal;
  /** What the source says the file must hash to. */
  md5?: string;
  /** By which the copy that lies at `path` was known: it is kept where the server has no other. */
  known?: Validators;
  onProgress?: (bytes: number, total?: number) => void;
  silenceMs?: number;
  /** Before the first attempt that follows one that failed, about so long; every time longer. */
  firstWaitMs?: number;
}

export interface Downloaded extends Validators {
  bytes: number;
  md5: string;
  /** The server has no other than the copy that is there; nothing was fetched. */
  unchanged: boolean;
}

interface Partial extends Validators {
  url: string;
  total?: number;
}

/** @throws HttpError or ToolError with what to do; what was fetched stays, and the same call goes on with it */
export async function download(request: DownloadRequest): Promise<Downloaded> {
  const { path, md5 } = request;
  for (let wrong = 0; ; wrong++) {
    const unchanged = await fetchWhole(request);
    if (unchanged) return { ...unchanged, bytes: statSync(path).size, md5: await md5Of(path), unchanged: true };
    const found = await md5Of(`${path}.part`);
    if (md5 === undefined || found === md5.toLowerCase()) return { ...keep(path), md5: found, unchanged: false };
    discard(path);
    if (wrong > 0) throw corrupted(request, found);
  }
}

/** @returns the validators of the copy at `path` where it is still the newest; undefined once `.part` holds all */
async function fetchWhole(request: DownloadRequest): Promise<Validators | undefined> {
  const { path, url, signal, firstWaitMs: first = FIRST_WAIT_MS } = request;
  for (let fruitless = 0; ;) {
    const before = sizeOf(`${path}.part`);
    try {
      return await attempt(request);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ToolError) || !error.retryable) throw error;
      fruitless = sizeOf(`${path}.part`) > before ? 0 : fruitless + 1;
      const told = limiterOf(url.host).pausedUntil - Date.now();
      if (fruitless >= (saysLater(error, told) ? FRUITLESS_LATER : FRUITLESS)) throw error;
      await sleep(Math.max(told, backoff(fruitless, { first, longest: LONGEST_WAIT_MS })), signal);
    }
  }
}

async function attempt(request: DownloadRequest): Promise<Validators | undefined> {
  const { path, url, known, silenceMs = SILENCE_MS } = request;
  refuseBlocked(url);
  const partial = readPartial(path, url);
  const have = partial ? sizeOf(`${path}.part`) : 0;
  if (partial && have > 0 && have === partial.total) return undefined;
  const silence = new Silence(request.signal, silenceMs, () => timedOut(url.host, silenceMs));
  let unchanged = false;
  const take: BodyTaker = async (response, from) => {
    const { status } = response;
    if (status === 304) unchanged = true;
    else if (status === 416) discard(path);
    else if (status === 206 && have > 0) await append(response, { have, partial: partial!, request, silence });
    else if (status === 200) await append(response, { have: 0, partial: startOf(response, url), request, silence });
    else return readBody(response, from, ERROR_BYTES, silence.signal);
    return new Uint8Array();
  };
  // Compression on the way would make the bytes others than those that were listed, and ranges of no use.
  const headers = { "accept-encoding": "identity", ...conditions(partial, have, existsSync(path) ? known : undefined) };
  try {
    const answer = await exchange(url, { signal: silence.signal, headers, statuses: [416] }, silence.signal, {
      beforeSent: () => silence.heard(),
      take,
    });
    if (answer.status === 416) throw unreachable(url.host, new Error("the file there is shorter than the part here"));
    // Some other success, such as 204: not a file.
    if (![200, 206, 304].includes(answer.status)) throw badStatus(url, answer.status, "");
  } finally {
    silence.end();
  }
  return unchanged ? known : undefined;
}

/** A part is gone on with only where the server still has the very version it is of. */
function conditions(partial: Partial | undefined, have: number, known: Validators | undefined): Record<string, string> {
  const version = partial && strong(partial);
  if (version && have > 0) return { range: `bytes=${have}-`, "if-range": version };
  return {
    ...(known?.etag ? { "if-none-match": known.etag } : {}),
    ...(known?.lastModified ? { "if-modified-since": known.lastModified } : {}),
  };
}

/** Weak tags do not promise the same bytes. */
function strong({ etag, lastModified }: Validators): string | undefined {
  return etag && !etag.startsWith("W/") ? etag : lastModified;
}

interface Appending {
  have: number;
  partial: Partial;
  request: DownloadRequest;
  silence: Silence;
}

async function append(response: Response, { have, partial, request, silence }: Appending): Promise<void> {
  const { path, url, onProgress } = request;
  if (have > 0 && !response.headers.get("content-range")?.startsWith(`bytes ${have}-`)) {
    discard(path);
    throw unreachable(url.host, new Error("the server sent another part than the one asked for"));
  }
  writeFileSync(`${path}.part.json`, JSON.stringify(partial));
  let bytes = have;
  const file = await open(`${path}.part`, have > 0 ? "a" : "w");
  try {
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      silence.heard();
      await file.writeFile(chunk);
      bytes += chunk.byteLength;
      onProgress?.(bytes, partial.total);
    }
    await file.sync();
  } catch (error) {
    throw failureOf(error, { request, silence, bytes });
  } finally {
    await file.close();
  }
  if (partial.total !== undefined && bytes < partial.total) {
    throw unreachable(url.host, new Error(`the connection ended after ${bytes} of ${partial.total} bytes`));
  }
}

function failureOf(
  error: unknown,
  { request: { url, path }, silence, bytes }: Pick<Appending, "request" | "silence"> & { bytes: number },
): unknown {
  if (silence.signal.aborted) return silence.signal.reason;
  const { code } = error as NodeJS.ErrnoException;
  if (code !== "ENOSPC" && code !== "EFBIG" && code !== "EDQUOT") return unreachable(url.host, error);
  return new ToolError(
    {
      reason: "disk_full",
      message: `no room to write ${path}.part (${code}); ${bytes} bytes of it are there`,
      recovery: "make room, or choose another folder, and run the same command: it goes on from there",
      retryable: false,
    },
    { cause: error },
  );
}

function startOf(response: Response, url: URL): Partial {
  const { headers } = response;
  const length = headers.get("content-length");
  return {
    url: redact(url),
    ...validatorsOf({ etag: headers.get("etag"), lastModified: headers.get("last-modified") }),
    ...(length === null ? {} : { total: Number(length) }),
  };
}

function validatorsOf({ etag, lastModified }: { etag?: string | null; lastModified?: string | null }): Validators {
  return { ...(etag ? { etag } : {}), ...(lastModified ? { lastModified } : {}) };
}

/** Undefined where there is no part, or none that may be gone on with. */
function readPartial(path: string, url: URL): Partial | undefined {
  try {
    const partial = JSON.parse(readFileSync(`${path}.part.json`, "utf8")) as Partial;
    return partial.url === redact(url) && strong(partial) ? partial : undefined;
  } catch {
    return undefined;
  }
}

function keep(path: string): Validators & { bytes: number } {
  const partial = JSON.parse(readFileSync(`${path}.part.json`, "utf8")) as Partial;
  renameSync(`${path}.part`, path);
  rmSync(`${path}.part.json`);
  return { ...validatorsOf(partial), bytes: sizeOf(path) };
}

function discard(path: string): void {
  rmSync(`${path}.part`, { force: true });
  rmSync(`${path}.part.json`, { force: true });
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

async function md5Of(path: string): Promise<string> {
  const hash = createHash("md5");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
}

function corrupted({ url, path, md5 }: DownloadRequest, found: string): HttpError {
  return new HttpError({
    reason: "unavailable",
    message: `${redact(url)} came twice with the wrong checksum (md5 ${found}, listed is ${md5}); ${basename(path)} was not kept`,
    recovery: "run the command again later; the source may be replacing the file just now",
    retryable: false,
  });
}

/** Aborts when nothing was heard for a while; every piece that arrives starts the wait anew. */
class Silence {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly signal: AbortSignal;

  constructor(outer: AbortSignal, ms: number, reason: () => Error) {
    this.signal = AbortSignal.any([outer, this.#controller.signal]);
    this.#timer = setTimeout(() => this.#controller.abort(reason()), ms);
  }

  heard(): void {
    this.#timer.refresh();
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
