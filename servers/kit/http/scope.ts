/** One request's own signal: aborted by the caller or by the deadline, and leaving no listener behind. */

export class Scope {
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  readonly #relay = () => this.#controller.abort(this.#outer.reason);

  constructor(outer: AbortSignal, deadlineMs: number, onDeadline: () => Error) {
    outer.throwIfAborted();
    this.#outer = outer;
    outer.addEventListener("abort", this.#relay, { once: true });
    this.#timer = setTimeout(() => this.#controller.abort(onDeadline()), deadlineMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#outer.removeEventListener("abort", this.#relay);
  }
}

/** Settles as the promise does, or rejects with the signal's reason, whichever is first. */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason as Error);
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** Waits, unless aborted. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  try {
    await orAborted(promise, signal);
  } finally {
    clearTimeout(timer);
  }
}
