/**
 * The reader in a thread of its own. Long documents cost it tens of milliseconds at a time (copies, hashes, the store,
 * collected memory), fifty at once for seconds: whoever serves other calls meanwhile must not wait for any of it.
 * Pages are fetched by the thread that serves, since limits towards a host hold for the whole process.
 */
import { SHARE_ENV, Worker } from "node:worker_threads";
import type { ToolFailure } from "../../../schemas/index.ts";
import type { HttpClient } from "../../kit/http/index.ts";
import type { Progress } from "../library.ts";
import type { FindRequest, Reader, ReadRequest } from "../reader.ts";
import { Line } from "./line.ts";

/** Sources run as they are, or compiled. */
const FILE = new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url);

export class ReaderThread implements Reader {
  readonly #knowledge: string | undefined;
  #running: { worker: Worker; line: Line } | undefined;
  #http: HttpClient | undefined;
  #calls = 0;

  /** Starts nothing yet. @param knowledge name of the knowledge folder; the default one where absent */
  constructor(knowledge?: string) {
    this.#knowledge = knowledge;
  }

  read(request: ReadRequest, signal: AbortSignal, progress?: Progress): ReturnType<Reader["read"]> {
    return this.#call("read", request, signal, progress);
  }

  find(request: FindRequest, signal: AbortSignal): ReturnType<Reader["find"]> {
    return this.#call("find", request, signal);
  }

  async close(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.#http?.close();
    this.#http = undefined;
    if (!running) return;
    running.worker.ref();
    await running.line.call("close", undefined).catch(() => undefined);
    await running.worker.terminate();
  }

  async #call<T>(method: string, request: unknown, signal: AbortSignal, progress?: Progress): Promise<T> {
    const { worker, line } = (this.#running ??= this.#start());
    // A thread that waits for calls does not keep the program alive.
    if (this.#calls++ === 0) worker.ref();
    try {
      return await line.call<T>(method, request, signal, progress);
    } finally {
      if (--this.#calls === 0) worker.unref();
    }
  }

  #start(): { worker: Worker; line: Line } {
    // Settings may be changed while it runs.
    const worker = new Worker(FILE, { env: SHARE_ENV, workerData: this.#knowledge });
    const line = new Line(worker, {
      askPage: async (address: string, signal) => {
        const [{ askPage }, { httpClient }] = await Promise.all([
          import("../web-pages.ts"),
          import("../../kit/http/index.ts"),
        ]);
        return askPage((this.#http ??= httpClient()), address, signal);
      },
    });
    const gone = (why: string) => {
      if (this.#running?.worker === worker) this.#running = undefined;
      line.fail(ended(why));
    };
    worker.on("error", (error) => gone((error as Error).message));
    worker.on("exit", () => gone("it was stopped"));
    return { worker, line };
  }
}

function ended(why: string): ToolFailure {
  return {
    reason: "unavailable",
    message: `the reader ended before it had answered: ${why}`,
    recovery: "call again: it is started anew",
    retryable: true,
  };
}
