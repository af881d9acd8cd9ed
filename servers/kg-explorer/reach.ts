/**
 * What lies on the ways between two entities, looked at from both ends at once and no further than the answer needs: where
 * everything is four steps from everything, two steps from each end are a hundredth of the graph.
 */
import type { Adjacency } from "./adjacency.ts";

const UNREACHED = 255;
/** Steps are counted up to this number. */
export const LONGEST_WAY = UNREACHED - 1;

type Predicates = ReadonlySet<number> | undefined;
type Passable = (node: number) => boolean;

/** Two ends of a question, and the ways between them up to a length that grows. */
export class Reach {
  readonly #graph: Adjacency;
  readonly #start: number;
  readonly #allowed: Predicates;
  readonly #passable: Passable;
  readonly #from: Ball;
  readonly #to: Ball;

  /** @param allowed predicates; all where undefined. @param passable whether a way may lead through a node */
  constructor(graph: Adjacency, from: number, to: number, allowed: Predicates, passable: Passable) {
    this.#graph = graph;
    this.#start = from;
    this.#allowed = allowed;
    this.#passable = passable;
    this.#from = new Ball(graph, from, allowed, passable);
    this.#to = new Ball(graph, to, allowed, passable);
  }

  /** The length of the ways that can be seen. */
  get length(): number {
    return this.#from.radius + this.#to.radius;
  }

  /** Looks one step further: in turns, so that both ends come half the way, first from where there is less to look at. */
  grow(): void {
    const [one, other] = [this.#from, this.#to];
    const isNext = one.radius < other.radius || (one.radius === other.radius && one.cost() <= other.cost());
    (isNext ? one : other).grow();
  }

  /** Steps left to the goal from every node that lies on a way of at most `length` steps; more than that where there is none. */
  remaining(): Uint8Array {
    const { starts, targets, predicates } = this.#graph;
    const left = this.#to.steps.slice();
    let { frontier } = this.#to;
    for (let steps = this.#to.radius + 1; steps <= this.length && frontier.length > 0; steps++) {
      const next: number[] = [];
      for (const node of frontier) {
        for (let i = starts[node]!; i < starts[node + 1]!; i++) {
          const other = targets[i]!;
          // The other end is nearer to what is on such a way.
          if (left[other] !== UNREACHED || this.#from.steps[other]! > this.length - steps) continue;
          if (this.#allowed && !this.#allowed.has(predicates[i]!)) continue;
          left[other] = steps;
          if (this.#passable(other)) next.push(other);
        }
      }
      frontier = next;
    }
    return left;
  }

  /** Whether a way of at most `length` steps joins the ends, by what `remaining` says. */
  isJoined(remaining: Uint8Array): boolean {
    return (remaining[this.#start] ?? UNREACHED) <= this.length;
  }

  /** Steps of the shortest way, of at most `limit`. */
  shortest(limit: number): number | undefined {
    while (this.length < limit && this.#from.frontier.length > 0 && this.#to.frontier.length > 0) {
      this.grow();
      if (this.isJoined(this.remaining())) return this.length;
    }
    return undefined;
  }

  /** Nodes that may not be passed and that both ends reach in at most so many steps, ascending. */
  closedWithin(steps: number): number[] {
    const [one, other] = [this.#from.steps, this.#to.steps];
    return this.#from.closed.filter((n) => one[n]! <= steps && other[n]! <= steps).toSorted((a, b) => a - b);
  }
}

/** What is reached from one end within `radius` steps. */
class Ball {
  readonly steps: Uint8Array;
  radius = 0;
  /** Nodes at `radius` that may be passed. */
  frontier: number[];
  /** Nodes that were reached and may not be passed. */
  readonly closed: number[] = [];
  readonly #graph: Adjacency;
  readonly #allowed: Predicates;
  readonly #passable: Passable;

  constructor(graph: Adjacency, start: number, allowed: Predicates, passable: Passable) {
    this.#graph = graph;
    this.#allowed = allowed;
    this.#passable = passable;
    this.steps = new Uint8Array(graph.nodes + 1).fill(UNREACHED);
    this.frontier = start <= graph.nodes ? [start] : [];
    for (const node of this.frontier) this.steps[node] = 0;
  }

  /** Relations that the next step looks at. */
  cost(): number {
    return relationsOf(this.#graph, this.frontier);
  }

  grow(): void {
    const { starts, targets, predicates } = this.#graph;
    this.radius++;
    const next: number[] = [];
    for (const node of this.frontier) {
      for (let i = starts[node]!; i < starts[node + 1]!; i++) {
        const other = targets[i]!;
        if (this.steps[other] !== UNREACHED || (this.#allowed && !this.#allowed.has(predicates[i]!))) continue;
        this.steps[other] = this.radius;
        (this.#passable(other) ? next : this.closed).push(other);
      }
    }
    this.frontier = next;
  }
}

/**
 * For every node on a way from `from` to `to` along these predicates a bit per number of steps: bit n is set where the last
 * n predicates lead from it to `to`. @param predicates at most 15
 */
export function arrivals(graph: Adjacency, from: number, to: number, predicates: readonly number[]): Uint16Array {
  const back = new Uint16Array(graph.nodes + 1);
  if (from > graph.nodes || to > graph.nodes) return back;
  const forward = new Uint16Array(graph.nodes + 1);
  forward[from] = 1;
  back[to] = 1;
  const steps = predicates.length;
  let [ahead, behind] = [[from], [to]];
  let [gone, left] = [0, 0];
  while (gone + left < steps) {
    if (relationsOf(graph, ahead) <= relationsOf(graph, behind)) {
      ahead = stepAlong(graph, ahead, predicates[gone]!, forward, ++gone);
    } else behind = stepAlong(graph, behind, predicates[steps - left - 1]!, back, ++left);
  }
  // The rest of the way back leads only over what was reached on the way there.
  while (left < steps && behind.length > 0) {
    const reached = (node: number) => (forward[node]! & (1 << (steps - left))) !== 0;
    behind = stepAlong(graph, behind, predicates[steps - left - 1]!, back, ++left).filter(reached);
  }
  return back;
}

/** Marks what one more step by this predicate reaches with the bit of the step. */
function stepAlong(
  { starts, targets, predicates }: Adjacency,
  nodes: readonly number[],
  predicate: number,
  marks: Uint16Array,
  step: number,
): number[] {
  const bit = 1 << step;
  const next: number[] = [];
  for (const node of nodes) {
    for (let i = starts[node]!; i < starts[node + 1]!; i++) {
      const other = targets[i]!;
      if (predicates[i] !== predicate || marks[other]! & bit) continue;
      marks[other]! |= bit;
      next.push(other);
    }
  }
  return next;
}

function relationsOf({ starts }: Adjacency, nodes: readonly number[]): number {
  let count = 0;
  for (const node of nodes) count += starts[node + 1]! - starts[node]!;
  return count;
}
