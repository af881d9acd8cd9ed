/** The thread that parses: one document at a time, an answer for each. */
import { parentPort } from "node:worker_threads";
import { asFailure } from "../../kit/failure.ts";
import type { ThreadAnswer, ThreadTask } from "./thread.ts";

async function parse({ format, bytes, charset }: ThreadTask): Promise<ThreadAnswer> {
  try {
    if (format === "pdf") return { parsed: await (await import("./pdf.ts")).parsePdf(bytes) };
    const { decodeText } = await import("./charset.ts");
    return { parsed: (await import("./html.ts")).parseHtml(decodeText(bytes, charset)) };
  } catch (error) {
    return { failure: asFailure(error) };
  }
}

const port = parentPort!;
port.on("message", (task: ThreadTask) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  void parse(task).then((answer) => port.postMessage(answer));
});
