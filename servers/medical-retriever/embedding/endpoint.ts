/** A model behind an OpenAI-compatible `/embeddings` address. */
import { z } from "zod";
import { ToolError } from "../../kit/failure.ts";
import { HttpError, type HttpClient } from "../../kit/http/index.ts";
import { normalise, type Embedder, type TextKind } from "./embedder.ts";

export interface EndpointOptions {
  /** Of the service: `http://127.0.0.1:8000/v1`. */
  url: string;
  model: string;
  key?: string | undefined;
  client: HttpClient;
}

const BATCH_TEXTS = 64;
const BATCH_CHARACTERS = 200_000;
/** What is beyond this of a text is beyond most models. */
const TEXT_CHARACTERS = 24_000;
/** A text that is refused at this length is not refused for its length. */
const LEAST_CHARACTERS = 500;
const DEADLINE_MS = 120_000;
const MOST_BYTES = 64 * 1024 * 1024;

const Answer = z.object({
  data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.array(z.number()).min(1) })),
});

export class EndpointEmbedder implements Embedder {
  readonly name: string;
  readonly identity: string;
  readonly #options: EndpointOptions;
  #dimension: number | undefined;

  constructor(options: EndpointOptions) {
    this.name = options.model;
    this.identity = `${options.model}@${new URL(options.url).host}`;
    this.#options = options;
  }

  get dimension(): number | undefined {
    return this.#dimension;
  }

  async embed(texts: readonly string[], _kind: TextKind, signal: AbortSignal): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (const batch of batchesOf(texts)) vectors.push(...(await this.#ask(batch, signal)));
    return vectors;
  }

  async close(): Promise<void> {}

  /** A batch that is refused is asked in halves, and a single text again with half its length. */
  async #ask(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    try {
      return await this.#post(texts, signal);
    } catch (error) {
      if (!isTooMuch(error)) throw error;
      const [first = "", ...rest] = texts;
      if (rest.length === 0 && first.length <= LEAST_CHARACTERS) throw error;
      if (rest.length === 0) return this.#ask([first.slice(0, first.length / 2)], signal);
      const half = Math.ceil(texts.length / 2);
      return [...(await this.#ask(texts.slice(0, half), signal)), ...(await this.#ask(texts.slice(half), signal))];
    }
  }

  async #post(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    const { url, model, key, client } = this.#options;
    const { text } = await client.fetchText(`${url.replace(/\/+$/, "")}/embeddings`, {
      signal,
      method: "POST",
      headers: { "content-type": "application/json", ...(key ? { authorization: `Bearer ${key}` } : {}) },
      body: JSON.stringify({ model, input: texts, encoding_format: "float" }),
      idempotent: true,
      deadlineMs: DEADLINE_MS,
      maxBytes: MOST_BYTES,
    });
    return this.#read(text, texts.length);
  }

  #read(text: string, count: number): Float32Array[] {
    const vectors = Array.from<Float32Array | undefined>({ length: count });
    for (const { index, embedding } of parse(text, this.name).data) vectors[index] = Float32Array.from(embedding);
    return Array.from(vectors, (vector) => {
      if (!vector) throw unexpected(this.name, `fewer vectors than the ${count} texts`);
      this.#dimension ??= vector.length;
      if (vector.length !== this.#dimension) throw unexpected(this.name, "vectors of different lengths");
      return normalise(vector);
    });
  }
}

function* batchesOf(texts: readonly string[]): Generator<string[]> {
  let batch: string[] = [];
  let characters = 0;
  for (const whole of texts) {
    // An empty text is refused by some services.
    const text = whole.slice(0, TEXT_CHARACTERS) || " ";
    if (batch.length > 0 && (batch.length === BATCH_TEXTS || characters + text.length > BATCH_CHARACTERS)) {
      yield batch;
      batch = [];
      characters = 0;
    }
    batch.push(text);
    characters += text.length;
  }
  if (batch.length > 0) yield batch;
}

function isTooMuch(error: unknown): boolean {
  return error instanceof HttpError && (error.status === 400 || error.status === 413 || error.status === 422);
}

function parse(text: string, model: string): z.infer<typeof Answer> {
  try {
    return Answer.parse(JSON.parse(text));
  } catch (error) {
    throw unexpected(model, "something else than vectors", error);
  }
}

function unexpected(model: string, what: string, cause?: unknown): ToolError {
  return new ToolError(
    {
      reason: "unavailable",
      message: `the embedding model ${model} answered with ${what}`,
      recovery: "check MEDRESEARCHER_EMBEDDER_URL and MEDRESEARCHER_EMBEDDER; MEDRESEARCHER_EMBEDDER=none does without",
      retryable: false,
    },
    { cause },
  );
}
