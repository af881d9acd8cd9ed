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

export interface ThreadTask {
  format: "html" | "pdf";
  bytes: Uint8Array;
  /** Of the Content-Type header. */
  charset?: string;
}

export type ThreadAnswer = { parsed: Parsed } | { failure: ToolFailure };

/** @throws ToolError `unreadable`, or the signal's reason */
export async function parseAside(task: ThreadTask, signal: AbortSignal, timeLimitMs = TIME_LIMIT_MS): Promise<Parsed> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<ThreadAnswer>();
  // Sources run as they are, or compiled.
  const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT_MB },
    // What a parser prints must not reach a server's standard output.
    stdout: true,
    stderr: true,
  });
  const abort = () => reject(signal.reason as Error);
  const timer = setTimeout(() => reject(gaveUp(`takes longer than ${timeLimitMs / 1000} s to parse`)), timeLimitMs);
  signal.addEventListener("abort", abort, { once: true });
  worker.once("message", resolve);
  worker.once("error", (error: NodeJS.ErrnoException) =>
    reject(
      gaveUp(
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? "takes too much memory to parse"
          : `cannot be parsed (${error.message})`,
      ),
    ),
  );
  worker.once("exit", () => reject(gaveUp("cannot be parsed")));
  try {
    const answer = await promise;
    if ("failure" in answer) throw new ToolError(answer.failure);
    return answer.parsed;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    await worker.terminate();
  }
}

function gaveUp(why: string): ToolError {
  return new ToolError({
    reason: "unreadable",
    message: `the document ${why}`,
    recovery: "look for the same document elsewhere, for instance in another format",
    retryable: false,
  });
}
