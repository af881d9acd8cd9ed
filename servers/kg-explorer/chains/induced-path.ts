/**
 * A longest induced (chordless) path in a space that is too large to hold and is asked step by step, up to a cap: no two
 * nodes that are not neighbours on the path are adjacent. Exact depth-first search; what may be walked, and what comes
 * first, is the space's. Graphs that are at hand as a whole are `longest.ts`'s.
 */

/** What the search may walk over. */
export interface PathSpace {
  /** Where one can go from `node` having come along `path` (which ends in it), best first. Chords are checked by the search. */
  next(node: number, path: readonly number[]): readonly number[];
  adjacent(a: number, b: number): boolean;
}

export interface PathSearch {
  start: number;
  /** Longest length looked for, in edges. */
  cap: number;
  /** Nodes that may be expanded before the search gives up proving. */
  budget: number;
}

export interface FoundPath {
  /** Nodes, start first. */
  path: number[];
  /** Edges of it. */
  length: number;
  /** No valid path is longer than this, cap included. */
  bound: number;
  /** Whether `length === bound`: proven longest. */
  optimal: boolean;
  expanded: number;
}

export function longestInducedPath(space: PathSpace, { start, cap, budget }: PathSearch): FoundPath {
  let best: number[] = [start];
  let expanded = 0;
  const path = [start];

  /** @returns true to stop everything: the cap was reached or the budget is spent */
  const extend = (): boolean => {
    if (path.length > best.length) best = [...path];
    if (best.length - 1 >= cap) return true;
    if (++expanded > budget) return true;
    const node = path.at(-1)!;
    for (const next of space.next(node, path)) {
      if (path.includes(next) || hasChord(next)) continue;
      path.push(next);
      const stop = extend();
      path.pop();
      if (stop) return true;
    }
    return false;
  };
  const hasChord = (next: number) => {
    for (let i = 0; i < path.length - 1; i++) if (space.adjacent(path[i]!, next)) return true;
    return false;
  };

  extend();
  const length = best.length - 1;
  const exhausted = expanded <= budget;
  const bound = exhausted ? length : cap;
  return { path: best, length, bound, optimal: length === bound, expanded: Math.min(expanded, budget) };
}
