/**
 * Finds the best rows of one part by its words: window after window, term after term, exact. After MaxScore (Turtle & Flood
 * 1995) and block-max indexes (Ding & Suel 2011): a window whose largest impacts cannot reach the best so far is passed
 * over; within a window, terms that cannot lift a row by themselves are looked up for the rows that others found.
 */
import type { Best } from "./best.ts";
import type { List, Piece } from "./list.ts";
import { WINDOW_ROWS } from "./window.ts";

/** A term of the question in one part. */
export interface Weighed {
  list: List;
  /** Of one step of impact. */
  weight: number;
}

/** A term in the window that is scored. */
interface Active extends Weighed {
  /** The most that it can add. */
  bound: number;
}

/** Scores of the rows of a window; all 0 between windows. */
const scores = new Float64Array(WINDOW_ROWS);

/** @param fits whether a row may be found. @param best gets what is found */
export function searchPart(terms: readonly Weighed[], fits: (row: number) => boolean, best: Best): void {
  for (;;) {
    const window = Math.min(...terms.map(({ list }) => list.window));
    if (window === Infinity) return;
    const active: Active[] = [];
    let bound = 0;
    for (const { list, weight } of terms) {
      if (list.window !== window) continue;
      const most = weight * list.top;
      active.push({ list, weight, bound: most });
      bound += most;
    }
    if (bound > best.least) searchWindow(active, window * WINDOW_ROWS, fits, best);
    for (const { list } of active) list.pass();
  }
}

function searchWindow(active: Active[], first: number, fits: (row: number) => boolean, best: Best): void {
  active.sort((a, b) => a.bound - b.bound);
  // The first terms, which even together lift no row among the best.
  let [optional, rest] = [0, 0];
  while (optional < active.length && rest + active[optional]!.bound <= best.least) rest += active[optional++]!.bound;
  const pieces = active.slice(optional).map(({ list, weight }) => ({ piece: list.piece(), weight }));
  for (const { piece, weight } of pieces) add(piece, weight);
  const found: { place: number; score: number }[] = [];
  for (const { piece } of pieces) {
    const { places } = piece;
    for (let i = 0; i < places.length; i++) {
      const place = places[i]!;
      const score = scores[place]!;
      if (score === 0) continue;
      scores[place] = 0;
      if (score + rest <= best.least || !fits(first + place)) continue;
      if (optional === 0) best.add(first + place, score);
      else found.push({ place, score });
    }
  }
  complete(found, active.slice(0, optional), rest, first, best);
}

function add({ places, impacts }: Piece, weight: number): void {
  for (let i = 0; i < places.length; i++) scores[places[i]!]! += weight * impacts[i]!;
}

/** Adds to each row what the optional terms have for it, as long as it can still be among the best. */
function complete(
  found: readonly { place: number; score: number }[],
  optional: readonly Active[],
  rest: number,
  first: number,
  best: Best,
): void {
  if (found.length === 0) return;
  const terms = optional.toReversed().map(({ list, weight, bound }) => ({ piece: list.piece(), weight, bound }));
  for (const { place, score: begin } of found) {
    let [score, left] = [begin, rest];
    for (const { piece, weight, bound } of terms) {
      if (score + left <= best.least) break;
      left -= bound;
      const at = indexOf(piece.places, place);
      if (at >= 0) score += weight * piece.impacts[at]!;
    }
    if (score > best.least) best.add(first + place, score);
  }
}

/** Where a number is in an ascending array; -1 where it is not. */
function indexOf(ascending: Uint16Array, wanted: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = ascending[middle]!;
    if (value === wanted) return middle;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
