/** A model in a folder of this machine, run in threads of its own, so that the server goes on answering. */
import { ToolError } from "../../kit/failure.ts";
import { orAborted } from "../../kit/http/scope.ts";
import type { Embedder, TextKind } from "./embedder.ts";
import { readModelFolder, type ModelFolder } from "./model-folder.ts";
import { ModelThreads } from "./model-threads.ts";
import type { ModelAnswer } from "./worker.ts";

/** So many texts are one task: a question that comes meanwhile waits no longer than that. */
const TASK = 4;
/** More of a text is beyond any model here. */
const CHARACTERS_PER_TOKEN = 12;

export class LocalEmbedder implements Embedder {
  readonly name: string;
  readonly identity: string;
  readonly dimension: number;
  readonly #folder: ModelFolder;
  readonly #threads: ModelThreads;

  /** The model is loaded with the first text. @throws Error where the folder holds no model */
  constructor(folder: string) {
    this.#folder = readModelFolder(folder);
    this.#threads = new ModelThreads(this.#folder);
    ({ name: this.name, identity: this.identity, dimension: this.dimension } = this.#folder);
  }

  async embed(texts: readonly string[], kind: TextKind, signal: AbortSignal): Promise<Float32Array[]> {
    const { prefixes, maxTokens } = this.#folder;
    const whole = texts.map((text) => prefixes[kind] + text.slice(0, maxTokens * CHARACTERS_PER_TOKEN));
    const pieces = Array.from({ length: Math.ceil(whole.length / TASK) }, (_, i) => {
      return this.#embed(whole.slice(i * TASK, (i + 1) * TASK), kind === "query", signal);
    });
    return (await orAborted(Promise.all(pieces), signal)).flat();
  }

  async close(): Promise<void> {
    await this.#threads.close();
  }

  async #embed(texts: readonly string[], isUrgent: boolean, signal: AbortSignal): Promise<Float32Array[]> {
    const answer = await this.#threads.run({ texts }, isUrgent, signal);
    if ("failure" in answer) throw this.#failed(answer);
    const { dimension } = this;
    return texts.map((_, i) => answer.vectors.slice(i * dimension, (i + 1) * dimension));
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
