/**
 * The thread in which a local model runs, so that the server goes on answering: texts in, one vector after the other
 * out. `@huggingface/transformers` is looked for where the model lies, then in the data home, then beside this program.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { dataHome } from "../../kit/home.ts";
import { pool } from "./pooling.ts";
import type { ModelFolder } from "./model-folder.ts";

export interface ModelTask {
  /** With their prefix. */
  texts: readonly string[];
}
export type ModelAnswer = { vectors: Float32Array } | { failure: string; isMissing?: boolean };

interface Tensor {
  dims: readonly number[];
  data: ArrayLike<number | bigint>;
}
/** What is used of the library; it is no dependency, so its types are not here. */
interface Library {
  env: { allowRemoteModels: boolean; localModelPath: string };
  AutoTokenizer: { from_pretrained(name: string): Promise<Tokenizer> };
  AutoModel: { from_pretrained(name: string, options: { dtype: string; session_options: object }): Promise<Model> };
}
type Tokenizer = (
  texts: readonly string[],
  options: { padding: boolean; truncation: boolean; max_length: number },
) => Promise<{ attention_mask: Tensor }>;
type Model = (inputs: { attention_mask: Tensor }) => Promise<Record<string, Tensor | undefined>>;

const folder = workerData as ModelFolder;
const LIBRARY = "@huggingface/transformers";

/** See `model-threads.ts`. */
const ONE_CORE = { intraOpNumThreads: 1, interOpNumThreads: 1 };

class Missing extends Error {}

const loading = load();
// Told with the first task.
loading.catch(() => {});
parentPort!.on("message", (task: ModelTask) => void answer(task));

async function answer({ texts }: ModelTask): Promise<void> {
  const given = await embed(texts);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort!.postMessage(given, "vectors" in given ? [given.vectors.buffer as ArrayBuffer] : []);
}

async function embed(texts: readonly string[]): Promise<ModelAnswer> {
  try {
    const { tokenizer, model } = await loading;
    const vectors = new Float32Array(texts.length * folder.dimension);
    // One at a time: quantised weights are scaled by what they meet, and a vector must not depend on its company.
    for (const [i, text] of texts.entries()) {
      const inputs = await tokenizer([text], { padding: false, truncation: true, max_length: folder.maxTokens });
      const outputs = await model(inputs);
      const states = outputs["last_hidden_state"] ?? outputs["token_embeddings"];
      if (!states) throw new Error(`the model gives ${Object.keys(outputs).join(", ")}, and no state for each token`);
      vectors.set(pool(states.data as Float32Array, folder.dimension, folder.pooling), i * folder.dimension);
    }
    return { vectors };
  } catch (error) {
    return { failure: (error as Error).message, ...(error instanceof Missing ? { isMissing: true } : {}) };
  }
}

async function load(): Promise<{ tokenizer: Tokenizer; model: Model }> {
  const { env, AutoTokenizer, AutoModel } = await library();
  env.allowRemoteModels = false;
  env.localModelPath = dirname(folder.path);
  const name = basename(folder.path);
  return {
    tokenizer: await AutoTokenizer.from_pretrained(name),
    model: await AutoModel.from_pretrained(name, { dtype: folder.dtype, session_options: ONE_CORE }),
  };
}

async function library(): Promise<Library> {
  const places = [folder.path, join(dataHome(), "embedder"), import.meta.filename];
  for (const place of places) {
    const file = resolveFrom(place);
    if (!file) continue;
    const found = (await import(pathToFileURL(file).href)) as Partial<Library>;
    // An empty stand-in of the same name may lie beside this program.
    if (found.AutoModel) return found as Library;
  }
  throw new Missing(`${LIBRARY} is not installed`);
}

function resolveFrom(place: string): string | undefined {
  try {
    const file = createRequire(join(place, "package.json")).resolve(LIBRARY);
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}
