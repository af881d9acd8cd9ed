/** A thread that prepares documents for the index: ranges of rows in, arrays out; see `threads.ts`. */
import { parentPort, workerData } from "node:worker_threads";
// By themselves: a thread loads what it imports.
import { DocumentStore } from "../../../knowledge/documents.ts";
import type { UsualLengths } from "../postings/impact.ts";
import { prepare, transferable, type Prepared } from "./prepare.ts";

export interface RowRange {
  after: number;
  until: number;
}
export interface ThreadData {
  /** The store's file. */
  documents: string;
  usual: UsualLengths;
}
export type PreparedAnswer = { prepared: Prepared } | { failure: string };

const { documents, usual } = workerData as ThreadData;
const store = new DocumentStore(documents, { readOnly: true });
const port = parentPort!;

port.on("message", (range: RowRange) => {
  let answer: PreparedAnswer;
  try {
    answer = { prepared: prepare(store.rows(range), usual, range.until - range.after) };
  } catch (error) {
    answer = { failure: (error as Error).message };
  }
  port.postMessage(answer, "prepared" in answer ? transferable(answer.prepared) : []);
});
