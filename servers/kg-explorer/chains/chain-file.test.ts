import { describe, expect, it } from "vitest";
import { chainsOfFile } from "./index.ts";

const node = (id: string) => ({ id, category: "Disease" });
const edge = (subject: string, object: string) => ({ subject, predicate: "causes", object });
const dated = (subject: string, object: string, date?: string) => ({ ...edge(subject, object), date });
const ask = (graph: object) => chainsOfFile(JSON.stringify(graph), 60_000);

describe("a graph in a file", () => {
  it("gives a longest path from the seed in the file's ids, off the main thread", async () => {
    const nodes = ["D:1", "G:1", "D:2", "P:1", "P:2"].map(node);
    const edges = [edge("G:1", "D:1"), edge("G:1", "D:2"), edge("D:2", "P:1"), edge("D:1", "P:2"), edge("D:2", "P:2")];
    const answer = await ask({ nodes, edges, seed: "D:1" });
    expect(answer).toEqual({
      path: ["D:1", "G:1", "D:2", "P:1"],
      length: 3,
      bound: 3,
      optimal: true,
      ms: expect.any(Number),
    });
  });

  it("counts parallel edges once, whatever their direction, and no loops", async () => {
    const nodes = ["a", "b"].map(node);
    const answer = await ask({ nodes, edges: [edge("a", "b"), edge("b", "a"), edge("a", "b"), edge("b", "b")] });
    expect(answer).toMatchObject({ length: 1, bound: 1, optimal: true });
  });

  it("looks into every component where no seed is given, and only into the seed's where one is", async () => {
    const nodes = ["a", "b", "c", "d", "e"].map(node);
    const edges = [edge("a", "b"), edge("c", "d"), edge("d", "e")];
    expect(await ask({ nodes, edges })).toMatchObject({ length: 2, optimal: true });
    expect(await ask({ nodes, edges, seed: "b" })).toMatchObject({ path: ["b", "a"], length: 1, bound: 1 });
  });

  it("answers for a graph without edges, and without anything", async () => {
    expect(await ask({ nodes: [node("a")], edges: [] })).toMatchObject({
      path: ["a"],
      length: 0,
      bound: 0,
      optimal: true,
    });
    expect(await ask({ nodes: [], edges: [] })).toMatchObject({ path: [], length: 0, bound: 0, optimal: true });
  });

  it("goes with the time where that is asked for", async () => {
    const nodes = ["a", "b", "c", "d"].map(node);
    const edges = [dated("a", "b", "2001"), dated("b", "c", "1999"), dated("b", "d"), dated("d", "a", "2003-05")];
    const line = edges.slice(0, 2);
    expect(await ask({ nodes, edges: line, seed: "a" })).toMatchObject({ length: 2 });
    expect(await ask({ nodes, edges: line, seed: "a", ordered: true })).toMatchObject({ length: 1, bound: 1 });
    expect(await ask({ nodes, edges: line, ordered: true })).toMatchObject({ path: ["c", "b", "a"], optimal: true });
    const later = [...line, dated("b", "c", "2001-01-01")];
    expect(await ask({ nodes, edges: later, seed: "a", ordered: true })).toMatchObject({ length: 2 });
    await expect(ask({ nodes, edges: [dated("a", "b", "some day")] })).rejects.toThrow("no date");
  });

  it.each([
    ["{nodes: []", "not JSON"],
    ['{"nodes": []}', "not a graph of"],
    [JSON.stringify({ nodes: [node("a")], edges: [edge("a", "b")] }), "b (edge 1)"],
    [JSON.stringify({ nodes: [node("a"), node("a")], edges: [] }), "more than once: a"],
    [JSON.stringify({ nodes: [node("a")], edges: [], seed: "HIV/AIDS" }), "the seed HIV/AIDS is not among the nodes"],
    [JSON.stringify({ nodes: [node("a")], edges: [], maxLength: -1 }), "maxLength"],
  ])("names what is wrong: %s", async (text, problem) => {
    await expect(chainsOfFile(text, 100)).rejects.toThrow(problem);
  });

  it("stops when it is told to", async () => {
    const nodes = Array.from({ length: 300 }, (_, i) => node(`n${i}`));
    const edges = nodes.flatMap((_, a) => [1, 7, 13, 22].map((by) => edge(`n${a}`, `n${(a + by) % 300}`)));
    const signal = AbortSignal.timeout(300);
    await expect(chainsOfFile(JSON.stringify({ nodes, edges }), 60_000, signal)).rejects.toThrow(/timeout|aborted/i);
  });
});
