/** Vectors of length 1 in a byte a number, one after another: each with its scale before it. The error of a cosine is some .002. */

const SCALE_BYTES = 4;
const LARGEST = 127;

export function packVectors(vectors: readonly Float32Array[]): Uint8Array {
  const dimension = vectors[0]?.length ?? 0;
  const packed = Buffer.alloc(vectors.length * (SCALE_BYTES + dimension));
  for (const [i, vector] of vectors.entries()) {
    let most = 0;
    for (const x of vector) most = Math.max(most, Math.abs(x));
    const scale = most / LARGEST || 1;
    const at = i * (SCALE_BYTES + dimension);
    packed.writeFloatLE(scale, at);
    const numbers = new Int8Array(packed.buffer, packed.byteOffset + at + SCALE_BYTES, dimension);
    // To the nearest whole number, as Math.round does, which takes ten times as long.
    for (let k = 0; k < dimension; k++) numbers[k] = Math.floor(vector[k]! / scale + 0.5);
  }
  return packed;
}

/** The sum of packed vectors: their mean, but for its length. */
export function unpackedMean(packed: Uint8Array, dimension: number): Float32Array {
  const sum = new Float32Array(dimension);
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let at = 0; at < packed.length; at += SCALE_BYTES + dimension) {
    const scale = view.getFloat32(at, true);
    for (let k = 0; k < dimension; k++) sum[k]! += scale * view.getInt8(at + SCALE_BYTES + k);
  }
  return sum;
}

/** The largest cosine of a vector with a packed one. */
export function nearest(packed: Uint8Array, vector: Float32Array): number {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  let best = -1;
  for (let at = 0; at < packed.length; at += SCALE_BYTES + vector.length) {
    let sum = 0;
    for (let k = 0; k < vector.length; k++) sum += vector[k]! * view.getInt8(at + SCALE_BYTES + k);
    best = Math.max(best, sum * view.getFloat32(at, true));
  }
  return best;
}
