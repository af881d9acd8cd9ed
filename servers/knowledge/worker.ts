/** The thread that writes a large import's graph: packed relations and entities in, what changed out; see `thread-client.ts`. */
import { parentPort, workerData } from "node:worker_threads";
import { GraphStore } from "./graph.ts";
import type { ThreadAnswer, ThreadTask } from "./thread-client.ts";

const graph = new GraphStore(workerData as string);
const port = parentPort!;

port.on("message", (task: ThreadTask) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  port.postMessage(answer(task));
});

function answer(task: ThreadTask): ThreadAnswer {
  try {
    if (task.kind === "write") {
      const dangling: { place: number; unknown: string }[] = [];
      const changed =
        graph.putEntities(task.entities) +
        graph.putPacked(task.relations, (place, unknown) => dangling.push({ place, unknown }));
      return { changed, dangling };
    }
    if (task.kind === "retract") {
      for (const { id, text } of task.documents) graph.retractEvidence(id, (quote) => text.includes(quote));
    }
    if (task.kind === "close") graph.close();
    return { changed: 0, dangling: [] };
  } catch (error) {
    return { failure: (error as Error).message };
  }
}
