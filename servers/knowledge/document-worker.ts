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
    switch (task.kind) {
      case "begin":
        return { replaced: store.begin(task.batch), changed: 0 };
      case "commit":
        return { replaced: [], changed: store.commit() };
      case "abort":
        store.abort();
        return { replaced: [], changed: 0 };
      case "close":
        store.close();
        return { replaced: [], changed: 0 };
    }
  } catch (error) {
    return { failure: (error as Error).message };
  }
}
