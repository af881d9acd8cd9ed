/** Chance that comes out the same for the same seed: for searches, layouts, benches and tests, not for secrets. */

/**
 * Mulberry32.
 * @param seed a whole number, of which the low 32 bits count
 * @returns what draws uniformly from [0, 1), always a multiple of 2⁻³²
 */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
