/** A thread that prepares documents for the index: ranges of rows in, arrays out; see `threads.ts`. */
import { parentPort, workerData } from "node:worker_threads";
import { DocumentStore } from "../../../knowledge/index.ts";
import { prepare, transferable, type Prepared } from "./prepare.ts";

export interface RowRange {
  after: number;
  until: number;
}
export type PreparedAnswer = { prepared: Prepared } | { failure: string };

const store = new DocumentStore(workerData as string, { readOnly: true });
const port = parentPort!;

port.on("message", (range: RowRange) => {
  let answer: PreparedAnswer;
  try {
    answer = { prepared: prepare(store.rows(range)) };
  } catch (error) {
    answer = { failure: (error as Error).message };
  }
  port.postMessage(answer, "prepared" in answer ? transferable(answer.prepared) : []);
});
