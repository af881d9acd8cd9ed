/**
 * The threads that run a local model, each with one core: a model that spreads one text over several cores spends twice
 * the time on waiting. A question needs one of them; documents take as many as there are cores.
 */
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { ModelFolder } from "./model-folder.ts";
import type { ModelAnswer, ModelTask } from "./worker.ts";

/** Each takes some 150 MB. */
const MOST_THREADS = 4;

interface Waiting {
  task: ModelTask;
  isUrgent: boolean;
  signal: AbortSignal;
  resolve: (answer: ModelAnswer) => void;
}

export class ModelThreads {
  readonly #folder: ModelFolder;
  readonly #most = Math.min(MOST_THREADS, availableParallelism());
  readonly #threads = new Set<Worker>();
  readonly #idle: Worker[] = [];
  #waiting: Waiting[] = [];

  constructor(folder: ModelFolder) {
    this.#folder = folder;
  }

  /** What a thread answers when it is this task's turn; urgent ones go before others. One that is aborted meanwhile is not begun. */
  run(task: ModelTask, isUrgent: boolean, signal: AbortSignal): Promise<ModelAnswer> {
    return new Promise((resolve) => {
      const behind = isUrgent ? this.#waiting.findIndex((other) => !other.isUrgent) : -1;
      const place = behind < 0 ? this.#waiting.length : behind;
      this.#waiting.splice(place, 0, { task, isUrgent, signal, resolve });
      this.#work();
    });
  }

  async close(): Promise<void> {
    const threads = [...this.#threads];
    this.#threads.clear();
    this.#idle.length = 0;
    await Promise.all(threads.map((thread) => thread.terminate()));
  }

  #work(): void {
    this.#waiting = this.#waiting.filter(({ signal }) => !signal.aborted);
    while (this.#waiting.length > 0) {
      const thread = this.#idle.pop() ?? (this.#threads.size < this.#most ? this.#start() : undefined);
      if (!thread) return;
      void this.#ask(thread, this.#waiting.shift()!);
    }
  }

  async #ask(thread: Worker, { task, resolve }: Waiting): Promise<void> {
    thread.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    thread.postMessage(task);
    const answer = await answerOf(thread);
    thread.unref();
    if (this.#threads.has(thread)) {
      if ("failure" in answer) {
        // The next try begins anew: what was missing may have been installed.
        this.#threads.delete(thread);
        void thread.terminate();
      } else this.#idle.push(thread);
    }
    resolve(answer);
    this.#work();
  }

  #start(): Worker {
    // Sources run as they are, or compiled.
    const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
    const thread = new Worker(new URL(file, import.meta.url), { workerData: this.#folder });
    this.#threads.add(thread);
    return thread;
  }
}

async function answerOf(thread: Worker): Promise<ModelAnswer> {
  const listening = new AbortController();
  const { signal } = listening;
  try {
    const ended = once(thread, "exit", { signal }).then(() => [{ failure: "the model's thread ended" }]);
    ended.catch(() => {});
    // Rejects where the thread fails instead.
    const [answer] = (await Promise.race([once(thread, "message", { signal }), ended])) as [ModelAnswer];
    return answer;
  } catch (error) {
    return { failure: (error as Error).message };
  } finally {
    listening.abort();
  }
}
