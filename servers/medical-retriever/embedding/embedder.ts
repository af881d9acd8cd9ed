/** What turns texts into vectors, wherever the model runs. */

/** Some models read a question in another way than the text that answers it. */
export type TextKind = "query" | "document";

export interface Embedder {
  /** Of the model, as it is shown: `all-MiniLM-L6-v2`. */
  readonly name: string;
  /** Vectors with different identities are never compared: the name, and what else shapes a vector. */
  readonly identity: string;
  /** Numbers in a vector; undefined where that is known with the first answer only. */
  readonly dimension: number | undefined;
  /**
   * A vector of length 1 for each text, in order. A text that is too long is read from its beginning as far as the model goes.
   * @throws ToolError where the model cannot be asked, or the signal's reason
   */
  embed(texts: readonly string[], kind: TextKind, signal: AbortSignal): Promise<Float32Array[]>;
  close(): Promise<void>;
}

/** The vector with length 1, in place; one without a direction stays zero. */
export function normalise(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const x of vector) sum += x * x;
  if (sum === 0 || sum === 1) return vector;
  const scale = 1 / Math.sqrt(sum);
  for (let i = 0; i < vector.length; i++) vector[i]! *= scale;
  return vector;
}

/** Cosine of two vectors of length 1. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
