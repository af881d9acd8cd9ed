/** The thread that searches: one question in, one answer out. */
import { parentPort, workerData } from "node:worker_threads";
import { longestChain } from "./longest.ts";
import type { ThreadTask } from "./thread.ts";

const { graph, query } = workerData as ThreadTask;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort!.postMessage(longestChain(graph, query));
