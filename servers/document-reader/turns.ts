/**
 * Long work on the main thread in slices of a few milliseconds, one slice of one task between two turns of the event
 * loop: however many long documents are read at once, a short call waits for one slice only.
 */
import type { InSlices } from "../knowledge/passages.ts";

const SLICE_MS = 8;

/** Resolves when the task whose turn it is has had it. */
let queue: Promise<unknown> = Promise.resolve();

/** @throws the signal's reason */
export async function inTurns<T>(work: InSlices<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const turn = queue.then(() => oneTurn(work));
    // A task that fails must not stop those behind it.
    queue = turn.then(nextLoop, nextLoop);
    const result = await turn;
    if (result) return result.value;
  }
}

function oneTurn<T>(work: InSlices<T>): { value: T } | undefined {
  const until = performance.now() + SLICE_MS;
  do {
    const { done, value } = work.next();
    if (done) return { value };
  } while (performance.now() < until);
  return undefined;
}

function nextLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
