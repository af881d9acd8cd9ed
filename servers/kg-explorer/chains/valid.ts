/**
 * Valid chains of a stored graph: typed relations of the vocabulary with evidence, no walk through hubs, no shortcut by any
 * relation at all. They are looked for among the entities nearest to where they begin.
 */
import { PREDICATES } from "../../../schemas/index.ts";
import type { PathGraph } from "../paths.ts";
import { chainGraph } from "./graph.ts";
import { longestChainAside } from "./thread.ts";

/** An entity with more relations than this may end a chain; it connects too much for one to lead through. */
const CHAIN_HUB = 100;
/** Entities among which a chain is looked for. */
const NEAREST = 2000;
/** Classifications, and the ontology itself: no steps of a chain unless they are asked for. */
const NO_STEPS: ReadonlySet<string> = new Set([
  "has_mode_of_inheritance",
  "has_onset",
  "has_clinical_course",
  "subclass_of",
]);

export interface NodeChainQuery {
  from: number;
  maxLength: number;
  predicates?: readonly string[] | undefined;
  budget: number;
}

/** The predicates that a chain may walk. */
function steps(graph: PathGraph, asked: readonly string[] | undefined): Set<number> {
  const names = asked ?? Object.keys(PREDICATES).filter((name) => !NO_STEPS.has(name));
  return new Set(names.map((name) => graph.predicate(name)).filter((p) => p !== undefined));
}

/** Relation of each step from `node` to another: the first with evidence. */
function* waysFrom(graph: PathGraph, node: number, allowed: ReadonlySet<number>): Generator<[number, number]> {
  const { starts, targets, predicates, relations } = graph.adjacency;
  const seen = new Set<number>();
  for (let i = starts[node]!; i < (starts[node + 1] ?? 0); i++) {
    const [other, relation] = [targets[i]!, relations[i]!];
    if (seen.has(other) || !allowed.has(predicates[i]!) || !graph.hasEvidence(relation)) continue;
    seen.add(other);
    yield [other, relation];
  }
}

/** The entities nearest to `from` by valid steps, from first; and whether there were more. */
export function nearest(
  graph: PathGraph,
  { from, maxLength, predicates }: NodeChainQuery,
): { nodes: number[]; isCut: boolean } {
  const allowed = steps(graph, predicates);
  const found = new Map([[from, 0]]);
  for (const [node, distance] of found) {
    if (distance >= maxLength || (node !== from && graph.degree(node) > CHAIN_HUB)) continue;
    const next = [...waysFrom(graph, node, allowed)].map(([other]) => other).filter((other) => !found.has(other));
    for (const other of next.toSorted((a, b) => graph.degree(a) - graph.degree(b) || a - b)) {
      if (found.size >= NEAREST) return { nodes: [...found.keys()], isCut: true };
      found.set(other, distance + 1);
    }
  }
  return { nodes: [...found.keys()], isCut: false };
}

export async function longestValidChain(
  graph: PathGraph,
  query: NodeChainQuery,
  signal?: AbortSignal,
): Promise<{ nodes: number[]; relations: number[]; bound: number; optimal: boolean; notes: string[] }> {
  const { nodes, isCut } = nearest(graph, query);
  const allowed = steps(graph, query.predicates);
  const place = new Map(nodes.map((node, i) => [node, i]));
  const pairs = (others: (node: number) => Iterable<number>) =>
    nodes.flatMap((node, i) =>
      [...others(node)].flatMap((other) => (place.has(other) ? [[i, place.get(other)!] as const] : [])),
    );
  const { starts, targets } = graph.adjacency;
  const chain = chainGraph(
    nodes.length,
    pairs((node) => [...waysFrom(graph, node, allowed)].map(([other]) => other)),
    {
      chords: pairs((node) => targets.subarray(starts[node], starts[node + 1] ?? starts[node])),
      ends: nodes.flatMap((node, i) => (i > 0 && graph.degree(node) > CHAIN_HUB ? [i] : [])),
    },
  );
  const { maxLength, budget } = query;
  const found = await longestChainAside({ graph: chain, query: { start: 0, maxLength, budget } }, signal);
  const path = found.path.map((i) => nodes[i]!);
  const relations = path.slice(1).map((to, i) => new Map(waysFrom(graph, path[i]!, allowed)).get(to)!);
  // Beyond the nearest there may be longer ones: nothing but the length asked for is a bound then.
  const bound = isCut ? maxLength : found.bound;
  const notes = [
    ...(isCut ? [`looked for among the ${NEAREST} nearest entities only`] : []),
    ...(found.optimal ? [] : [`the time was up: none of them has more than ${found.bound} steps`]),
  ];
  return { nodes: path, relations, bound, optimal: found.length === bound, notes };
}
