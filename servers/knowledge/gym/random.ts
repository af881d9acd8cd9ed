/** Chance that comes out the same everywhere: integers only, and no functions whose last bit differs between machines. */

/** FNV-1a of the text, mixed: 32 bits. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash);
}

/** The finaliser of MurmurHash3. */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** xoshiro128** (Blackman and Vigna), seeded through splitmix32 by a text: one stream for each purpose. */
export class Random {
  readonly #state: Uint32Array;

  constructor(seed: string) {
    let s = hashText(seed);
    this.#state = Uint32Array.from({ length: 4 }, () => {
      s = (s + 0x9e3779b9) | 0;
      return mix(s);
    });
  }

  #next(): number {
    const s = this.#state;
    const product = Math.imul(s[1]!, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const t = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= t;
    s[3] = (s[3]! << 11) | (s[3]! >>> 21);
    return result;
  }

  /** In [0, 1), a multiple of 2⁻³². */
  unit(): number {
    return this.#next() / 0x1_0000_0000;
  }

  /** In [from, to], both included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.unit() * (to - from + 1));
  }

  /** In [0, count), uniformly. */
  below(count: number): number {
    return Math.floor(this.unit() * count);
  }

  /** In [0, count), low numbers far more often: what makes a few hubs and a long tail. */
  skewed(count: number): number {
    const u = this.unit();
    return Math.floor(u * u * u * count);
  }

  chance(share: number): boolean {
    return this.unit() < share;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  /** 0 … count − 1 in random order. */
  order(count: number): number[] {
    const list = Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [list[i], list[j]] = [list[j]!, list[i]!];
    }
    return list;
  }
}
