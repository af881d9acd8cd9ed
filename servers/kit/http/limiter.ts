/** A queue per host: starts are spaced, requests in flight are bounded, a told pause holds everyone back, and whoever waits may leave. */
import { limitingHost } from "./hosts.ts";
import type { Pace } from "./types.ts";

/** A date in a far year is a mistake, and longer than timers go. */
const LONGEST_PAUSE_MS = 24 * 60 * 60 * 1000;

interface Waiting {
  limit: Pace;
  start: (turn: Turn) => void;
}

/** When a request started, and when the one before it did. */
interface Turn {
  at: number;
  before: number;
}

export class HostLimiter {
  readonly #queue: Waiting[] = [];
  #active = 0;
  #lastStart = -Infinity;
  #pausedUntil = 0;
  #timer: NodeJS.Timeout | undefined;

  /**
   * Resolves when a request may start, with the function to call when it has ended: one that was not sent after all
   * gives its turn to the next. Rejects with the signal's reason.
   */
  async acquire(limit: Pace, signal: AbortSignal): Promise<(wasSent?: boolean) => void> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<Turn>();
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
      const { at, before } = await promise;
      return (wasSent = true) => {
        this.#active -= 1;
        if (!wasSent && this.#lastStart === at) this.#lastStart = before;
        this.#pump();
      };
    } finally {
      signal.removeEventListener("abort", leave);
    }
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
      const wait = Math.max(this.#lastStart + head.limit.spacingMs - performance.now(), this.#pausedUntil - Date.now());
      if (wait > 0) {
        // Timers fire up to a millisecond early.
        this.#timer = setTimeout(() => this.#pump(), Math.ceil(wait) + 1);
        return;
      }
      this.#queue.shift();
      this.#active += 1;
      const turn = { at: performance.now(), before: this.#lastStart };
      this.#lastStart = turn.at;
      head.start(turn);
    }
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
