/**
 * HTML and PDF are parsed in a thread of their own: both can be made to cost minutes or gigabytes, and a server must
 * go on answering, and be able to stop, meanwhile.
 */
import { Worker } from "node:worker_threads";
import type { ToolFailure } from "../../../schemas/index.ts";
import { ToolError } from "../../kit/failure.ts";
import type { Parsed } from "./index.ts";

const TIME_LIMIT_MS = 20_000;
const MEMORY_LIMIT_MB = 1024;
const IDLE_MS = 60_000;
const MAX_IDLE = 2;

export interface ThreadTask {
  format: "html" | "pdf";
  bytes: Uint8Array;
  /** Of the Content-Type header. */
  charset?: string;
}

export type ThreadAnswer = { parsed: Parsed } | { failure: ToolFailure };

/** Threads that wait for a document. They do not keep the process alive. */
const idle: Worker[] = [];

/** @throws ToolError `unreadable`, or the signal's reason */
export async function parseAside(task: ThreadTask, signal: AbortSignal, timeLimitMs = TIME_LIMIT_MS): Promise<Parsed> {
  signal.throwIfAborted();
  const worker = idle.pop() ?? start();
  worker.ref();
  const { promise, resolve, reject } = Promise.withResolvers<ThreadAnswer>();
  const abort = () => reject(signal.reason as Error);
  const fail = (error: NodeJS.ErrnoException | number) => reject(gaveUp(causeOf(error)));
  const timer = setTimeout(() => reject(gaveUp(`takes longer than ${timeLimitMs / 1000} s to parse`)), timeLimitMs);
  signal.addEventListener("abort", abort, { once: true });
  worker.on("message", resolve).on("error", fail).on("exit", fail);
  let answer: ThreadAnswer | undefined;
  try {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(task);
    answer = await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    worker.off("message", resolve).off("error", fail).off("exit", fail);
    if (answer) rest(worker);
    else await worker.terminate();
  }
  if ("failure" in answer) throw new ToolError(answer.failure);
  return answer.parsed;
}

function start(): Worker {
  // Sources run as they are, or compiled.
  const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
  const worker = new Worker(new URL(file, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT_MB },
    // What a parser prints must not reach a server's standard output.
    stdout: true,
    stderr: true,
  });
  // A thread that dies while it waits is just not used again.
  return worker.on("error", () => leave(worker)).on("exit", () => leave(worker));
}

/** Keeps a thread for the next document for a while: starting one costs more than most documents. */
function rest(worker: Worker): void {
  worker.unref();
  idle.push(worker);
  const surplus = idle.length > MAX_IDLE ? idle.shift() : undefined;
  void surplus?.terminate();
  setTimeout(() => {
    if (leave(worker)) void worker.terminate();
  }, IDLE_MS).unref();
}

function leave(worker: Worker): boolean {
  const at = idle.indexOf(worker);
  if (at >= 0) idle.splice(at, 1);
  return at >= 0;
}

function causeOf(error: NodeJS.ErrnoException | number): string {
  if (typeof error === "number") return "cannot be parsed";
  if (error.code === "ERR_WORKER_OUT_OF_MEMORY") return "takes too much memory to parse";
  return `cannot be parsed (${error.message})`;
}

function gaveUp(why: string): ToolError {
  return new ToolError({
    reason: "unreadable",
    message: `the document ${why}`,
    recovery: "look for the same document elsewhere, for instance in another format",
    retryable: false,
  });
}
