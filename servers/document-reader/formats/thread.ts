/**
 * Documents are parsed in threads of their own: every format can be made to cost minutes or gigabytes, and a server must
 * go on answering, and be able to stop, meanwhile. Few threads; what comes beside waits in order.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { ToolFailure } from "../../../schemas/index.ts";
import { ToolError } from "../../kit/failure.ts";
import type { Parsed } from "./index.ts";
import type { Media } from "./media/kinds.ts";
import { Places } from "./places.ts";

/** From the start of parsing on: waiting for a thread does not count. */
const TIME_LIMIT_MS = 30_000;
/** Of a thread's JavaScript objects. What lies outside (bytes that are unpacked) is bounded where it is made. */
const MEMORY_LIMIT_MB = 512;
const IDLE_MS = 60_000;
/** One core stays with the server itself. */
const THREADS = Math.min(3, Math.max(2, availableParallelism() - 1));
/** Documents of more bytes never hold all threads, so that small ones need not wait for them. */
const LARGE_BYTES = 2 * 1024 * 1024;

export interface ThreadTask {
  bytes: Uint8Array;
  /** The `Content-Type` header, where there was one. */
  contentType?: string | undefined;
  /** Last part of the address or path. */
  name: string;
  /** Path inside the archive that the bytes are. */
  member?: string | undefined;
}

/** What a thread answers: text, or what only a model can turn into text, or why there is neither. */
export type ThreadAnswer = { parsed: Parsed } | { media: Media } | { failure: ToolFailure };

const places = new Places(THREADS, THREADS - 1);
/** Threads that wait for a document. They do not keep the process alive. */
const idle: Worker[] = [];

/** @throws ToolError `unreadable` or `unsupported`, or the signal's reason */
export async function parseAside(
  task: ThreadTask,
  signal: AbortSignal,
  timeLimitMs = TIME_LIMIT_MS,
): Promise<{ parsed: Parsed } | { media: Media }> {
  const leave = await places.take(task.bytes.length > LARGE_BYTES, signal);
  try {
    const answer = await inThread(task, signal, timeLimitMs);
    if ("failure" in answer) throw new ToolError(answer.failure);
    return answer;
  } finally {
    leave();
  }
}

async function inThread(task: ThreadTask, signal: AbortSignal, timeLimitMs: number): Promise<ThreadAnswer> {
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
    return answer;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    worker.off("message", resolve).off("error", fail).off("exit", fail);
    if (answer) rest(worker);
    else await worker.terminate();
  }
}

function start(): Worker {
  // Sources run as they are, or compiled.
  const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
  const worker = new Worker(new URL(file, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT_MB },
    // Keys and tokens of the server are no business of a parser.
    env: {},
    // What a parser prints must not reach a server's standard output.
    stdout: true,
    stderr: true,
  });
  // A thread that dies while it waits is just not used again.
  return worker.on("error", () => remove(worker)).on("exit", () => remove(worker));
}

/** Keeps a thread for the next document for a while: starting one costs more than most documents. */
function rest(worker: Worker): void {
  worker.unref();
  idle.push(worker);
  setTimeout(() => {
    if (remove(worker)) void worker.terminate();
  }, IDLE_MS).unref();
}

function remove(worker: Worker): boolean {
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
