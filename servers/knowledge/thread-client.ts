/** A graph store in a thread of its own, for large imports: it packs blocks and waits for the disk while the caller reads on. */
import { once } from "node:events";
import { Worker, type Transferable } from "node:worker_threads";
import type { Entity } from "../../schemas/index.ts";
import type { PackedRelations } from "./packed-relations.ts";

export type ThreadTask =
  | { kind: "write"; entities: readonly Entity[]; relations: PackedRelations }
  | { kind: "retract"; documents: readonly { id: string; text: string }[] }
  | { kind: "close" };

interface Done {
  /** Records that were new, or changed what was there. */
  changed: number;
  /** Relations without an end, by their place in the batch. */
  dangling: { place: number; unknown: string }[];
}

export type ThreadAnswer = Done | { failure: string };

export class GraphThread {
  readonly #worker: Worker;
  /** Why it cannot answer any more. */
  #gone: Error | undefined;

  constructor(path: string) {
    // Sources run as they are, or compiled.
    const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
    this.#worker = new Worker(new URL(file, import.meta.url), { workerData: path });
    this.#worker.on("error", (error) => (this.#gone = error as Error));
  }

  /** One task at a time. @throws Error where it failed; what was committed before stays */
  async run(task: ThreadTask): Promise<Done> {
    if (this.#gone) throw this.#gone;
    const transfer: Transferable[] =
      task.kind === "write" ? ([task.relations.text.buffer, task.relations.fields.buffer] as ArrayBuffer[]) : [];
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#worker.postMessage(task, transfer);
    // Rejects where the thread fails instead.
    const [answer] = (await once(this.#worker, "message")) as [ThreadAnswer];
    if ("failure" in answer) throw new Error(answer.failure);
    return answer;
  }

  async close(): Promise<void> {
    if (!this.#gone) await this.run({ kind: "close" }).catch(() => {});
    await this.#worker.terminate();
  }
}
