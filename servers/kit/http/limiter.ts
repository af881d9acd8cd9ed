/** A queue per host: starts are spaced, requests in flight are bounded, a told pause holds everyone back, and whoever waits may leave. */
import { limitingHost } from "./hosts.ts";
import type { Pace } from "./types.ts";

/** A date in a far year is a mistake, and longer than timers go. */
const LONGEST_PAUSE_MS = 24 * 60 * 60 * 1000;

interface Waiting {
  limit: Pace;
  start: (start: Start) => void;
}

/** Nobody is held back longer than this by one that started and is still connecting. */
const LONGEST_WAY_MS = 1000;

/** When a request started, and when the one before it did. */
interface Start {
  at: number;
  before: number;
}

/** A place among the requests in flight. */
export interface Turn {
  /** The request left just now: the next one keeps its distance from this moment. */
  sent(): void;
  /** It has ended. One that was not sent after all gives its turn to the next. */
  end(wasSent: boolean): void;
}

export class HostLimiter {
  readonly #queue: Waiting[] = [];
  #active = 0;
  #lastStart = -Infinity;
  /** The last that started, until it is sent. */
  #onItsWay: Start | undefined;
  #pausedUntil = 0;
  #timer: NodeJS.Timeout | undefined;

  /** Resolves when a request may start. Rejects with the signal's reason. */
  async acquire(limit: Pace, signal: AbortSignal): Promise<Turn> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Start>();
    const entry: Waiting = { limit, start: resolve };
    const leave = () => {
      const at = this.#queue.indexOf(entry);
      if (at >= 0) this.#queue.splice(at, 1);
      reject(signal.reason as Error);
      this.#pump();
    };
    signal.addEventListener("abort", leave, { once: true });
    this.#queue.push(entry);
    this.#pump();
    try {
      return this.#turnOf(await promise);
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  #turnOf(start: Start): Turn {
    return {
      sent: () => {
        this.#lastStart = performance.now();
        this.#arrived(start);
      },
      end: (wasSent) => {
        this.#active -= 1;
        if (!wasSent && this.#lastStart === start.at) this.#lastStart = start.before;
        this.#arrived(start);
      },
    };
  }

  #arrived(start: Start): void {
    if (this.#onItsWay === start) this.#onItsWay = undefined;
    this.#pump();
  }

  /** Nobody starts before this moment (milliseconds since the epoch): the host asked for it. At most a day from now. */
  pauseUntil(time: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, Math.min(time, Date.now() + LONGEST_PAUSE_MS));
  }

  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  #pump(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (let head = this.#queue[0]; head && this.#active < head.limit.concurrency; head = this.#queue[0]) {
      const wait = Math.max(this.#distance(head.limit), this.#pausedUntil - Date.now());
      if (wait > 0) {
        // Timers fire up to a millisecond early.
        this.#timer = setTimeout(() => this.#pump(), Math.ceil(wait) + 1);
        return;
      }
      this.#queue.shift();
      this.#active += 1;
      const start = { at: performance.now(), before: this.#lastStart };
      this.#lastStart = start.at;
      this.#onItsWay = start;
      head.start(start);
    }
  }

  /** Milliseconds to wait after the one before, which may still be connecting. */
  #distance({ spacingMs }: Pace): number {
    const way = spacingMs > 0 && this.#onItsWay ? this.#onItsWay.at + LONGEST_WAY_MS : -Infinity;
    return Math.max(this.#lastStart + spacingMs, way) - performance.now();
  }
}

const limiters = new Map<string, HostLimiter>();

/** The one limiter of a host, of hosts that count together, or of a service on one, in this process, whoever asks. */
export function limiterOf(host: string, service = ""): HostLimiter {
  const limiting = `${limitingHost(host)} ${service}`;
  let limiter = limiters.get(limiting);
  if (!limiter) limiters.set(limiting, (limiter = new HostLimiter()));
  return limiter;
}
