/** The thread that writes a large import's documents; see `sink.ts`. */
import { parentPort, workerData } from "node:worker_threads";
import { doTask, type DocumentTask } from "./sink.ts";
import { DocumentStore } from "../documents.ts";

const path = workerData as string;
const store = new DocumentStore(path);
const port = parentPort!;

port.on("message", (task: DocumentTask) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  port.postMessage(doTask(store, task, path));
  // The next batch is being read: the end of the import then need not wait for the disk.
  if (task.kind === "commit") setImmediate(fold);
});

function fold(): void {
  try {
    store.fold();
  } catch {
    // It stays in the log; what is wrong with the disk, the next batch tells.
  }
}
