/** Edit distance: of two strings, and of a phrase with the part of a text that is most like it. */

/**
 * The part of `window` nearest to `needle` by insertions, deletions and substitutions; undefined where even that takes
 * more than `most`. O(|needle| · |window|) time, O(|window|) memory.
 */
export function align(
  needle: string,
  window: string,
  most: number,
): { start: number; end: number; distance: number } | undefined {
  const width = window.length;
  // costs[j]: of the needle so far against the best part of the window that ends at j; starts[j]: where that begins.
  let costs = new Int32Array(width + 1);
  let starts = Int32Array.from({ length: width + 1 }, (_, j) => j);
  for (let i = 1; i <= needle.length; i++) {
    const next = new Int32Array(width + 1);
    const from = new Int32Array(width + 1);
    next[0] = i;
    const letter = needle.charCodeAt(i - 1);
    for (let j = 1; j <= width; j++) {
      let cost = costs[j - 1]! + Number(letter !== window.charCodeAt(j - 1));
      let start = starts[j - 1]!;
      if (costs[j]! + 1 < cost) [cost, start] = [costs[j]! + 1, starts[j]!];
      if (next[j - 1]! + 1 < cost) [cost, start] = [next[j - 1]! + 1, from[j - 1]!];
      next[j] = cost;
      from[j] = start;
    }
    [costs, starts] = [next, from];
  }
  let end = 0;
  for (let j = 1; j <= width; j++) if (costs[j]! < costs[end]!) end = j;
  const distance = costs[end]!;
  return distance <= most && end > starts[end]! ? { start: starts[end]!, end, distance } : undefined;
}

/** Levenshtein's distance. */
export function distanceOf(a: string, b: string): number {
  let costs = Int32Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = new Int32Array(b.length + 1);
    next[0] = i;
    for (let j = 1; j <= b.length; j++) {
      const same = Number(a.charCodeAt(i - 1) !== b.charCodeAt(j - 1));
      next[j] = Math.min(costs[j - 1]! + same, costs[j]! + 1, next[j - 1]! + 1);
    }
    costs = next;
  }
  return costs[b.length]!;
}
