/** A list of tasks over worker threads: results come in the order of the tasks, and only a few are on their way at a time. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Answer, Job, Result } from "./worker.ts";
import type { Item } from "./inputs.ts";

/** Items that travel together: a message costs more than a case. */
const CHUNK = 25;
/** Chunks on their way for each thread: one in work, one waiting. */
const AHEAD = 2;

/**
 * Results of all items, in their order. Stops early, with what is finished, when the signal aborts.
 * @throws Error where a thread cannot do the job at all (no model); what is wrong with one item stands in its result
 */
export async function* inThreads(
  items: AsyncIterable<Item>,
  job: Job,
  signal: AbortSignal,
  limit = availableParallelism(),
): AsyncGenerator<Result[]> {
  const threads: Thread[] = [];
  const onTheWay: Promise<Result[]>[] = [];
  const send = (chunk: Item[]) => {
    let thread = threads.toSorted((a, b) => a.waiting - b.waiting)[0];
    if (!thread || (thread.waiting > 0 && threads.length < limit)) threads.push((thread = new Thread(job)));
    const answer = thread.ask(chunk);
    // Whoever takes the results sees the failure; until then it is not unhandled.
    answer.catch(() => undefined);
    onTheWay.push(answer);
  };
  try {
    for await (const chunk of inChunks(items)) {
      if (signal.aborted) return;
      send(chunk);
      if (onTheWay.length >= limit * AHEAD) yield await onTheWay.shift()!;
    }
    while (onTheWay.length > 0 && !signal.aborted) yield await onTheWay.shift()!;
  } finally {
    await Promise.all(threads.map((thread) => thread.stop()));
  }
}

async function* inChunks(items: AsyncIterable<Item>): AsyncGenerator<Item[]> {
  let chunk: Item[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

class Thread {
  readonly #worker: Worker;
  readonly #open: PromiseWithResolvers<Result[]>[] = [];

  constructor(job: Job) {
    // Sources run as they are, or compiled.
    const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
    this.#worker = new Worker(new URL(file, import.meta.url), { workerData: job });
    this.#worker.on("message", ({ results }: Answer) => this.#open.shift()!.resolve(results));
    this.#worker.on("error", (error) => this.#fail(error as Error));
    this.#worker.on("exit", () => this.#fail(new Error("a thread of the batch ended before its work was done")));
  }

  get waiting(): number {
    return this.#open.length;
  }

  ask(chunk: Item[]): Promise<Result[]> {
    const answer = Promise.withResolvers<Result[]>();
    this.#open.push(answer);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#worker.postMessage(chunk);
    return answer.promise;
  }

  async stop(): Promise<void> {
    // Nobody waits any longer for what is still being worked on.
    this.#worker.removeAllListeners();
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    for (const answer of this.#open.splice(0)) answer.reject(error);
  }
}
