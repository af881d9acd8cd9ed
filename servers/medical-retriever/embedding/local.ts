/** A model in a folder of this machine, run in a thread of its own. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { ToolError } from "../../kit/index.ts";
import { orAborted } from "../../kit/http/scope.ts";
import type { Embedder, TextKind } from "./embedder.ts";
import { readModelFolder, type ModelFolder } from "./model-folder.ts";
import type { ModelAnswer, ModelTask } from "./worker.ts";

/** So many texts are one task: a question that comes meanwhile waits no longer than that. */
const TASK = 4;
/** More of a text is beyond any model here. */
const CHARACTERS_PER_TOKEN = 12;

interface Waiting {
  run: () => Promise<void>;
  isQuery: boolean;
}

export class LocalEmbedder implements Embedder {
  readonly name: string;
  readonly identity: string;
  readonly dimension: number;
  readonly #folder: ModelFolder;
  readonly #waiting: Waiting[] = [];
  #worker: Worker | undefined;
  #isBusy = false;

  /** The model is loaded with the first text. @throws Error where the folder holds no model */
  constructor(folder: string) {
    this.#folder = readModelFolder(folder);
    ({ name: this.name, identity: this.identity, dimension: this.dimension } = this.#folder);
  }

  async embed(texts: readonly string[], kind: TextKind, signal: AbortSignal): Promise<Float32Array[]> {
    const { prefixes, maxTokens } = this.#folder;
    const whole = texts.map((text) => prefixes[kind] + text.slice(0, maxTokens * CHARACTERS_PER_TOKEN));
    const vectors: Float32Array[] = [];
    for (let at = 0; at < whole.length; at += TASK) {
      signal.throwIfAborted();
      const piece = whole.slice(at, at + TASK);
      vectors.push(...(await orAborted(this.#inTurn({ texts: piece }, kind === "query", signal), signal)));
    }
    return vectors;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  /** One task at a time; questions go before documents. */
  #inTurn(task: ModelTask, isQuery: boolean, signal: AbortSignal): Promise<Float32Array[]> {
    return new Promise((resolve, reject) => {
      const run = () => (signal.aborted ? Promise.resolve() : this.#run(task).then(resolve, reject));
      const behind = isQuery ? this.#waiting.findIndex((other) => !other.isQuery) : -1;
      this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, { run, isQuery });
      void this.#work();
    });
  }

  async #work(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#worker?.ref();
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) await next.run();
    this.#worker?.unref();
    this.#isBusy = false;
  }

  async #run(task: ModelTask): Promise<Float32Array[]> {
    const worker = (this.#worker ??= this.#start());
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(task);
    const answer = await answerOf(worker);
    if ("failure" in answer) {
      // The next try begins anew: what was missing may have been installed.
      await this.close();
      throw this.#failed(answer);
    }
    const { dimension } = this;
    return task.texts.map((_, i) => answer.vectors.slice(i * dimension, (i + 1) * dimension));
  }

  #start(): Worker {
    // Sources run as they are, or compiled.
    const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
    return new Worker(new URL(file, import.meta.url), { workerData: this.#folder });
  }

  #failed({ failure, isMissing }: Extract<ModelAnswer, { failure: string }>): ToolError {
    return new ToolError({
      reason: "unavailable",
      message: `the embedding model ${this.name} could not be used: ${failure}`,
      recovery: isMissing
        ? "run `npm run embedder`, or `npm install @huggingface/transformers` beside the model; MEDRESEARCHER_EMBEDDER=none does without"
        : "check the model's folder; MEDRESEARCHER_EMBEDDER=none does without",
      retryable: false,
    });
  }
}

async function answerOf(worker: Worker): Promise<ModelAnswer> {
  const listening = new AbortController();
  const { signal } = listening;
  try {
    const ended = once(worker, "exit", { signal }).then(() => [{ failure: "the model's thread ended" }]);
    ended.catch(() => {});
    // Rejects where the thread fails instead.
    const [answer] = (await Promise.race([once(worker, "message", { signal }), ended])) as [ModelAnswer];
    return answer;
  } catch (error) {
    return { failure: (error as Error).message };
  } finally {
    listening.abort();
  }
}
