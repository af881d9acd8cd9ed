/** Lists of integers of every item, in two flat arrays, and tables of strings in one buffer: what loads from a file without parsing. */

export class Lists {
  readonly start: Uint32Array;
  readonly items: Uint32Array;

  constructor(start: Uint32Array, items: Uint32Array) {
    this.start = start;
    this.items = items;
  }

  static of(lists: readonly (readonly number[] | Uint32Array)[]): Lists {
    const start = new Uint32Array(lists.length + 1);
    lists.forEach((list, i) => (start[i + 1] = start[i]! + list.length));
    const items = new Uint32Array(start[lists.length]!);
    lists.forEach((list, i) => items.set(list, start[i]));
    return new Lists(start, items);
  }

  at(i: number): Uint32Array {
    return this.items.subarray(this.start[i], this.start[i + 1]);
  }

  get length(): number {
    return this.start.length - 1;
  }
}

export class Strings {
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
  readonly #buffer: Buffer;

  constructor(offsets: Uint32Array, bytes: Uint8Array) {
    this.offsets = offsets;
    this.bytes = bytes;
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  static of(values: readonly string[]): Strings {
    const offsets = new Uint32Array(values.length + 1);
    const parts = values.map((value) => Buffer.from(value, "utf8"));
    parts.forEach((part, i) => (offsets[i + 1] = offsets[i]! + part.length));
    return new Strings(offsets, new Uint8Array(Buffer.concat(parts)));
  }

  at(i: number): string {
    return this.#buffer.toString("utf8", this.offsets[i], this.offsets[i + 1]);
  }

  get length(): number {
    return this.offsets.length - 1;
  }

  /** Every string with its index: the reverse of `at`. The first of equal strings wins. */
  index(): Map<string, number> {
    const found = new Map<string, number>();
    for (let i = 0; i < this.length; i++) {
      const value = this.at(i);
      if (!found.has(value)) found.set(value, i);
    }
    return found;
  }
}
