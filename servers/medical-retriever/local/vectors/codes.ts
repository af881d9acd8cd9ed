/**
 * A few bytes that stand for a vector, so that all vectors can be compared in memory: one bit a dimension says on which side
 * of the centre of the collection it lies; short vectors keep a byte a dimension. A question is compared as it is, by one
 * look into a table for each byte, which errs far less than comparing bits with bits.
 */

/** Vectors up to here keep a byte a dimension. */
const MOST_IN_BYTES = 64;
const BITS = 8;
/** What a byte of a code can be. */
const VALUES = 256;
/** Codes that are fetched from memory together: one at a time takes twice as long. */
const BLOCK = 8;
/** The largest entry of a table: many can be added up in 32 bits. */
const LARGEST_ENTRY = 32_000;

export class Codes {
  readonly dimension: number;
  /** Of one code. */
  readonly bytes: number;
  readonly centre: Float32Array;

  constructor(centre: Float32Array) {
    this.centre = centre;
    this.dimension = centre.length;
    this.bytes = this.#inBytes ? this.dimension : Math.ceil(this.dimension / BITS);
  }

  /** @param vector of length 1 */
  write(vector: Float32Array, into: Uint8Array, at: number): void {
    const { centre, dimension } = this;
    if (this.#inBytes) {
      for (let i = 0; i < dimension; i++) into[at + i] = Math.round(((1 + vector[i]!) / 2) * (VALUES - 1));
      return;
    }
    for (let i = 0; i < dimension; i += BITS, at++) {
      let byte = 0;
      const end = Math.min(BITS, dimension - i);
      for (let bit = 0; bit < end; bit++) if (vector[i + bit]! > centre[i + bit]!) byte |= 1 << bit;
      into[at] = byte;
    }
  }

  /** How near codes are to a question, on a scale of its own. @param coded codes one after another; @param positions of those asked for */
  nearness(question: Float32Array, coded: Uint8Array, positions: Int32Array): Int32Array {
    const { bytes } = this;
    const table = this.#table(question);
    const nearness = new Int32Array(positions.length);
    for (let from = 0; from < positions.length; from += BLOCK) {
      const end = Math.min(from + BLOCK, positions.length);
      for (let i = from; i < end; i++)
        nearness[i] = coded[positions[i]! * bytes]! + coded[(positions[i]! + 1) * bytes - 1]!;
      for (let i = from; i < end; i++) {
        const at = positions[i]! * bytes;
        let sum = 0;
        for (let byte = 0; byte < bytes; byte++) sum += table[byte * VALUES + coded[at + byte]!]!;
        nearness[i] = sum;
      }
    }
    return nearness;
  }

  /** What each value of each byte adds to the nearness: `table[256 · byte + value]`. */
  #table(question: Float32Array): Int16Array {
    const table = new Float32Array(this.bytes * VALUES);
    for (let byte = 0; byte < this.bytes; byte++) {
      const own = table.subarray(byte * VALUES, (byte + 1) * VALUES);
      if (this.#inBytes) fillWithSteps(own, question[byte]!);
      else fillWithSums(own, question.subarray(byte * BITS, (byte + 1) * BITS));
    }
    let most = 0;
    for (const x of table) most = Math.max(most, Math.abs(x));
    const whole = new Int16Array(table.length);
    const scale = LARGEST_ENTRY / (most || 1);
    for (let i = 0; i < table.length; i++) whole[i] = Math.round(table[i]! * scale);
    return whole;
  }

  get #inBytes(): boolean {
    return this.dimension <= MOST_IN_BYTES;
  }
}

function fillWithSteps(table: Float32Array, number: number): void {
  for (let value = 0; value < VALUES; value++) table[value] = number * ((2 * value) / (VALUES - 1) - 1);
}

/** Each value is a set of bits: what its lowest one adds, and what the others were found to. */
function fillWithSums(table: Float32Array, numbers: Float32Array): void {
  for (let value = 1; value < VALUES; value++) {
    const lowest = value & -value;
    table[value] = table[value ^ lowest]! + (numbers[31 - Math.clz32(lowest)] ?? 0);
  }
}

/** The mean of some vectors. */
export function centreOf(vectors: readonly Float32Array[], dimension: number): Float32Array {
  const sum = new Float64Array(dimension);
  for (const vector of vectors) for (let i = 0; i < dimension; i++) sum[i]! += vector[i]!;
  return Float32Array.from(sum, (x) => x / Math.max(1, vectors.length));
}
