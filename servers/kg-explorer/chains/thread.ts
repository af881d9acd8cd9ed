/** The search for a longest chain in a thread of its own: it takes seconds, and whoever asked must go on and be able to stop. */
import { Worker } from "node:worker_threads";
import type { ChainGraph } from "./graph.ts";
import type { ChainQuery, LongestChain } from "./longest.ts";

const MEMORY_LIMIT_MB = 2048;
/** A path is searched node by node, one within the other. */
const STACK_MB = 200;

export interface ThreadTask {
  graph: ChainGraph;
  query: Omit<ChainQuery, "now">;
}

/** @throws the signal's reason, or the thread's error */
export async function longestChainAside(task: ThreadTask, signal?: AbortSignal): Promise<LongestChain> {
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<LongestChain>();
  // Sources run as they are, or compiled.
  const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT_MB, stackSizeMb: STACK_MB },
  });
  const abort = () => reject(signal!.reason as Error);
  signal?.addEventListener("abort", abort, { once: true });
  worker.on("message", resolve).on("error", reject);
  worker.on("exit", (code) => reject(new Error(`the search ended with ${code} and no answer`)));
  try {
    return await promise;
  } finally {
    signal?.removeEventListener("abort", abort);
    await worker.terminate();
  }
}
