/** Keeps the few best of many: a heap whose root is the worst that is kept. */
export class Best {
  readonly #items: Int32Array;
  readonly #scores: Int32Array;
  #size = 0;

  constructor(limit: number) {
    this.#items = new Int32Array(limit);
    this.#scores = new Int32Array(limit);
  }

  add(item: number, score: number): void {
    if (this.#size < this.#items.length) this.#rise(this.#size++, item, score);
    else if (this.#size > 0 && score > this.#scores[0]!) this.#sink(item, score);
  }

  /** The best first. */
  items(): number[] {
    const order = Array.from({ length: this.#size }, (_, i) => i);
    return order.toSorted((a, b) => this.#scores[b]! - this.#scores[a]!).map((i) => this.#items[i]!);
  }

  #rise(at: number, item: number, score: number): void {
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#scores[parent]! <= score) break;
      this.#put(at, this.#items[parent]!, this.#scores[parent]!);
      at = parent;
    }
    this.#put(at, item, score);
  }

  #sink(item: number, score: number): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#scores[child + 1]! < this.#scores[child]!) child += 1;
      if (this.#scores[child]! >= score) break;
      this.#put(at, this.#items[child]!, this.#scores[child]!);
      at = child;
    }
    this.#put(at, item, score);
  }

  #put(at: number, item: number, score: number): void {
    this.#items[at] = item;
    this.#scores[at] = score;
  }
}
