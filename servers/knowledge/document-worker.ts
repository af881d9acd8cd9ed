/** The thread that writes a large import's documents; see `document-thread.ts`. */
import { parentPort, workerData } from "node:worker_threads";
import { DocumentStore } from "./documents.ts";
import type { DocumentAnswer, DocumentTask } from "./document-thread.ts";

const store = new DocumentStore(workerData as string);
const port = parentPort!;

port.on("message", (task: DocumentTask) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  port.postMessage(answer(task));
});

function answer(task: DocumentTask): DocumentAnswer {
  try {
    const replaced = task.kind === "begin" ? store.begin(task.batch) : [];
    const changed = task.kind === "commit" ? store.commit() : 0;
    if (task.kind === "abort") store.abort();
    if (task.kind === "close") store.close();
    return { replaced, changed };
  } catch (error) {
    return { failure: (error as Error).message };
  }
}
