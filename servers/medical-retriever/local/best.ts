/** The few best rows of many: a heap whose root is the worst of them. */

export class Best {
  readonly #limit: number;
  readonly #rows: Float64Array;
  readonly #scores: Float64Array;
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
    this.#rows = new Float64Array(limit);
    this.#scores = new Float64Array(limit);
  }

  /** What a score must exceed to be among them. */
  get least(): number {
    if (this.#limit === 0) return Infinity;
    return this.#size < this.#limit ? -Infinity : this.#scores[0]!;
  }

  /** Passed over where the score does not exceed `least`. */
  add(row: number, score: number): void {
    if (this.#size < this.#limit) this.#up(this.#size++, row, score);
    else if (score > this.least) this.#down(row, score);
  }

  /** Best first; of equal scores the lower row. */
  rows(): number[] {
    return Array.from({ length: this.#size }, (_, i) => i)
      .toSorted((a, b) => this.#scores[b]! - this.#scores[a]! || this.#rows[a]! - this.#rows[b]!)
      .map((i) => this.#rows[i]!);
  }

  #up(at: number, row: number, score: number): void {
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#scores[parent]! <= score) break;
      this.#put(at, this.#rows[parent]!, this.#scores[parent]!);
      at = parent;
    }
    this.#put(at, row, score);
  }

  /** In place of the root. */
  #down(row: number, score: number): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#scores[child + 1]! < this.#scores[child]!) child += 1;
      if (this.#scores[child]! >= score) break;
      this.#put(at, this.#rows[child]!, this.#scores[child]!);
      at = child;
    }
    this.#put(at, row, score);
  }

  #put(at: number, row: number, score: number): void {
    this.#rows[at] = row;
    this.#scores[at] = score;
  }
}
