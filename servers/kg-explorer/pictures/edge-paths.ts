/** Where the lines between nodes run and where their labels stand: around the nodes in between, labels only where there is room. */
import { clean, fit, widthOf } from "../../kit/drawing/text.ts";
import type { Edge } from "./graph.ts";
import type { Layout, PlacedNode } from "./layout.ts";
import type { Point } from "./stress.ts";

export const EDGE_FONT_SIZE = 11;
const LABEL_HEIGHT = 14;
const LABEL_WIDTH = 150;
const ARROW = 8;
/** Between parallel relations of the same two nodes. */
const PARALLEL = 44;
/** How far a line is bent aside to pass a node, in the order tried. */
const BENDS = [0, 34, -34, 68, -68];
/** Places along the line where a label is tried, the middle first. */
const LABEL_PLACES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8];

export interface EdgePath {
  /** Path data of the line. */
  line: string;
  /** Path data of the arrow's head at the object. */
  head: string;
  /** Middle of the line, for marks. */
  middle: Point;
  /** What stands beside the line; undefined where there is no room for it. */
  label: { text: string; x: number; y: number } | undefined;
}

interface Curve {
  start: Point;
  control: Point;
  end: Point;
}
interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export function edgePaths({ nodes, edges, width, height }: Layout): EdgePath[] {
  const taken = nodes.flatMap(boxesOf);
  return edges.map((edge) => {
    const { from, to } = edge;
    const [a, b] = [nodes[from]!, nodes[to]!];
    const siblings = edges.filter((e) => (e.from === from && e.to === to) || (e.from === to && e.to === from));
    const curve = from === to ? loop(a, siblings.indexOf(edge)) : between(a, b, siblings, edge, nodes);
    const label = placeLabel(edge.reads, curve, taken, { left: 2, top: 2, right: width - 2, bottom: height - 2 });
    return { ...drawn(curve), label };
  });
}

/** The shape of a node and the lines of its label, each as a box. */
function boxesOf({ x, y, radius, lines, half, below }: PlacedNode): Box[] {
  const reach = radius * 1.4;
  return [
    { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach },
    ...(lines.length > 0 ? [{ left: x - half, right: x + half, top: y + reach, bottom: y + below }] : []),
  ];
}

function between(
  a: PlacedNode,
  b: PlacedNode,
  siblings: readonly Edge[],
  edge: Edge,
  nodes: readonly PlacedNode[],
): Curve {
  const side = edge.from < edge.to ? 1 : -1;
  const lane = (siblings.indexOf(edge) - (siblings.length - 1) / 2) * PARALLEL * side;
  const others = nodes.filter((n) => n !== a && n !== b);
  let best = curved(a, b, lane);
  let fewest = obstacles(best, others);
  for (const bend of BENDS) {
    if (fewest === 0 || siblings.length > 1) break;
    const tried = curved(a, b, bend);
    const found = obstacles(tried, others);
    if (found < fewest) [best, fewest] = [tried, found];
  }
  return best;
}

/** From the border of one shape to that of the other, its middle `offset` pixels aside. */
function curved(a: PlacedNode, b: PlacedNode, offset: number): Curve {
  const length = Math.max(1, Math.hypot(b.x - a.x, b.y - a.y));
  const control = {
    x: (a.x + b.x) / 2 - ((b.y - a.y) / length) * offset * 2,
    y: (a.y + b.y) / 2 + ((b.x - a.x) / length) * offset * 2,
  };
  return { start: towards(a, control, a.radius + 4), control, end: towards(b, control, b.radius + 5) };
}

/** A loop to the upper right of a node; each further one reaches farther. */
function loop({ x, y, radius }: PlacedNode, place: number): Curve {
  const around = (degrees: number, distance: number) => ({
    x: x + distance * Math.cos((degrees * Math.PI) / 180),
    y: y + distance * Math.sin((degrees * Math.PI) / 180),
  });
  return {
    start: around(-82, radius + 5),
    control: around(-45, radius * (8 + 2 * place)),
    end: around(-8, radius + 6),
  };
}

function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.max(1, Math.hypot(to.x - from.x, to.y - from.y));
  return { x: from.x + ((to.x - from.x) / length) * distance, y: from.y + ((to.y - from.y) / length) * distance };
}

/** How badly a line runs through other nodes: shapes count more than labels. */
function obstacles(curve: Curve, others: readonly PlacedNode[]): number {
  let count = 0;
  for (const node of others) {
    const [shape, label] = boxesOf(node);
    let [hitsShape, hitsLabel] = [false, false];
    for (let t = 0.04; t < 1; t += 0.04) {
      const point = at(curve, t);
      hitsShape ||= holds(shape!, point);
      hitsLabel ||= label !== undefined && holds(label, point);
    }
    count += (hitsShape ? 4 : 0) + (hitsLabel ? 1 : 0);
  }
  return count;
}

function at({ start, control, end }: Curve, t: number): Point {
  const s = 1 - t;
  return {
    x: s * s * start.x + 2 * s * t * control.x + t * t * end.x,
    y: s * s * start.y + 2 * s * t * control.y + t * t * end.y,
  };
}

/** A free place for the label; it is taken from then on. */
function placeLabel(reads: string, curve: Curve, taken: Box[], page: Box): EdgePath["label"] {
  const text = fit(clean(reads), LABEL_WIDTH, EDGE_FONT_SIZE);
  const half = widthOf(text, EDGE_FONT_SIZE) / 2 + 3;
  for (const t of LABEL_PLACES) {
    const { x, y } = at(curve, t);
    const box = { left: x - half, right: x + half, top: y - LABEL_HEIGHT / 2, bottom: y + LABEL_HEIGHT / 2 };
    const isInside =
      box.left >= page.left && box.right <= page.right && box.top >= page.top && box.bottom <= page.bottom;
    if (!isInside || taken.some((other) => overlap(box, other))) continue;
    taken.push(box);
    return { text, x, y: y + EDGE_FONT_SIZE * 0.35 };
  }
  return undefined;
}

function drawn(curve: Curve): Pick<EdgePath, "line" | "head" | "middle"> {
  const { start, control, end } = curve;
  const length = Math.max(1, Math.hypot(end.x - control.x, end.y - control.y));
  const [ux, uy] = [(end.x - control.x) / length, (end.y - control.y) / length];
  const base = { x: end.x - ux * ARROW, y: end.y - uy * ARROW };
  const side = ARROW * 0.45;
  return {
    line: `M${pair(start)}Q${pair(control)} ${pair(base)}`,
    head: `M${pair(end)}L${pair({ x: base.x - uy * side, y: base.y + ux * side })} ${pair({ x: base.x + uy * side, y: base.y - ux * side })}Z`,
    middle: at(curve, 0.5),
  };
}

function pair({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`;
}

function holds(box: Box, { x, y }: Point): boolean {
  return x > box.left && x < box.right && y > box.top && y < box.bottom;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
