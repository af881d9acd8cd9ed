/** The thread that parses: one document at a time, an answer for each. */
import { parentPort } from "node:worker_threads";
import { ToolError } from "../../kit/failure.ts";
import { damaged } from "./failures.ts";
import { readBytes } from "./read-bytes.ts";
import type { ThreadAnswer, ThreadTask } from "./thread.ts";

async function answerTo(task: ThreadTask): Promise<ThreadAnswer> {
  try {
    return await readBytes(task);
  } catch (error) {
    // Whatever a parser throws, the document is at fault, not the caller.
    const failure = error instanceof ToolError ? error : damaged("document", error);
    return { failure: failure.toJSON() };
  }
}

const port = parentPort!;
port.on("message", (task: ThreadTask) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  void answerTo(task).then((answer) => port.postMessage(answer));
});
