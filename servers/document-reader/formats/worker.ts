/** The thread that parses one document and ends. */
import { parentPort, workerData } from "node:worker_threads";
import { asFailure } from "../../kit/failure.ts";
import type { ThreadAnswer, ThreadTask } from "./thread.ts";

const { format, bytes, charset } = workerData as ThreadTask;

async function parse(): Promise<ThreadAnswer> {
  try {
    if (format === "pdf") return { parsed: await (await import("./pdf.ts")).parsePdf(bytes) };
    const { decodeText } = await import("./charset.ts");
    return { parsed: (await import("./html.ts")).parseHtml(decodeText(bytes, charset)) };
  } catch (error) {
    return { failure: asFailure(error) };
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
parentPort!.postMessage(await parse());
