/**
 * Finds the best rows of one part by its words: window after window, term after term, exact. After MaxScore (Turtle & Flood
 * 1995) and block-max indexes (Ding & Suel 2011): a window whose largest impacts cannot reach the best so far is passed
 * over; within a window, terms that cannot lift a row by themselves are looked up for the rows that others found.
 */
import type { Fits } from "../records/facets.ts";
import type { Best } from "../best.ts";
import type { List, Piece } from "./list.ts";
import { WINDOW_ROWS } from "./window.ts";

/** Looking a row up in a piece takes as long as passing over so many of its postings. */
const LOOK_UP = 16;

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
/** Rows of a window that some terms have found, and what they come to so far. */
const places = new Uint16Array(WINDOW_ROWS);
const begun = new Float64Array(WINDOW_ROWS);

/** Which rows may be found: those that the part has as they are, and that fit. */
interface Wanted {
  part: number;
  fits: Fits;
}

/** @param best gets what is found */
export function searchPart(terms: readonly Weighed[], wanted: Wanted, best: Best): void {
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
    if (bound > best.least) searchWindow(active, window * WINDOW_ROWS, wanted, best);
    for (const { list } of active) list.pass();
  }
}

function searchWindow(active: Active[], first: number, wanted: Wanted, best: Best): void {
  active.sort((a, b) => a.bound - b.bound);
  // The first terms, which even together lift no row among the best.
  let [optional, rest] = [0, 0];
  while (optional < active.length && rest + active[optional]!.bound <= best.least) rest += active[optional++]!.bound;
  const pieces = active.slice(optional).map(({ list, weight }) => ({ piece: list.piece(), weight }));
  for (const { piece, weight } of pieces) add(piece, weight);
  let count = 0;
  for (const { piece } of pieces) count = collect(piece.places, best.least - rest, count);
  for (let i = optional - 1; i >= 0 && count > 0; i--) {
    const { list, weight, bound } = active[i]!;
    addToFound(list.piece(), weight, count);
    rest -= bound;
    count = onlyAbove(best.least - rest, count);
    // Once, when the first term has left few.
    if (i === optional - 1) count = onlyFitting(count, first, wanted);
  }
  for (let i = 0; i < count; i++) {
    if (begun[i]! > best.least && wanted.fits(first + places[i]!, wanted.part)) best.add(first + places[i]!, begun[i]!);
  }
}

function add({ places: own, impacts }: Piece, weight: number): void {
  for (let i = 0; i < own.length; i++) scores[own[i]!]! += weight * impacts[i]!;
}

/** Moves the rows that score more than `least` to those that are found, from `count` on, and clears the scores. @returns how many are found */
function collect(own: Uint16Array, least: number, count: number): number {
  for (let i = 0; i < own.length; i++) {
    const place = own[i]!;
    const score = scores[place]!;
    if (score === 0) continue;
    scores[place] = 0;
    if (score <= least) continue;
    places[count] = place;
    begun[count++] = score;
  }
  return count;
}

/** Adds what a term has for the rows that were found. */
function addToFound({ places: own, impacts }: Piece, weight: number, count: number): void {
  if (count * LOOK_UP < own.length) {
    for (let i = 0; i < count; i++) {
      const at = indexOf(own, places[i]!);
      if (at >= 0) begun[i]! += weight * impacts[at]!;
    }
    return;
  }
  for (let i = 0; i < count; i++) scores[places[i]!] = begun[i]!;
  for (let i = 0; i < own.length; i++) {
    const place = own[i]!;
    const score = scores[place]!;
    if (score !== 0) scores[place] = score + weight * impacts[i]!;
  }
  for (let i = 0; i < count; i++) {
    begun[i] = scores[places[i]!]!;
    scores[places[i]!] = 0;
  }
}

function onlyFitting(count: number, first: number, { part, fits }: Wanted): number {
  let left = 0;
  for (let i = 0; i < count; i++) {
    if (!fits(first + places[i]!, part)) continue;
    places[left] = places[i]!;
    begun[left++] = begun[i]!;
  }
  return left;
}

function onlyAbove(least: number, count: number): number {
  let left = 0;
  for (let i = 0; i < count; i++) {
    if (begun[i]! <= least) continue;
    places[left] = places[i]!;
    begun[left++] = begun[i]!;
  }
  return left;
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
