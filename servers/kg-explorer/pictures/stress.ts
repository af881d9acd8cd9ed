/**
 * Where the nodes of one connected piece go: so that distances on the page are as those in the graph (stress, reduced
 * by stochastic gradient descent: Zheng, Pawar, Goodman 2018). The shuffling is seeded: the same piece gives the same
 * picture everywhere.
 */
import { mulberry32 } from "../../kit/mulberry.ts";

export interface Point {
  x: number;
  y: number;
}

const ROUNDS = 60;
/** Learning rate of the last round, relative to the shortest distance squared. */
const LAST_RATE = 0.05;

/**
 * @param distances steps between each two nodes, row by row; all finite
 * @returns one point per node, in units of one step, around (0, 0)
 */
export function placeByStress(distances: readonly Uint16Array[]): Point[] {
  const n = distances.length;
  const random = mulberry32(n + 1);
  // On a spiral to begin with: no two in one place, and no line that stays a line.
  const points = Array.from({ length: n }, (_, i) => {
    const angle = i * 2.399963;
    return { x: Math.sqrt(i) * Math.cos(angle), y: Math.sqrt(i) * Math.sin(angle) };
  });
  const pairs: [number, number][] = [];
  let longest = 1;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      pairs.push([i, j]);
      longest = Math.max(longest, distances[i]![j]!);
    }
  }
  const decay = Math.log(longest ** 2 / LAST_RATE) / (ROUNDS - 1);
  for (let round = 0; round < ROUNDS; round++) {
    const rate = longest ** 2 * Math.exp(-decay * round);
    shuffle(pairs, random);
    for (const [i, j] of pairs) approach(points[i]!, points[j]!, distances[i]![j]!, rate);
  }
  return points;
}

/** Moves two points towards the distance that they should have. */
function approach(a: Point, b: Point, wanted: number, rate: number): void {
  const dx = a.x - b.x;
  const dy = a.y - b.y;
  const length = Math.max(1e-6, Math.hypot(dx, dy));
  const step = (Math.min(1, rate / wanted ** 2) * (length - wanted)) / 2 / length;
  a.x -= dx * step;
  a.y -= dy * step;
  b.x += dx * step;
  b.y += dy * step;
}

function shuffle(items: unknown[], random: () => number): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j], items[i]];
  }
}
