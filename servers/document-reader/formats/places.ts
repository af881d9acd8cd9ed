/** A few places and a queue before them: first come, first served, but large tasks leave some places to the small ones. */

interface Waiting {
  isLarge: boolean;
  enter: (leave: () => void) => void;
}

export class Places {
  readonly #most: number;
  readonly #mostLarge: number;
  readonly #queue: Waiting[] = [];
  #taken = 0;
  #takenLarge = 0;

  /** @param most tasks at a time @param mostLarge of these, how many may be large */
  constructor(most: number, mostLarge: number) {
    this.#most = most;
    this.#mostLarge = mostLarge;
  }

  /** Waits for a place. @returns what gives it back @throws the signal's reason */
  async take(isLarge: boolean, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<() => void>();
    const waiting: Waiting = { isLarge, enter: resolve };
    this.#queue.push(waiting);
    const abort = () => {
      const at = this.#queue.indexOf(waiting);
      if (at < 0) return;
      this.#queue.splice(at, 1);
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", abort, { once: true });
    this.#admit();
    try {
      return await promise;
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  #admit(): void {
    while (this.#taken < this.#most) {
      const next = this.#queue.findIndex(({ isLarge }) => !isLarge || this.#takenLarge < this.#mostLarge);
      if (next < 0) return;
      const [{ isLarge, enter }] = this.#queue.splice(next, 1) as [Waiting];
      this.#taken += 1;
      this.#takenLarge += Number(isLarge);
      let isLeft = false;
      enter(() => {
        if (isLeft) return;
        isLeft = true;
        this.#taken -= 1;
        this.#takenLarge -= Number(isLarge);
        this.#admit();
      });
    }
  }
}
