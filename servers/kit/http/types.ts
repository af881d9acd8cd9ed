/** What callers of the outgoing client say and get. */

/** How fast one host may be asked. All requests of this process to the host share it. */
export interface HostLimit {
  /** Least time between the starts of two requests, in milliseconds. */
  spacingMs?: number;
  /** Most requests in flight. */
  concurrency?: number;
  /** Which of several services on one host is asked, where each has a limit of its own. */
  service?: string;
}

/** A limit in full. */
export type Pace = Required<Omit<HostLimit, "service">>;

export interface RequestOptions {
  /** Aborts this request at any moment, also while it is queued or waits to be retried. */
  signal: AbortSignal;
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Answers are kept on disk and served for so long; older ones only where the source cannot be asked, as `stale`. */
  cache?: { ttlSeconds: number };
  /** Replaces what the registry (hosts.ts) says of this host. */
  limit?: HostLimit;
  /** For everything together: queueing, waiting, retries, the body. Default 30,000. */
  deadlineMs?: number;
  /** A longer body is an error (`too_large`). Default 10 MiB. */
  maxBytes?: number;
  /** `manual` returns the redirect itself; `check` follows only with a `check`. Default `follow`. */
  redirect?: "follow" | "manual" | "check";
  /** Sees the address and every redirect before it is asked; throws to refuse. */
  check?: (url: URL) => void | Promise<void>;
  /** Error statuses that are answers of this source and are returned, not thrown: `[404]`. */
  statuses?: readonly number[];
  /** Judges a body before it is kept: throws a ToolError where status 200 hides a failure; a retryable one is retried. */
  verify?: (response: { status: number; text: string; headers: Record<string, string> }) => void;
  /**
   * How often a GET is tried again at most, for whatever reason. Default: twice after failures, and after 429 (or 503
   * with Retry-After) for as long as the deadline leaves room.
   */
  retries?: number;
  /** A method other than GET that only reads, and may be retried and shared. */
  idempotent?: boolean;
  /** Fail at once where this host could not be reached within the last so many seconds. */
  failFastSeconds?: number;
  /** Called each time the request is about to be sent, and not for kept answers; throws to hold it back. */
  beforeSent?: () => void;
  /** Sees the answer's head before its body is read; throws to refuse it. */
  checkHead?: (head: { url: URL; status: number; headers: Headers }) => void;
  /** An undici dispatcher for the connection, for callers that must judge resolved addresses. */
  dispatcher?: RequestInit["dispatcher"];
}

interface ResponseHead {
  status: number;
  /** After redirects, without credentials. */
  url: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** ISO 8601. */
  fetchedAt: string;
  fromCache: boolean;
  /** Older than its lifetime, served because the source could not be asked. */
  stale: boolean;
}
export interface HttpResponse extends ResponseHead {
  text: string;
}
export interface HttpBytes extends ResponseHead {
  bytes: Uint8Array;
}

export interface HttpClient {
  /** @throws HttpError (a ToolError): unavailable, rate_limited, timeout, too_large, bad_status, refused; or the signal's reason */
  fetchText(url: string | URL, options: RequestOptions): Promise<HttpResponse>;
  fetchBytes(url: string | URL, options: RequestOptions): Promise<HttpBytes>;
  close(): void;
}

export interface HttpClientOptions {
  /** The cache's SQLite file; default `<dataHome>/cache/http.db`; `false` for none. */
  cacheFile?: string | false;
  /** Before a failed request is asked again for the first time, about so long; every time longer. Default 400. */
  firstWaitMs?: number;
}
