/** A set of small byte strings with the best value of each and where it came from: the table of one step of the exact method. */

const EMPTY = -1;

export class States {
  /** Bytes of one state. */
  readonly width: number;
  size = 0;
  /** State i: bytes `i * stride ..< i * stride + width`. */
  bytes: Uint8Array;
  values: Int32Array;
  /** Rows of the tables that state i was made of; -1 for none. */
  left: Int32Array;
  right: Int32Array;
  readonly stride: number;
  readonly #words: number;
  #view: Int32Array;
  #slots: Int32Array;

  constructor(width: number) {
    this.width = width;
    this.#words = Math.max(1, (width + 3) >> 2);
    this.stride = this.#words * 4;
    this.bytes = new Uint8Array(64 * this.stride);
    this.#view = new Int32Array(this.bytes.buffer);
    this.values = new Int32Array(64);
    this.left = new Int32Array(64);
    this.right = new Int32Array(64);
    this.#slots = new Int32Array(128).fill(EMPTY);
  }

  /** Adds `state` (its first `width` bytes), or raises its value. */
  put(state: Uint8Array, value: number, left: number, right: number): void {
    if (this.size === this.values.length) this.#grow();
    const row = this.size;
    const at = row * this.stride;
    for (let i = 0; i < this.width; i++) this.bytes[at + i] = state[i]!;
    for (let i = this.width; i < this.stride; i++) this.bytes[at + i] = 0;
    const slot = this.#slotOf(row);
    const known = this.#slots[slot]!;
    if (known === EMPTY) {
      this.#slots[slot] = row;
      this.#set(row, value, left, right);
      this.size++;
    } else if (this.values[known]! < value) this.#set(known, value, left, right);
  }

  /** What only looking up needs is given back. */
  seal(): void {
    this.#slots = new Int32Array(0);
  }

  #set(row: number, value: number, left: number, right: number): void {
    this.values[row] = value;
    this.left[row] = left;
    this.right[row] = right;
  }

  /** The slot that holds the same bytes as `row`, or the free one where they belong. */
  #slotOf(row: number): number {
    const view = this.#view;
    const words = this.#words;
    const at = row * words;
    let hash = 0x9e3779b9;
    for (let i = 0; i < words; i++) {
      const word = Math.imul(view[at + i]!, 0xcc9e2d51);
      hash = Math.imul(hash ^ (word ^ (word >>> 15)), 0x85ebca6b);
      hash ^= hash >>> 13;
    }
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const known = this.#slots[slot]!;
      if (known === EMPTY) return slot;
      let i = 0;
      while (i < words && view[known * words + i] === view[at + i]) i++;
      if (i === words) return slot;
    }
  }

  #grow(): void {
    this.bytes = longer(this.bytes, new Uint8Array(this.bytes.length * 2));
    this.#view = new Int32Array(this.bytes.buffer);
    this.values = longer(this.values, new Int32Array(this.values.length * 2));
    this.left = longer(this.left, new Int32Array(this.left.length * 2));
    this.right = longer(this.right, new Int32Array(this.right.length * 2));
    this.#slots = new Int32Array(this.#slots.length * 2).fill(EMPTY);
    for (let row = 0; row < this.size; row++) this.#slots[this.#slotOf(row)] = row;
  }
}

function longer<T extends Uint8Array | Int32Array>(old: T, made: T): T {
  made.set(old);
  return made;
}
