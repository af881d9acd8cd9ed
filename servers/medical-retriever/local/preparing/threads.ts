/** The documents of a store prepared for the index, in order of rows: by threads where there are many. */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Knowledge } from "../../../knowledge/index.ts";
import type { UsualLengths } from "../postings/impact.ts";
import { endOfWindow, WINDOW_ROWS } from "../postings/window.ts";
import { prepare, type Prepared } from "./prepare.ts";
import type { PreparedAnswer, RowRange, ThreadData } from "./worker.ts";

/** Without threads, the event loop gets a turn after so many. */
const TURN = 200;
/** Below, threads take longer to start than they save. */
const FEW = 3000;
/** More threads wait for the disk, and each takes some 200 MB. */
const MOST_THREADS = 4;

/** A window at a time, or less. @throws Error where the store cannot be read, or the signal's reason */
export async function* preparedRows(
  { path, documents }: Pick<Knowledge, "path" | "documents">,
  { after, until }: RowRange,
  usual: UsualLengths,
  signal: AbortSignal,
): AsyncGenerator<Prepared> {
  if (until - after <= FEW) {
    for (let from = after; from < until;) {
      const to = Math.min(until, from + TURN, lastOfWindow(from + 1));
      yield prepare(documents.rows({ after: from, until: to }), usual, to - from);
      from = to;
      await nextTurn();
      signal.throwIfAborted();
    }
    return;
  }
  const threads = Array.from(
    { length: Math.min(MOST_THREADS, availableParallelism(), Math.ceil((until - after) / WINDOW_ROWS)) },
    () => new Thread({ documents: join(path, "documents.db"), usual }),
  );
  const underWay: Promise<Prepared>[] = [];
  try {
    let next = after;
    for (let sent = 0; next < until || underWay.length > 0;) {
      while (next < until && underWay.length < 2 * threads.length) {
        const range = { after: next, until: Math.min(until, lastOfWindow(next + 1)) };
        const answer = threads[sent++ % threads.length]!.prepare(range);
        // Told where it is awaited; until then it is no unhandled rejection.
        answer.catch(() => {});
        underWay.push(answer);
        next = range.until;
      }
      signal.throwIfAborted();
      yield await underWay.shift()!;
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

function lastOfWindow(row: number): number {
  return endOfWindow(row) - 1;
}

class Thread {
  readonly #worker: Worker;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(data: ThreadData) {
    // Sources run as they are, or compiled.
    const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
    this.#worker = new Worker(new URL(file, import.meta.url), { workerData: data });
  }

  /** One after the other. */
  prepare(range: RowRange): Promise<Prepared> {
    const answer = this.#queue.then(() => this.#ask(range));
    this.#queue = answer.catch(() => {});
    return answer;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  async #ask(range: RowRange): Promise<Prepared> {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#worker.postMessage(range);
    // Rejects where the thread fails instead.
    const [answer] = (await once(this.#worker, "message")) as [PreparedAnswer];
    if ("failure" in answer) throw new Error(answer.failure);
    return answer.prepared;
  }
}
