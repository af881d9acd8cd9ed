/** Who is reached from one entity along a metapath, and in how many ways: what shares findings, a gene or a pathway with it. */
import type { NodePath, PathGraph } from "./paths.ts";

export interface NodeEndsQuery {
  from: number;
  predicates: readonly string[];
  ways: number;
  limit: number;
  among?: ReadonlySet<number> | undefined;
}

export interface NodeEnd {
  node: number;
  ways: number;
  paths: NodePath[];
}

/** Steps of one search. */
const MAX_STEPS = 2_000_000;
/** Ways shown of each end. */
const SHOWN = 3;

interface Reached {
  ways: number;
  /** Ways over rare entities count for more. */
  weight: number;
  /** The rarest so far, with what they weigh. */
  best: { weight: number; nodes: number[] }[];
}

/** Ways differ where they lead over other entities; parallel relations are one way. */
export function findEnds(
  graph: PathGraph,
  { from, predicates, ways, limit, among }: NodeEndsQuery,
): { ends: NodeEnd[]; total: number; notes: string[] } {
  const chosen = predicates.map((name) => graph.predicate(name));
  const reached = new Map<number, Reached>();
  const shown = Math.max(SHOWN, ways);
  const steps = chosen.includes(undefined) ? 0 : walk(graph, from, chosen as number[], shown, reached, among);
  const all = [...reached].filter(([, end]) => end.ways >= ways);
  const best = all.toSorted(([a, x], [b, y]) => y.weight - x.weight || y.ways - x.ways || a - b).slice(0, limit);
  return {
    total: all.length,
    ends: best.map(([node, end]) => ({
      node,
      ways: end.ways,
      paths: end.best.map(({ nodes }) => ({ nodes, relations: relationsOf(graph, nodes, chosen as number[]) })),
    })),
    notes: steps < MAX_STEPS ? [] : ["the search was stopped early: there may be more ends, and more ways to these"],
  };
}

/** @returns the steps taken */
function walk(
  graph: PathGraph,
  from: number,
  predicates: readonly number[],
  shown: number,
  reached: Map<number, Reached>,
  among: ReadonlySet<number> | undefined,
): number {
  const { starts, targets, predicates: labels } = graph.adjacency;
  const nodes = [from];
  let steps = 0;
  const visit = (node: number, commonness: number): void => {
    const depth = nodes.length - 1;
    const seen = new Set<number>();
    for (let i = starts[node]!; i < (starts[node + 1] ?? 0); i++) {
      if (labels[i] !== predicates[depth]) continue;
      const other = targets[i]!;
      if (seen.has(other) || nodes.includes(other)) continue;
      if (among && nodes.length === predicates.length && !among.has(other)) continue;
      if (++steps >= MAX_STEPS) return;
      seen.add(other);
      nodes.push(other);
      if (nodes.length > predicates.length) keep(reached, nodes, 1 / Math.max(1, commonness), shown);
      else visit(other, commonness + Math.log(1 + graph.degree(other)));
      nodes.pop();
    }
  };
  visit(from, 0);
  return steps;
}

function keep(reached: Map<number, Reached>, nodes: readonly number[], weight: number, shown: number): void {
  const node = nodes.at(-1)!;
  let end = reached.get(node);
  if (!end) reached.set(node, (end = { ways: 0, weight: 0, best: [] }));
  end.ways++;
  end.weight += weight;
  const { best } = end;
  if (best.length === shown && best.at(-1)!.weight >= weight) return;
  if (best.length === shown) best.pop();
  const at = best.findIndex((way) => way.weight < weight);
  best.splice(at < 0 ? best.length : at, 0, { weight, nodes: [...nodes] });
}

/** Of parallel relations the first with evidence stands for the step. */
function relationsOf(graph: PathGraph, nodes: readonly number[], predicates: readonly number[]): number[] {
  const { starts, targets, predicates: labels, relations } = graph.adjacency;
  return nodes.slice(1).map((to, step) => {
    const from = nodes[step]!;
    const parallel: number[] = [];
    for (let i = starts[from]!; i < starts[from + 1]!; i++) {
      if (targets[i] === to && labels[i] === predicates[step]) parallel.push(relations[i]!);
    }
    return parallel.find((relation) => graph.hasEvidence(relation)) ?? parallel[0]!;
  });
}
