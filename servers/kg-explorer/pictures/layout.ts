/** The layout of a subgraph: each connected piece by its distances, labels pushed apart, pieces side by side. Deterministic. */
import { widthOf, wrap } from "../../kit/drawing/text.ts";
import type { Edge, Node, PictureGraph } from "./graph.ts";
import { placeByStress, type Point } from "./stress.ts";

export const FONT_SIZE = 13;
export const LINE_HEIGHT = 15;
const NODE_RADIUS = 9;
const SEED_RADIUS = 12;
const LABEL_WIDTH = 136;
const LABEL_LINES = 3;
/** Pixels of one step in the graph. */
const STEP = 122;
/** Between the boxes of two nodes, beside and below one another: a line's label fits below. */
const GAP = 12;
const GAP_BELOW = 20;
const MARGIN = 14;

export interface PlacedNode extends Node {
  x: number;
  y: number;
  radius: number;
  /** Lines of the label, below the node's shape. */
  lines: string[];
  /** Half the width of shape and label; above and below are measured from the shape's centre. */
  half: number;
  above: number;
  below: number;
}

export interface Layout {
  nodes: PlacedNode[];
  edges: Edge[];
  width: number;
  height: number;
}

/** @param width pixels to fill; the height follows */
export function layOut({ nodes, edges }: PictureGraph, width: number): Layout {
  const placed = nodes.map(withLabel);
  const neighbours = neighboursOf(nodes.length, edges);
  const pieces = connected(neighbours).map((members) => {
    const points = placeByStress(distancesWithin(members, neighbours));
    return spread(
      members.map((m) => placed[m]!),
      points,
      width - 2 * MARGIN,
    );
  });
  const height = arrange(pieces, width);
  return { nodes: placed, edges, width, height };
}

function withLabel(node: Node): PlacedNode {
  const radius = node.isSeed ? SEED_RADIUS : NODE_RADIUS;
  const lines = wrap(node.name, LABEL_WIDTH, FONT_SIZE, LABEL_LINES);
  const widest = Math.max(...lines.map((line) => widthOf(line, FONT_SIZE)));
  const above = radius * 1.5;
  return {
    ...node,
    x: 0,
    y: 0,
    radius,
    lines,
    half: Math.max(above, widest / 2) + 2,
    above,
    below: radius * 1.5 + 3 + lines.length * LINE_HEIGHT,
  };
}

function neighboursOf(n: number, edges: readonly Edge[]): number[][] {
  const lists = Array.from({ length: n }, () => new Set<number>());
  for (const { from, to } of edges) {
    if (from === to) continue;
    lists[from]!.add(to);
    lists[to]!.add(from);
  }
  return lists.map((list) => [...list]);
}

/** Connected pieces, largest first. */
function connected(neighbours: readonly (readonly number[])[]): number[][] {
  const seen = new Set<number>();
  const pieces: number[][] = [];
  for (const start of neighbours.keys()) {
    if (seen.has(start)) continue;
    const piece = [start];
    seen.add(start);
    for (const node of piece) {
      for (const next of neighbours[node]!) {
        if (seen.has(next)) continue;
        seen.add(next);
        piece.push(next);
      }
    }
    pieces.push(piece);
  }
  return pieces.toSorted((a, b) => b.length - a.length);
}

/** Steps between each two members of a piece (breadth first from each). */
function distancesWithin(members: readonly number[], neighbours: readonly (readonly number[])[]): Uint16Array[] {
  const place = new Map(members.map((m, i) => [m, i]));
  return members.map((start) => {
    const distances = new Uint16Array(members.length);
    const queue = [start];
    const seen = new Set(queue);
    for (const node of queue) {
      for (const next of neighbours[node]!) {
        if (seen.has(next)) continue;
        seen.add(next);
        distances[place.get(next)!] = distances[place.get(node)!]! + 1;
        queue.push(next);
      }
    }
    return distances;
  });
}

interface Piece {
  nodes: PlacedNode[];
  width: number;
  height: number;
}

/** Scales a piece to pixels no wider than `width`, its long side down the page, and pushes overlapping labels apart. */
function spread(nodes: PlacedNode[], points: readonly Point[], width: number): Piece {
  const turned = longSideDown(points);
  // Labels are wider than high: a step to the side is longer than one down.
  const wide = Math.max(...turned.map((p) => p.x)) - Math.min(...turned.map((p) => p.x));
  const room = Math.max(1, width - LABEL_WIDTH);
  const scaleX = Math.min(STEP * 1.3, wide > 0 ? room / wide : STEP);
  // What is taken from the width is given to the height.
  const scaleY = Math.min(STEP * 2, (STEP * STEP) / Math.max(scaleX, STEP / 2));
  nodes.forEach((node, i) => {
    node.x = turned[i]!.x * scaleX;
    node.y = turned[i]!.y * scaleY;
  });
  separate(nodes, room / 2);
  return boxed(nodes);
}

/** Turned about the middle so that the points' main direction is vertical. */
function longSideDown(points: readonly Point[]): Point[] {
  const middle = {
    x: points.reduce((sum, p) => sum + p.x, 0) / points.length,
    y: points.reduce((sum, p) => sum + p.y, 0) / points.length,
  };
  let [xx, xy, yy] = [0, 0, 0];
  for (const p of points) {
    xx += (p.x - middle.x) ** 2;
    xy += (p.x - middle.x) * (p.y - middle.y);
    yy += (p.y - middle.y) ** 2;
  }
  const turn = Math.PI / 2 - Math.atan2(2 * xy, xx - yy) / 2;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return points.map((p) => ({
    x: (p.x - middle.x) * cos - (p.y - middle.y) * sin,
    y: (p.x - middle.x) * sin + (p.y - middle.y) * cos,
  }));
}

/** Pushes boxes apart where they overlap, along the shorter way, within `reach` to either side. */
function separate(nodes: readonly PlacedNode[], reach: number): void {
  for (let round = 0; round < 400; round++) {
    let moved = false;
    for (let i = 0; i < nodes.length; i++) {
      for (let j = i + 1; j < nodes.length; j++) moved = pushApart(nodes[i]!, nodes[j]!, reach) || moved;
    }
    if (!moved) return;
  }
}

function pushApart(a: PlacedNode, b: PlacedNode, reach: number): boolean {
  const overX = a.half + b.half + GAP - Math.abs(a.x - b.x);
  const [upper, lower] = a.y <= b.y ? [a, b] : [b, a];
  const overY = upper.below + lower.above + GAP_BELOW - (lower.y - upper.y);
  if (overX <= 0.5 || overY <= 0.5) return false;
  const atBorder = Math.max(Math.abs(a.x), Math.abs(b.x)) >= reach;
  if (overX < overY && !atBorder) {
    const [left, right] = a.x <= b.x ? [a, b] : [b, a];
    left.x = Math.max(-reach, left.x - overX / 2);
    right.x = Math.min(reach, right.x + overX / 2);
  } else {
    upper.y -= overY / 2;
    lower.y += overY / 2;
  }
  return true;
}

function boxed(nodes: PlacedNode[]): Piece {
  const left = Math.min(...nodes.map((n) => n.x - n.half));
  const top = Math.min(...nodes.map((n) => n.y - n.above));
  for (const node of nodes) {
    node.x -= left;
    node.y -= top;
  }
  return {
    nodes,
    width: Math.max(...nodes.map((n) => n.x + n.half)),
    height: Math.max(...nodes.map((n) => n.y + n.below)),
  };
}

/** Sets the pieces in rows; each row is centred. @returns the height of all */
function arrange(pieces: readonly Piece[], width: number): number {
  const inner = width - 2 * MARGIN;
  let top = MARGIN;
  let row: Piece[] = [];
  const used = () => row.reduce((sum, p) => sum + p.width, 0) + 2 * GAP * Math.max(0, row.length - 1);
  const close = () => {
    let x = MARGIN + Math.max(0, (inner - used()) / 2);
    for (const piece of row) {
      for (const node of piece.nodes) {
        node.x += x;
        node.y += top;
      }
      x += piece.width + 2 * GAP;
    }
    top += Math.max(0, ...row.map((p) => p.height)) + 2 * GAP;
    row = [];
  };
  for (const piece of pieces) {
    if (row.length > 0 && used() + 2 * GAP + piece.width > inner) close();
    row.push(piece);
  }
  if (row.length > 0) close();
  return top - 2 * GAP + MARGIN;
}
