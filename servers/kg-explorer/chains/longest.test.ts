import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkChain } from "./check.ts";
import { eliminate } from "./elimination.ts";
import { chainGraph, type ChainGraph } from "./graph.ts";
import { longestChain } from "./longest.ts";
import { longestByTables } from "./tables.ts";

/** Every induced path, by trial; the edges of a longest. */
function longestByTrial(graph: ChainGraph, starts: readonly number[], cap = Infinity): number {
  const related = (a: number, b: number) => graph.walk[a]!.includes(b) || graph.chords[a]!.includes(b);
  const from = (path: number[]): number => {
    const end = path.at(-1)!;
    if (path.length > cap || (graph.ends[end] && path.length > 1)) return path.length - 1;
    const next = graph.walk[end]!.filter((n) => !path.includes(n) && !path.slice(0, -1).some((p) => related(p, n)));
    return Math.max(path.length - 1, ...next.map((n) => from([...path, n])));
  };
  return Math.max(...starts.map((start) => from([start])));
}

/** Graphs of up to nine nodes with walked edges, chords and nodes that a path may only end in. */
const graphs = fc
  .record({
    size: fc.integer({ min: 1, max: 9 }),
    edges: fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { maxLength: 18 }),
    chords: fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { maxLength: 4 }),
    ends: fc.array(fc.nat(8), { maxLength: 2 }),
  })
  .map(({ size, edges, chords, ends }) => {
    const inside = (pairs: [number, number][]) => pairs.filter(([a, b]) => a < size && b < size);
    return chainGraph(size, inside(edges), { chords: inside(chords), ends: ends.filter((e) => e < size) });
  });

const nodesOf = (graph: ChainGraph) => [...graph.walk.keys()];

/** A clock of the thread's own time in milliseconds: on a busy machine the search gets as far as on a quiet one. */
function ownTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** A clock that goes on by a tenth of a millisecond whenever it is looked at: the time is up at the same step each time. */
function steppingClock(): () => number {
  let looks = 0;
  return () => ++looks / 10;
}

const line = (size: number) =>
  chainGraph(
    size,
    Array.from({ length: size - 1 }, (_, i) => [i, i + 1] as const),
  );

describe("a longest chain", () => {
  it("is as long as trying everything finds, from a start and from anywhere, and proven", () => {
    fc.assert(
      fc.property(graphs, fc.boolean(), fc.option(fc.nat(4)), (graph, seeded, maxLength) => {
        const starts = seeded ? [0] : nodesOf(graph);
        const start = seeded ? 0 : undefined;
        const query = { start, maxLength: maxLength ?? undefined, budget: 5000, now: ownTime };
        const { path, length, bound, optimal } = longestChain(graph, query);
        expect(length).toBe(longestByTrial(graph, starts, maxLength ?? Infinity));
        expect(path.slice(1, -1).filter((node) => graph.ends[node])).toEqual([]);
        expect([path.length - 1, bound, optimal]).toEqual([length, length, true]);
        for (const [i, node] of path.entries()) {
          const related = path.filter((p) => graph.walk[node]!.includes(p) || graph.chords[node]!.includes(p));
          expect(new Set(related)).toEqual(new Set([path[i - 1], path[i + 1]].filter((n) => n !== undefined)));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("comes out the same by tables", () => {
    fc.assert(
      fc.property(graphs, fc.boolean(), (graph, seeded) => {
        const limits = { floor: 0, maxStates: 1e6, late: () => false };
        // A chord from each node to the next makes the graph one piece, as the tables expect it.
        const whole = chainGraph(
          graph.size,
          graph.walk.flatMap((list, a) => list.map((b) => [a, b] as const)),
          {
            chords: nodesOf(graph)
              .slice(1)
              .map((node) => [node - 1, node] as const),
            ends: nodesOf(graph).filter((n) => graph.ends[n]),
          },
        );
        const found = longestByTables(whole, seeded ? 0 : -1, eliminate(whole, seeded ? 0 : -1, Infinity)!, limits);
        expect((found?.length ?? 1) - 1).toBe(longestByTrial(whole, seeded ? [0] : nodesOf(whole)));
      }),
      { numRuns: 500 },
    );
  });

  it("goes through a narrow graph of a thousand nodes", () => {
    // A ladder whose rungs are two edges long.
    const rungs = 300;
    const edges = Array.from({ length: rungs }, (_, i) => [
      [3 * i, 3 * i + 1],
      [3 * i + 1, 3 * i + 2],
      ...(i > 0
        ? [
            [3 * i - 3, 3 * i],
            [3 * i - 1, 3 * i + 2],
          ]
        : []),
    ]).flat() as [number, number][];
    const { length, optimal } = longestChain(chainGraph(3 * rungs, edges), { start: 0, budget: 20_000, now: ownTime });
    expect(optimal).toBe(true);
    expect(length).toBe(2 * rungs);
  });

  it("stops at the length asked for, which is then the bound", () => {
    expect(longestChain(line(9), { start: 0, maxLength: 4, budget: 1000 })).toEqual({
      path: [0, 1, 2, 3, 4],
      length: 4,
      bound: 4,
      optimal: true,
    });
  });

  it("keeps a proven bound when the time is up", () => {
    // Too wide for tables, too many paths to try.
    const edges = Array.from({ length: 90 }, (_, a) =>
      [1, 7, 13, 22, 31].map((by) => [a, (a + by) % 90] as const),
    ).flat();
    const query = { start: 0, budget: 50, now: steppingClock() };
    const { length, bound, optimal } = longestChain(chainGraph(90, edges), query);
    expect(optimal).toBe(false);
    expect(bound).toBeGreaterThan(length);
    expect(bound).toBeLessThan(89);
  });

  it("is no path at all in a graph of nothing, and one node where nothing is related", () => {
    expect(longestChain(chainGraph(0, []), { budget: 1000 })).toEqual({ path: [], length: 0, bound: 0, optimal: true });
    expect(longestChain(chainGraph(3, []), { budget: 1000 })).toMatchObject({ path: [0], bound: 0, optimal: true });
  });
});

describe("the checker", () => {
  const nodes = ["a", "b", "c", "d"];
  const edges = [
    ["a", "b"],
    ["b", "c"],
    ["c", "d"],
    ["d", "b"],
  ] as const;
  const right = { path: ["a", "b", "c"], length: 2, bound: 2, optimal: true };

  it("finds nothing wrong with a right answer, and says that it tried everything", () => {
    expect(checkChain({ nodes, edges, seed: "a" }, right)).toEqual({ problems: [], exhausted: true });
  });

  it.each([
    [{ path: ["a", "b", "c", "d"], length: 3, bound: 3 }, "b and d are a shortcut"],
    [{ path: ["a", "c", "b"] }, "a and c are not related"],
    [{ path: ["b", "c"], length: 1 }, "does not begin in the seed"],
    [{ bound: 1 }, "the bound is below the length"],
    [{ path: ["a", "b"], length: 1, bound: 1 }, "a path of 2 edges exceeds the bound"],
    [{ bound: 3 }, "optimal does not say"],
    [{ path: ["a", "b", "x"] }, "x is not a node"],
    [{ length: 7, bound: 7 }, "length 7 is not that of the path"],
  ])("names what is wrong with %o", (change, problem) => {
    const { problems } = checkChain({ nodes, edges, seed: "a" }, { ...right, ...change });
    expect(problems.join("; ")).toContain(problem);
  });
});
