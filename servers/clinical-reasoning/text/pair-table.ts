/** A hash table from two integers to one, in flat arrays: no object and no string is made when it is asked. */

const EMPTY = -1;

export class PairTable {
  #keys: Int32Array;
  #values: Int32Array;
  #mask: number;
  #size = 0;

  /** @param capacity how many entries to make room for at first; it grows */
  constructor(capacity = 1 << 12) {
    const slots = 1 << (32 - Math.clz32(2 * capacity - 1));
    this.#mask = slots - 1;
    this.#keys = new Int32Array(2 * slots);
    this.#values = new Int32Array(slots).fill(EMPTY);
  }

  get size(): number {
    return this.#size;
  }

  /** What was stored under two 32-bit integers; -1 where nothing was. */
  get(a: number, b: number): number {
    const keys = this.#keys;
    const values = this.#values;
    const mask = this.#mask;
    for (let slot = slotOf(a, b) & mask; ; slot = (slot + 1) & mask) {
      const value = values[slot]!;
      if (value === EMPTY || (keys[2 * slot] === (a | 0) && keys[2 * slot + 1] === (b | 0))) return value;
    }
  }

  /** @param value not negative */
  set(a: number, b: number, value: number): void {
    if (2 * (this.#size + 1) > this.#mask) this.#grow();
    if (this.#put(a | 0, b | 0, value)) this.#size++;
  }

  #put(a: number, b: number, value: number): boolean {
    let slot = slotOf(a, b) & this.#mask;
    while (this.#values[slot] !== EMPTY) {
      if (this.#keys[2 * slot] === a && this.#keys[2 * slot + 1] === b) {
        this.#values[slot] = value;
        return false;
      }
      slot = (slot + 1) & this.#mask;
    }
    this.#keys[2 * slot] = a;
    this.#keys[2 * slot + 1] = b;
    this.#values[slot] = value;
    return true;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#mask = 2 * (this.#mask + 1) - 1;
    this.#keys = new Int32Array(2 * (this.#mask + 1));
    this.#values = new Int32Array(this.#mask + 1).fill(EMPTY);
    for (let slot = 0; slot < values.length; slot++) {
      if (values[slot] !== EMPTY) this.#put(keys[2 * slot]!, keys[2 * slot + 1]!, values[slot]!);
    }
  }
}

function slotOf(a: number, b: number): number {
  const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
