/** Concepts in any order as numbers: the sums of their hashes are the same for every order. */

export const PAIR_BITS = 1 << 21;

/** Sums over the concepts of a stretch of text from which its names are found. */
export class Sums {
  a = 0;
  b = 0;
  count = 0;
  abnormal = 0;
  malformed = 0;
  morphology = 0;

  clear(): void {
    this.a = this.b = this.count = this.abnormal = this.malformed = this.morphology = 0;
  }
}

/** One bit for two concepts in any order, of `PAIR_BITS`. */
export function pairBit(a: number, b: number): number {
  return (mixA(a) + mixA(b)) >>> 11;
}

/** Two independent hashes of a concept, to be summed. */
export function mixA(concept: number): number {
  const x = Math.imul(concept + 0x7f4a7c15, 0x85ebca6b);
  return Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
}

export function mixB(concept: number): number {
  const x = Math.imul(concept + 0x165667b1, 0x9e3779b1);
  return Math.imul(x ^ (x >>> 15), 0x27d4eb2f);
}
