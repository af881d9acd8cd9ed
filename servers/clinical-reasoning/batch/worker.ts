/** A thread of a batch: its own engine over the same knowledge, one chunk of items at a time. */
import { parentPort, workerData } from "node:worker_threads";
import { openKnowledge } from "../../knowledge/index.ts";
import { ClinicalEngine } from "../engine.ts";
import { NotACase } from "../phenopackets/phenopacket.ts";
import { findingsIn } from "./findings-in.ts";
import type { Item } from "./inputs.ts";
import { rankCase } from "./rank-case.ts";

/** `pheval` is the folder that takes a table per case. */
export type Job = {
  knowledge: string;
  /** Ids that have a line already: their items are read, not worked on. */
  done: ReadonlySet<string>;
} & ({ kind: "rank"; top: number; pheval?: string | undefined } | { kind: "findings" });

/** What became of one item: a line, nothing new to say, or the reason why there is no line. */
export type Result = { name: string; notes?: string[] } & (
  | { id: string; line: string }
  | { id: string; kept: true }
  | { problem: string }
);

export interface Answer {
  results: Result[];
}

const port = parentPort!;
const job = workerData as Job;
const engine = new ClinicalEngine(openKnowledge(job.knowledge));
// Loaded before the first case, which would else be charged with it.
if (job.kind === "rank") engine.view();
else void engine.dictionary;

function work(item: Item): Result {
  try {
    return job.kind === "rank" ? rankCase(engine, item, job) : findingsIn(engine, item, job.done);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    // A file that is no case is ordinary; anything else names what kind of failure it was.
    const plain = error instanceof NotACase || (error as { reason?: string }).reason !== undefined;
    return { name: item.name, problem: plain ? problem : `failed: ${problem}` };
  }
}

port.on("message", (chunk: Item[]) => {
  const answer: Answer = { results: chunk.map(work) };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
  port.postMessage(answer);
});
