/**
 * The state of a half-made path, in hand: a byte for each node in scope says whether it is on the path and how the pieces
 * made so far hang together. A path has two ends: where it begins (`FIRST`) and where it stops (`LAST`).
 */

export const OFF = 0;
/** On the path, without a neighbour so far. */
export const FRESH = 1;
/** On the path, with all the neighbours that it may have. */
export const CLOSED = 2;
/** Open end of the piece whose other end is the path's first node. */
export const FIRST = 3;
/** Open end of the piece whose other end is the path's last node. */
export const LAST = 4;
/** From here on: an open end whose piece ends in slot `byte - MATE`. */
export const MATE = 5;
/** Nodes in scope at once: sets of them are bits of an integer. */
export const MAX_SCOPE = 30;

/** What a node may be in a path. */
export interface Roles {
  /** The node that the path begins in; -1 where it may begin anywhere. */
  start: number;
  /** Nodes that a path may end in, but not lead through. */
  ends: readonly boolean[];
}

export class Pieces {
  readonly bytes = new Uint8Array(MAX_SCOPE + 2);
  /** Whether the path has its first or its last node already. */
  begun = false;
  ended = false;
  /** Whether the path as loaded is whole: nothing can be added to it. */
  whole = false;
  readonly #roles: Roles;

  constructor(roles: Roles) {
    this.#roles = roles;
  }

  /**
   * Takes a stored state in hand.
   * @param begun whether the start is decided for this state where the path has a fixed one
   * @param some whether any node of the path is behind, out of scope
   */
  load(bytes: Uint8Array, at: number, width: number, some: boolean): void {
    let [open, on, ends] = [0, 0, 0];
    for (let i = 0; i < width; i++) {
      const code = bytes[at + i]!;
      this.bytes[i] = code;
      if (code === OFF) continue;
      on++;
      if (code === CLOSED) continue;
      open++;
      if (code === FIRST) ends |= 1;
      else if (code === LAST) ends |= 2;
    }
    // Without an open end in scope, whatever there is is the whole path.
    this.whole = open === 0 && (some || on > 0);
    this.begun = this.whole || (ends & 1) !== 0;
    this.ended = this.whole || (ends & 2) !== 0;
  }

  /** Adds the pieces of a stored state: its slot i is `slots[i]` here, new ones from `known` on. @returns whether they fit */
  add(
    bytes: Uint8Array,
    at: number,
    slots: Int32Array,
    known: number,
    scope: readonly number[],
    some: boolean,
  ): boolean {
    const { bytes: own } = this;
    const width = slots.length;
    let [open, on, ends] = [0, 0, 0];
    for (let i = 0; i < width; i++) {
      const code = bytes[at + i]!;
      if (code === OFF) continue;
      const slot = slots[i]!;
      if (slot >= known) own[slot] = FRESH;
      on++;
      if (code === CLOSED) {
        if (own[slot] !== FRESH) return false;
        own[slot] = CLOSED;
        continue;
      }
      open++;
      if (code === FIRST) ends |= 1;
      else if (code === LAST) ends |= 2;
    }
    const whole = this.whole || (open === 0 && (some || on > 0));
    if (open === 0 && (some || on > 0)) ends = 3;
    // Where a path may begin anywhere, its two ends are alike.
    const swapped = this.#roles.start < 0 && ends === 1 && this.begun && !this.ended;
    if (swapped) ends = 2;
    if (this.#roles.start < 0 && ends === 1 && this.begun) return false;
    if ((ends & 1 && this.begun && this.#roles.start < 0) || (ends & 2 && this.ended)) return false;
    if (ends & 1) this.begun = true;
    if (ends & 2) this.ended = true;
    for (let i = 0; i < width; i++) {
      const code = bytes[at + i]!;
      if (code === FIRST || code === LAST) {
        if (!this.#lengthen(slots[i]!, swapped ? LAST : code, scope.length)) return false;
      } else if (code >= MATE && code - MATE > i && !this.link(slots[i]!, slots[code - MATE]!, scope)) return false;
    }
    return !whole || this.#alone(scope.length);
  }

  /** Joins two nodes by an edge of the path, or by a piece of it. @returns whether they can be joined */
  link(a: number, b: number, scope: readonly number[]): boolean {
    const { bytes } = this;
    if (bytes[a] === MATE + b || bytes[a] === CLOSED || bytes[b] === CLOSED) return false;
    const one = this.#take(a, scope);
    const other = this.#take(b, scope);
    if (one === OFF || other === OFF || (one < MATE && one === other)) return false;
    if (one < MATE && other < MATE) return this.#alone(scope.length);
    if (one >= MATE) bytes[one - MATE] = other;
    if (other >= MATE) bytes[other - MATE] = one;
    return true;
  }

  /** Whether the node of `slot` may stay with the neighbours that it has: two, or it is an end of the path. */
  settle(slot: number, width: number): boolean {
    const { bytes } = this;
    const code = bytes[slot]!;
    if (code === CLOSED) return true;
    if (code === FRESH) return false;
    let end = LAST;
    if (!this.ended) this.ended = true;
    else if (this.#roles.start < 0 && !this.begun) {
      this.begun = true;
      end = FIRST;
    } else return false;
    if (code >= MATE) {
      bytes[code - MATE] = end;
      return true;
    }
    bytes[slot] = CLOSED;
    return this.#alone(width);
  }

  /** The one way to write a state where its two ends are alike. */
  normalise(width: number): void {
    if (this.#roles.start >= 0) return;
    const { bytes } = this;
    let [first, last] = [-1, -1];
    for (let i = 0; i < width; i++) {
      if (bytes[i] === FIRST) first = i;
      else if (bytes[i] === LAST) last = i;
    }
    if (last < 0 || (first >= 0 && first < last)) return;
    bytes[last] = FIRST;
    if (first >= 0) bytes[first] = LAST;
  }

  #lengthen(slot: number, whose: number, width: number): boolean {
    const { bytes } = this;
    const code = bytes[slot]!;
    if (code === CLOSED || code === whose) return false;
    if (code === FRESH) {
      bytes[slot] = whose;
      return true;
    }
    bytes[slot] = CLOSED;
    if (code < MATE) return this.#alone(width);
    bytes[code - MATE] = whose;
    return true;
  }

  /** The path is whole: whether no other piece is left. */
  #alone(width: number): boolean {
    for (let i = 0; i < width; i++) if (this.bytes[i] !== OFF && this.bytes[i] !== CLOSED) return false;
    return true;
  }

  /** What the piece of `slot` ends in on its other side, as a byte; the slot is closed unless it was fresh. OFF where that cannot be. */
  #take(slot: number, scope: readonly number[]): number {
    const { bytes } = this;
    const code = bytes[slot]!;
    const node = scope[slot]!;
    if (code !== FRESH) {
      bytes[slot] = CLOSED;
      return code;
    }
    if (node === this.#roles.start) {
      bytes[slot] = CLOSED;
      this.begun = true;
      return FIRST;
    }
    if (!this.#roles.ends[node]) return MATE + slot;
    bytes[slot] = CLOSED;
    if (!this.ended) {
      this.ended = true;
      return LAST;
    }
    if (this.#roles.start >= 0 || this.begun) return OFF;
    this.begun = true;
    return FIRST;
  }
}
