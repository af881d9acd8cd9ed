/** A set of numbers up to some billions, a bit each where they lie close: PMIDs, of which there are forty million. */
const BITS = 16;

export class NumberSet {
  readonly #pages = new Map<number, Uint8Array>();

  has(number: number): boolean {
    const page = this.#pages.get(Math.floor(number / 2 ** BITS));
    const at = number % 2 ** BITS;
    return page !== undefined && (page[at >> 3]! & (1 << (at & 7))) !== 0;
  }

  add(number: number): void {
    const key = Math.floor(number / 2 ** BITS);
    let page = this.#pages.get(key);
    if (!page) this.#pages.set(key, (page = new Uint8Array(2 ** (BITS - 3))));
    const at = number % 2 ** BITS;
    page[at >> 3]! |= 1 << (at & 7);
  }
}
