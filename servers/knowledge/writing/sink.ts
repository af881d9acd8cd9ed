/** The texts of record as what an import writes to; of a large import in a thread, so that parsing and the disk share the work. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { DocumentStore } from "../documents.ts";
import type { Replaced } from "../document-writer.ts";
import type { PackedDocuments } from "../packed-documents.ts";
import { storeError } from "../sqlite.ts";

export type DocumentTask =
  | { kind: "begin"; batch: PackedDocuments }
  | { kind: "commit" }
  | { kind: "abort" }
  | { kind: "close" };

interface Done {
  replaced: Replaced[];
  changed: number;
}

export type DocumentAnswer = Done | { failure: string };

/** Documents in a batch from which on a thread is worth starting. */
const LARGE = 2000;

export class DocumentSink {
  readonly #path: string;
  #store: DocumentStore | undefined;
  #worker: Worker | undefined;
  /** Why the thread cannot answer any more. */
  #gone: Error | undefined;

  /** @param path of `documents.db`. @throws Error that names it where it cannot be opened */
  constructor(path: string) {
    this.#path = path;
    this.#store = new DocumentStore(path);
  }

  /** A large batch is coming: the thread starts while it is read. */
  expectMany(): void {
    // Sources run as they are, or compiled.
    const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
    this.#worker ??= this.#started(new Worker(new URL(file, import.meta.url), { workerData: this.#path }));
  }

  /** Begins a batch. @returns what it is going to replace or take out */
  async begin(batch: PackedDocuments): Promise<Replaced[]> {
    if (batch.ids.length >= LARGE) this.expectMany();
    if (this.#worker) this.#closeStore();
    return (await this.#run({ kind: "begin", batch })).replaced;
  }

  /** Ends the batch. @returns how many documents are new, changed or gone */
  async commit(): Promise<number> {
    return (await this.#run({ kind: "commit" })).changed;
  }

  async abort(): Promise<void> {
    await this.#run({ kind: "abort" });
  }

  /** Once all is written. */
  async count(): Promise<number> {
    await this.#endThread();
    this.#store ??= new DocumentStore(this.#path, { readOnly: true });
    return this.#store.count();
  }

  async close(): Promise<void> {
    await this.#endThread();
    this.#closeStore();
  }

  #started(worker: Worker): Worker {
    return worker.on("error", (error) => (this.#gone = error as Error));
  }

  /** The thread has one of its own. */
  #closeStore(): void {
    this.#store?.close();
    this.#store = undefined;
  }

  async #run(task: DocumentTask): Promise<Done> {
    if (this.#gone) throw this.#gone;
    if (this.#store) return done(doTask(this.#store, task, this.#path));
    const transfer = task.kind === "begin" ? [task.batch.bodies.buffer as ArrayBuffer] : [];
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    this.#worker!.postMessage(task, transfer);
    // Rejects where the thread fails instead.
    const [answer] = (await once(this.#worker!, "message")) as [DocumentAnswer];
    return done(answer);
  }

  async #endThread(): Promise<void> {
    if (!this.#worker) return;
    // One that was started in vain has nothing to close.
    if (!this.#gone && !this.#store) await this.#run({ kind: "close" }).catch(() => {});
    await this.#worker.terminate();
    this.#worker = undefined;
  }
}

/** Here or in the thread. @param path of the store, for errors */
export function doTask(store: DocumentStore, task: DocumentTask, path: string): DocumentAnswer {
  try {
    const replaced = task.kind === "begin" ? store.begin(task.batch) : [];
    const changed = task.kind === "commit" ? store.commit() : 0;
    if (task.kind === "abort") store.abort();
    if (task.kind === "close") store.close();
    return { replaced, changed };
  } catch (error) {
    return { failure: storeError(path, error).message };
  }
}

function done(answer: DocumentAnswer): Done {
  if ("failure" in answer) throw new Error(answer.failure);
  return answer;
}
