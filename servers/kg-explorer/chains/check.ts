/**
 * Whether an answer to the question for a longest induced path holds, judged from the edges alone: this file shares no code
 * with the search. The path is checked in full; the bound is confirmed by trying every path where these are few enough.
 */

export interface CheckedAnswer {
  path: readonly string[];
  length: number;
  bound: number;
  optimal: boolean;
}

export interface CheckedQuestion {
  nodes: readonly string[];
  /** Pairs of ids, in either order. */
  edges: readonly (readonly [string, string])[];
  seed?: string | undefined;
  maxLength?: number | undefined;
}

/** Paths that are tried to confirm a bound. */
const TRIALS = 200_000;

export interface Verdict {
  /** What is wrong; empty where nothing is. */
  problems: string[];
  /** Whether the bound was confirmed by trying every path. */
  exhausted: boolean;
}

export function checkChain({ nodes, edges, seed, maxLength }: CheckedQuestion, answer: CheckedAnswer): Verdict {
  const problems: string[] = [];
  const say = (wrong: boolean, what: string) => wrong && problems.push(what);
  const near = new Map(nodes.map((id) => [id, new Set<string>()]));
  for (const [a, b] of edges) {
    if (a === b) continue;
    near.get(a)?.add(b);
    near.get(b)?.add(a);
  }
  const { path, length, bound, optimal } = answer;
  say(new Set(path).size < path.length, "the path visits a node twice");
  for (const id of path) say(!near.has(id), `${id} is not a node of the graph`);
  say(length !== Math.max(0, path.length - 1), `length ${length} is not that of the path`);
  say(seed !== undefined && path[0] !== seed, "the path does not begin in the seed");
  say(path.length === 0 && nodes.length > 0, "no path though there are nodes");
  for (let i = 0; i < path.length; i++) {
    for (let j = i + 1; j < path.length; j++) {
      const related = near.get(path[i]!)?.has(path[j]!) ?? false;
      if (related !== (j === i + 1))
        problems.push(`${path[i]} and ${path[j]} ${related ? "are a shortcut" : "are not related"}`);
    }
  }
  say(bound < length, "the bound is below the length");
  say(optimal !== (bound === length), "optimal does not say whether length and bound are the same");
  say(maxLength !== undefined && length > maxLength, "the path is longer than asked for");
  const most = longestByTrial(near, seed === undefined ? nodes : [seed], maxLength ?? Infinity);
  if (most !== undefined) say(bound < most, `a path of ${most} edges exceeds the bound`);
  return { problems, exhausted: most !== undefined };
}

/** Undefined where there are too many paths to try. */
function longestByTrial(
  near: ReadonlyMap<string, ReadonlySet<string>>,
  starts: readonly string[],
  maxLength: number,
): number | undefined {
  let trials = 0;
  let most = 0;
  const path: string[] = [];
  const walk = (id: string): boolean => {
    if (++trials > TRIALS) return false;
    path.push(id);
    most = Math.max(most, path.length - 1);
    if (path.length - 1 < maxLength) {
      for (const next of near.get(id) ?? []) {
        if (path.includes(next) || path.slice(0, -1).some((before) => near.get(before)!.has(next))) continue;
        if (!walk(next)) return false;
      }
    }
    path.pop();
    return true;
  };
  return starts.every(walk) ? most : undefined;
}
