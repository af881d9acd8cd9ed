/** What a folder with a sentence embedding model says of itself: how token vectors become one, how far it reads, what texts begin with. */
import { createHash } from "node:crypto";
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { z } from "zod";

/** How the vectors of a text's tokens become one. */
export type Pooling = "mean" | "cls" | "max" | "last";

export interface ModelFolder {
  path: string;
  name: string;
  /** The name, and a hash of the files that shape a vector. */
  identity: string;
  dimension: number;
  pooling: Pooling;
  /** Tokens that are read of a text. */
  maxTokens: number;
  /** What is written before a text of each kind. */
  prefixes: { query: string; document: string };
  /** Which of the model's weights, in the words of the library. */
  dtype: string;
}

/** Smaller weights first: on a processor they are several times as fast and hardly worse. */
const WEIGHTS = [
  ["onnx/model_quantized.onnx", "q8"],
  ["onnx/model_int8.onnx", "int8"],
  ["onnx/model_uint8.onnx", "uint8"],
  ["onnx/model.onnx", "fp32"],
  ["onnx/model_fp16.onnx", "fp16"],
] as const;
const MOST_TOKENS = 8192;
const SAMPLE_BYTES = 65_536;

const Config = z.object({ hidden_size: z.int().positive(), max_position_embeddings: z.int().positive().optional() });
const TokenizerConfig = z.object({ model_max_length: z.number().positive().optional() });
const SentenceConfig = z.object({ max_seq_length: z.number().positive().nullish() });
const PoolingConfig = z.object({
  pooling_mode_cls_token: z.boolean().optional(),
  pooling_mode_max_tokens: z.boolean().optional(),
  pooling_mode_lasttoken: z.boolean().optional(),
});
const Prompts = z.object({ prompts: z.record(z.string(), z.string()).optional() });

/** Whether a folder looks like a model of the kind that can be read here. */
export function isModelFolder(path: string): boolean {
  return existsSync(join(path, "config.json")) && WEIGHTS.some(([file]) => existsSync(join(path, file)));
}

/** @throws Error that names the file where one is missing or not as expected */
export function readModelFolder(folder: string): ModelFolder {
  const path = resolve(folder);
  const weights = WEIGHTS.find(([file]) => existsSync(join(path, file)));
  if (!weights) throw new Error(`${path} holds no model: onnx/model_quantized.onnx or onnx/model.onnx is needed`);
  const config = readJson(path, "config.json", Config);
  if (!config) throw new Error(`${path} holds no config.json`);
  if (!existsSync(join(path, "tokenizer.json"))) throw new Error(`${path} holds no tokenizer.json`);
  const prompts = readJson(path, "config_sentence_transformers.json", Prompts)?.prompts ?? {};
  const name = basename(path);
  return {
    path,
    name,
    identity: `${name}@${hashOf(path, weights[0])}`,
    dimension: config.hidden_size,
    pooling: poolingOf(path),
    maxTokens: Math.min(
      readJson(path, "sentence_bert_config.json", SentenceConfig)?.max_seq_length ?? MOST_TOKENS,
      readJson(path, "tokenizer_config.json", TokenizerConfig)?.model_max_length ?? MOST_TOKENS,
      config.max_position_embeddings ?? MOST_TOKENS,
    ),
    prefixes: { query: prompts["query"] ?? "", document: prompts["document"] ?? prompts["passage"] ?? "" },
    dtype: weights[1],
  };
}

function poolingOf(path: string): Pooling {
  const pooling = readJson(path, "1_Pooling/config.json", PoolingConfig);
  if (pooling?.pooling_mode_cls_token) return "cls";
  if (pooling?.pooling_mode_max_tokens) return "max";
  return pooling?.pooling_mode_lasttoken ? "last" : "mean";
}

function readJson<T>(path: string, name: string, schema: z.ZodType<T>): T | undefined {
  const file = join(path, name);
  if (!existsSync(file)) return undefined;
  try {
    return schema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new Error(`${file} is not as expected: ${(error as Error).message}`, { cause: error });
  }
}

/** Of the settings, and of the weights' size, beginning and end: reading all of them would take longer than the first question may. */
function hashOf(path: string, weights: string): string {
  const hash = createHash("sha256");
  for (const name of [
    "config.json",
    "1_Pooling/config.json",
    "sentence_bert_config.json",
    "config_sentence_transformers.json",
    "tokenizer.json",
  ]) {
    const file = join(path, name);
    if (existsSync(file)) hash.update(name).update(readFileSync(file));
  }
  const file = openSync(join(path, weights), "r");
  try {
    const { size } = fstatSync(file);
    const sample = Buffer.alloc(SAMPLE_BYTES);
    for (const at of [0, Math.max(0, size - SAMPLE_BYTES)]) {
      hash.update(sample.subarray(0, readSync(file, sample, 0, SAMPLE_BYTES, at)));
    }
    return hash.update(`${weights} ${size}`).digest("hex").slice(0, 12);
  } finally {
    closeSync(file);
  }
}
