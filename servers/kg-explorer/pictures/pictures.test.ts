import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { edgePaths } from "./edge-paths.ts";
import { MOST_NODES, pictureGraph, withoutEvidence, type SubgraphLike } from "./graph.ts";
import { layOut, type PlacedNode } from "./layout.ts";
import { subgraphSvg } from "./svg.ts";

const CATEGORIES = ["Disease", "Gene", "Drug", "PhenotypicFeature", "constructor", "Some Other<b>"];

function entity(i: number, name = `entity number ${i}`) {
  return { id: `X:${i}`, name, category: CATEGORIES[i % CATEGORIES.length]! };
}

function relation(from: number, to: number, more: object = {}) {
  return {
    id: `R:${from}-${to}`,
    subject: `X:${from}`,
    predicate: "has_phenotype",
    object: `X:${to}`,
    subjectName: `entity number ${from}`,
    objectName: `entity number ${to}`,
    evidence: [{ document: "NOTE:1", quote: "so it is" }],
    ...more,
  };
}

/** Two hubs that share some neighbours, a chain, a loop, parallel lines, and a piece apart. */
const TYPICAL: SubgraphLike = {
  seeds: ["X:0", "X:1"],
  entities: Array.from({ length: 36 }, (_, i) => entity(i)),
  relations: [
    ...Array.from({ length: 16 }, (_, i) => relation(0, i + 2)),
    ...Array.from({ length: 14 }, (_, i) => relation(1, i + 12)),
    relation(26, 27),
    relation(27, 28, { negated: true }),
    relation(28, 28),
    relation(0, 1, { id: "R:a" }),
    relation(1, 0, { id: "R:b", predicate: "treats" }),
    ...Array.from({ length: 7 }, (_, i) => relation(29, i + 29)),
  ],
};

const wild = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("<script>alert(1)</script>", `"'></text>`, "متلازمة", "👩‍👩‍👧‍👦", "\uD800", "\u0000", "x".repeat(1e5)),
);

const graphs: fc.Arbitrary<SubgraphLike> = fc
  .tuple(
    fc.array(wild, { maxLength: 25 }),
    fc.array(fc.tuple(fc.nat(30), fc.nat(30), wild, fc.boolean()), { maxLength: 40 }),
    fc.array(fc.nat(30), { maxLength: 3 }),
  )
  .map(([names, pairs, seeds]) => ({
    entities: names.map((name, i) => ({ ...entity(i), name })),
    relations: pairs.map(([from, to, predicate, negated], i) =>
      relation(from, to, { id: `R:${i}`, predicate, negated }),
    ),
    seeds: seeds.map((i) => `X:${i}`),
  }));

function overlapping(nodes: readonly PlacedNode[]): [string, string][] {
  return nodes.flatMap((a, i) =>
    nodes.slice(i + 1).flatMap((b): [string, string][] => {
      const apartX = Math.abs(a.x - b.x) >= a.half + b.half - 1;
      const [upper, lower] = a.y <= b.y ? [a, b] : [b, a];
      return apartX || lower.y - lower.above >= upper.y + upper.below - 1 ? [] : [[a.name, b.name]];
    }),
  );
}

function distance(a: PlacedNode, b: PlacedNode): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function mean(list: readonly number[]): number {
  return list.reduce((sum, d) => sum + d, 0) / list.length;
}

describe("the layout of a subgraph", () => {
  it("is the same every time", () => {
    expect(layOut(pictureGraph(TYPICAL), 700)).toEqual(layOut(pictureGraph(structuredClone(TYPICAL)), 700));
  });

  it("lets no two labels overlap and keeps all on the page", () => {
    for (const width of [420, 700, 1200]) {
      const { nodes, height } = layOut(pictureGraph(TYPICAL), width);
      expect(overlapping(nodes)).toEqual([]);
      for (const { x, y, half, above, below } of nodes) {
        expect(x - half).toBeGreaterThanOrEqual(0);
        expect(x + half).toBeLessThanOrEqual(width);
        expect(y - above).toBeGreaterThanOrEqual(0);
        expect(y + below).toBeLessThanOrEqual(height);
      }
    }
  });

  it("puts neighbours nearer than others", () => {
    const { nodes, edges } = layOut(pictureGraph(TYPICAL), 900);
    const linked = edges.filter((e) => e.from !== e.to).map((e) => distance(nodes[e.from]!, nodes[e.to]!));
    const all = nodes.flatMap((a, i) => nodes.slice(i + 1).map((b) => distance(a, b)));
    expect(mean(linked)).toBeLessThan(mean(all) * 0.75);
  });

  it("has no label of a line on a node, on another label, or off the page", () => {
    const layout = layOut(pictureGraph(TYPICAL), 800);
    const labels = edgePaths(layout).flatMap(({ label }) => label ?? []);
    expect(labels.length).toBeGreaterThan(TYPICAL.relations!.length / 2);
    for (const { x, y } of labels) {
      const covered = layout.nodes.filter(
        (n) => Math.abs(n.x - x) < n.half && y > n.y + n.radius * 1.4 && y < n.y + n.below,
      );
      expect(covered.map((n) => n.name)).toEqual([]);
      expect(layout.nodes.filter((n) => Math.hypot(n.x - x, n.y - y) < n.radius)).toEqual([]);
    }
    const touching = labels.flatMap((a, i) =>
      labels.slice(i + 1).filter((b) => Math.abs(a.x - b.x) < 20 && Math.abs(a.y - b.y) < 12),
    );
    expect(touching).toEqual([]);
  });
});

describe("the SVG of a subgraph", () => {
  it("names entities and relations, dashes what is said NOT to be so, and has a key", () => {
    const svg = subgraphSvg(TYPICAL);
    expect(svg).toContain("Around entity number 0 and entity number 1");
    expect(svg).toContain("<title>entity number 0 shows entity number 2</title>");
    expect(svg).toContain("<title>entity number 27 NOT: shows entity number 28</title>");
    expect(svg.match(/class="edge negated"/g)).toHaveLength(1);
    expect(svg).toContain("said NOT to be so");
    expect(svg).toContain("phenotypic feature");
    expect(svg).toContain("prefers-color-scheme:dark");
  });

  it("is well-formed and holds nothing but drawing, whatever the labels", () => {
    const allowed = new Set(["svg", "style", "rect", "text", "tspan", "g", "title", "path", "circle", "polygon"]);
    fc.assert(
      fc.property(graphs, (graph) => {
        const svg = subgraphSvg(graph);
        const parser = new SaxesParser();
        parser.on("error", (error) => {
          throw error;
        });
        parser.on("opentag", ({ name, attributes }) => {
          expect(allowed).toContain(name);
          expect(Object.keys(attributes).filter((a) => a.startsWith("on") || a.includes("href"))).toEqual([]);
        });
        parser.write(svg).close();
        expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      }),
      { numRuns: 60 },
    );
  });

  it("draws the best connected of many, and says how many are not drawn", () => {
    const many = {
      entities: Array.from({ length: 400 }, (_, i) => entity(i)),
      relations: Array.from({ length: 399 }, (_, i) => relation(i % 7, i + 1)),
      seeds: ["X:399"],
    };
    const graph = pictureGraph(many);
    expect(graph.nodes).toHaveLength(MOST_NODES);
    expect(graph.nodes[0]!.id).toBe("X:399");
    expect(subgraphSvg(many)).toContain(`${400 - MOST_NODES} entities are not drawn`);
  });

  it("keeps names of a megabyte out", () => {
    const name = "Marfan ".repeat(150_000);
    const svg = subgraphSvg({
      entities: [entity(0, name), entity(1, name)],
      relations: [relation(0, 1, { predicate: name })],
    });
    expect(svg.length).toBeLessThan(20_000);
  });

  it("is drawn from results that were cut short", () => {
    const cut = { ...TYPICAL, relations: TYPICAL.relations!.slice(0, 3) };
    // What hung on the relations that are gone is not left floating about; the entities asked for stay.
    expect(
      pictureGraph(cut)
        .nodes.map((n) => n.id)
        .toSorted(),
    ).toEqual(["X:0", "X:1", "X:2", "X:3", "X:4"]);
    expect(pictureGraph({ relations: [relation(5, 6)] }).nodes.map((n) => n.name)).toEqual([
      "entity number 5",
      "entity number 6",
    ]);
    expect(pictureGraph({}).nodes).toEqual([]);
    expect(JSON.stringify(withoutEvidence(TYPICAL))).not.toContain("so it is");
    expect(pictureGraph({ seeds: TYPICAL.seeds!, ...withoutEvidence(TYPICAL) }).edges).toHaveLength(
      TYPICAL.relations!.length,
    );
  });
});
