/** The vectors of a text's tokens made one, as the model was trained to. */
import type { Pooling } from "./model-folder.ts";
import { normalise } from "./embedder.ts";

/** @param states one vector of `dimension` after the other, a token each; without padding. @returns a vector of length 1 */
export function pool(states: Float32Array, dimension: number, pooling: Pooling): Float32Array {
  const tokens = states.length / dimension;
  if (pooling === "cls") return normalise(states.slice(0, dimension));
  if (pooling === "last") return normalise(states.slice((tokens - 1) * dimension));
  const vector = states.slice(0, dimension);
  for (let t = 1; t < tokens; t++) {
    for (let i = 0; i < dimension; i++) {
      const x = states[t * dimension + i]!;
      vector[i] = pooling === "max" ? Math.max(vector[i]!, x) : vector[i]! + x;
    }
  }
  return normalise(vector);
}
