/** A laid out subgraph as a drawing: lines below, nodes with their labels above. */
import { el, type Element } from "../../kit/drawing/element.ts";
import { categoryWords, corners, lookOf } from "./categories.ts";
import { EDGE_FONT_SIZE, edgePaths, type EdgePath } from "./edge-paths.ts";
import type { Edge } from "./graph.ts";
import { FONT_SIZE, LINE_HEIGHT, type Layout, type PlacedNode } from "./layout.ts";

/** One group per relation (`data-edge`) and one per entity (`data-node`), each with its place in the layout. */
export function drawGraph(layout: Layout): { edges: Element[]; nodes: Element[] } {
  const paths = edgePaths(layout);
  return {
    edges: layout.edges.map((edge, place) => drawEdge(edge, place, paths[place]!, layout)),
    nodes: layout.nodes.map(drawNode),
  };
}

/** "Marfan syndrome shows Ectopia lentis" */
export function sentenceOf({ from, to, reads }: Edge, { nodes }: Layout): string {
  return `${nodes[from]!.name} ${reads} ${nodes[to]!.name}`;
}

function drawEdge(edge: Edge, place: number, { line, head, label }: EdgePath, layout: Layout): Element {
  const role = edge.negated ? "against" : "edge";
  return el("g", { class: edge.negated ? "edge negated" : "edge", "data-edge": place }, [
    el("title", {}, [sentenceOf(edge, layout)]),
    el("path", { class: "reach", d: line, fill: "none", stroke: "none", "stroke-width": 14 }),
    el("path", {
      class: `line line-${role}`,
      d: line,
      fill: "none",
      "stroke-width": 1.4,
      "stroke-dasharray": edge.negated ? "5 4" : undefined,
    }),
    el("path", { class: `head fill-${role}`, d: head }),
    ...(label ? [edgeLabel(label, edge.negated)] : []),
  ]);
}

function edgeLabel({ text, x, y }: { text: string; x: number; y: number }, negated: boolean): Element {
  return el(
    "text",
    { ...HALO, x, y, "font-size": EDGE_FONT_SIZE, class: `${negated ? "fill-against" : "fill-muted"} line-paper` },
    [text],
  );
}

/** Text that stays readable over lines. */
const HALO = { "text-anchor": "middle", "paint-order": "stroke", "stroke-width": 4, "stroke-linejoin": "round" };

function drawNode(node: PlacedNode, place: number): Element {
  const { x, y, name, category, isSeed, radius, lines } = node;
  const top = y + radius * 1.5 + LINE_HEIGHT - 1;
  return el("g", { class: isSeed ? "node seed" : "node", "data-node": place }, [
    el("title", {}, [`${name} (${categoryWords(category)}, ${node.id})`]),
    ...(isSeed
      ? [el("circle", { class: "ring line-ink", cx: x, cy: y, r: radius * 1.5, fill: "none", "stroke-width": 1.5 })]
      : []),
    drawShape(node.category, x, y, isSeed ? radius * 0.92 : radius),
    el(
      "text",
      { ...HALO, class: "fill-ink line-paper", "font-size": FONT_SIZE, "font-weight": isSeed ? 600 : undefined },
      lines.map((line, i) => el("tspan", { x, y: top + i * LINE_HEIGHT }, [line])),
    ),
  ]);
}

/** The shape and colour of a category. */
export function drawShape(category: string, x: number, y: number, radius: number): Element {
  const { shape, hue } = lookOf(category);
  const points = corners(shape, radius);
  const style = { class: `shape fill-${hue} line-paper`, "stroke-width": 1.5 };
  if (!points) return el("circle", { ...style, cx: x, cy: y, r: radius });
  const list = points.map(([dx, dy]) => `${(x + dx).toFixed(1)},${(y + dy).toFixed(1)}`).join(" ");
  return el("polygon", { ...style, points: list, "stroke-linejoin": "round" });
}
