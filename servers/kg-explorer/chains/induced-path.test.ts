import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longestInducedPath, type PathSpace } from "./induced-path.ts";

type Edges = readonly (readonly [number, number])[];

function spaceOf(edges: Edges): PathSpace {
  const adjacent = (a: number, b: number) => edges.some(([x, y]) => (x === a && y === b) || (x === b && y === a));
  const nodes = [...new Set(edges.flat())];
  return { adjacent, next: (node) => nodes.filter((other) => other !== node && adjacent(node, other)) };
}

/** Every induced path from the start, by brute force. */
function longestByTrial(edges: Edges, start: number): number {
  const space = spaceOf(edges);
  const from = (path: number[]): number => {
    const steps = space
      .next(path.at(-1)!, path)
      .filter((n) => !path.includes(n) && path.slice(0, -1).every((p) => !space.adjacent(p, n)));
    return Math.max(path.length - 1, ...steps.map((n) => from([...path, n])));
  };
  return from([start]);
}

const graphs = fc.array(
  fc.tuple(fc.nat(8), fc.nat(8)).filter(([a, b]) => a !== b),
  { minLength: 1, maxLength: 20 },
);

describe("a longest induced path", () => {
  it("is as long as trying everything finds, and has no chord", () => {
    fc.assert(
      fc.property(graphs, (edges) => {
        const start = edges[0]![0];
        const space = spaceOf(edges);
        const { path, length, bound, optimal } = longestInducedPath(space, { start, cap: 20, budget: 1e6 });
        expect(length).toBe(longestByTrial(edges, start));
        expect([bound, optimal]).toEqual([length, true]);
        const related = path.flatMap((a, i) => path.slice(i + 1).filter((b) => space.adjacent(a, b)));
        expect(related).toEqual(path.slice(1));
      }),
    );
  });

  it("stops at the cap, which is then the bound", () => {
    const line = Array.from({ length: 9 }, (_, i) => [i, i + 1] as const);
    expect(longestInducedPath(spaceOf(line), { start: 0, cap: 4, budget: 100 })).toMatchObject({
      path: [0, 1, 2, 3, 4],
      bound: 4,
      optimal: true,
    });
  });

  it("says that it is not proven when the budget is spent", () => {
    const line = Array.from({ length: 9 }, (_, i) => [i, i + 1] as const);
    expect(longestInducedPath(spaceOf(line), { start: 0, cap: 8, budget: 3 })).toMatchObject({
      length: 3,
      bound: 8,
      optimal: false,
    });
  });
});
