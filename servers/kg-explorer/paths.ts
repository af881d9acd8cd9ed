/**
 * Simple paths between two entities over an adjacency in memory, read in either direction: all of the shortest length
 * before any longer one. What lies between the ends (`reach.ts`) prunes every step that cannot arrive. The adjacency may be
 * a part of the graph, as long as all edges that lie on a way of at most `maxLength` steps are in it: the answer is the same.
 */
import type { Adjacency } from "./adjacency.ts";
import { arrivals, LONGEST_WAY, Reach } from "./reach.ts";

export interface PathGraph {
  adjacency: Adjacency;
  /** Asserted relations of a node to others in the whole graph, of which `adjacency` may hold a part. */
  degree(node: number): number;
  /** Integer of a predicate; undefined where the graph has none of that name. */
  predicate(name: string): number | undefined;
  /** Name of a node, for what is said to the reader. */
  label(node: number): string;
  hasEvidence(relation: number): boolean;
  /** Steps between two nodes by any way, over hubs too, by these predicates (any where absent); undefined where there is none. */
  steps(from: number, to: number, predicates: readonly string[] | undefined): number | undefined;
}

export interface NodePathQuery {
  from: number;
  to: number;
  maxLength: number;
  k: number;
  mode: "shortest" | "metapath";
  predicates?: readonly string[] | undefined;
}

export interface NodePath {
  nodes: number[];
  /** Rows of relations. */
  relations: number[];
}

/** An entity with more relations than this connects everything with everything: no path leads through it unasked. */
export const HUB_DEGREE = 500;
/** Paths of one length that are compared before the best are kept. */
const MAX_COMPARED = 2000;
/** Steps of one search. */
const MAX_STEPS = 150_000;

interface Search {
  graph: Adjacency;
  goal: number;
  /** Predicates allowed at each step: one set for all, or one a step. */
  allowed(step: number): ReadonlySet<number> | undefined;
  passable(node: number): boolean;
  /** Whether the goal can still be reached from `node` in exactly or at most `left` steps. */
  arrives(node: number, left: number): boolean;
  steps: number;
}

export function findPaths(
  graph: PathGraph,
  query: NodePathQuery,
): { paths: NodePath[]; reason?: string; notes: string[] } {
  if (query.from === query.to) return { paths: [], reason: "both ends are the same entity", notes: [] };
  const chosen = query.predicates?.map((name) => graph.predicate(name));
  if (chosen?.some((p) => p === undefined)) {
    const missing = query.predicates!.filter((name) => graph.predicate(name) === undefined);
    return { paths: [], reason: `filtered: the graph has no relation ${missing.join(", ")}`, notes: [] };
  }
  const predicates = chosen as number[] | undefined;
  if (query.mode === "metapath") return metapaths(graph, query, predicates ?? []);
  return shortest(graph, query, predicates && new Set(predicates));
}

function shortest(graph: PathGraph, query: NodePathQuery, allowed: ReadonlySet<number> | undefined) {
  const { adjacency } = graph;
  const { from, to, maxLength, k } = query;
  const passable = (node: number) => node === from || node === to || graph.degree(node) <= HUB_DEGREE;
  const reach = new Reach(adjacency, from, to, allowed, passable);
  let remaining = reach.remaining();
  const search: Search = {
    graph: adjacency,
    goal: to,
    allowed: () => allowed,
    passable,
    arrives: (node, left) => remaining[node]! <= left,
    steps: 0,
  };
  const paths: NodePath[] = [];
  while (reach.length < maxLength && paths.length < k && search.steps < MAX_STEPS) {
    reach.grow();
    remaining = reach.remaining();
    if (!reach.isJoined(remaining)) continue;
    const found = pathsOfLength(search, from, reach.length);
    paths.push(...ranked(graph, found).slice(0, k - paths.length));
  }
  // A shortcut is no longer than the ways that are shown.
  const held = reach.closedWithin(Math.floor(reach.length / 2));
  if (paths.length === 0) return { paths, reason: whyNone(graph, query, allowed, passable, held), notes: [] };
  const notes: string[] = [];
  if (search.steps >= MAX_STEPS) notes.push("the search was stopped early: there may be more paths of the last length");
  if (held.length > 0) notes.push(`held back as hubs (over ${HUB_DEGREE} relations): ${labels(graph, held)}`);
  return { paths: paths.map((path) => withBestEvidence(graph, path, () => allowed)), notes };
}

function metapaths(graph: PathGraph, query: NodePathQuery, predicates: readonly number[]) {
  const { adjacency } = graph;
  const sets = predicates.map((p) => new Set([p]));
  const marks = arrivals(adjacency, query.from, query.to, predicates);
  const search: Search = {
    graph: adjacency,
    goal: query.to,
    allowed: (step) => sets[step],
    passable: () => true,
    arrives: (node, left) => (marks[node]! & (1 << left)) !== 0,
    steps: 0,
  };
  const found = ranked(graph, pathsOfLength(search, query.from, predicates.length)).slice(0, query.k);
  const stopped = search.steps >= MAX_STEPS;
  const notes = stopped ? ["the search was stopped early: there may be more such paths"] : [];
  const reason = stopped
    ? "capped: too many ways to try before one arrived; name an entity in between"
    : `filtered: no path follows ${query.predicates?.join(" → ")}`;
  const paths = found.map((path) => withBestEvidence(graph, path, (step) => sets[step]));
  return paths.length > 0 ? { paths, notes } : { paths, reason, notes };
}

function pathsOfLength(search: Search, from: number, length: number): NodePath[] {
  const found: NodePath[] = [];
  const nodes = [from];
  const visit = (node: number) => {
    const left = length - nodes.length + 1;
    if (node === search.goal || left === 0) {
      if (node === search.goal && left === 0) found.push({ nodes: [...nodes], relations: [] });
      return;
    }
    const { graph } = search;
    const allowed = search.allowed(nodes.length - 1);
    const tried = new Set<number>();
    for (let i = graph.starts[node]!; i < (graph.starts[node + 1] ?? 0); i++) {
      const other = graph.targets[i]!;
      if (allowed && !allowed.has(graph.predicates[i]!)) continue;
      if (!search.arrives(other, left - 1) || !search.passable(other)) continue;
      // Only steps that can arrive are counted: they are the same in every part of the graph that holds them all.
      if (found.length >= MAX_COMPARED || ++search.steps >= MAX_STEPS) return;
      if (tried.has(other) || nodes.includes(other)) continue;
      tried.add(other);
      nodes.push(other);
      visit(other);
      nodes.pop();
    }
  };
  visit(from);
  return found;
}

/** Through the rarest entities first: a path over a hub says little. */
function ranked(graph: PathGraph, paths: readonly NodePath[]): NodePath[] {
  const commonness = (path: NodePath) =>
    path.nodes.slice(1, -1).reduce((sum, node) => sum + Math.log(graph.degree(node)), 0);
  return paths
    .map((path) => ({ path, cost: commonness(path) }))
    .toSorted((a, b) => a.cost - b.cost || compare(a.path.nodes, b.path.nodes))
    .map(({ path }) => path);
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((node, i) => node !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

/** Of parallel relations the first with evidence stands for the step. */
function withBestEvidence(
  graph: PathGraph,
  path: NodePath,
  allowed: (step: number) => ReadonlySet<number> | undefined,
): NodePath {
  const { starts, targets, predicates, relations } = graph.adjacency;
  const chosen = path.nodes.slice(1).map((to, step) => {
    const from = path.nodes[step]!;
    const parallel: number[] = [];
    for (let i = starts[from]!; i < starts[from + 1]!; i++) {
      if (targets[i] === to && (allowed(step)?.has(predicates[i]!) ?? true)) parallel.push(relations[i]!);
    }
    return parallel.find((relation) => graph.hasEvidence(relation)) ?? parallel[0]!;
  });
  return { nodes: path.nodes, relations: chosen };
}

/** Which rule kept the ends apart: each is lifted in turn. */
function whyNone(
  graph: PathGraph,
  query: NodePathQuery,
  allowed: ReadonlySet<number> | undefined,
  passable: (node: number) => boolean,
  held: readonly number[],
): string {
  const { from, to, maxLength, predicates } = query;
  if (allowed && new Reach(graph.adjacency, from, to, undefined, passable).shortest(maxLength)) {
    return `filtered: they are connected within ${maxLength} steps, but not by ${predicates?.join(", ")} alone`;
  }
  const steps = graph.steps(from, to, allowed ? predicates : undefined);
  if (steps !== undefined && steps <= maxLength) {
    const named = held.length > 0 ? ` (${labels(graph, held)})` : "";
    return `capped: connected in ${steps} steps only over hubs${named}, which connect nearly everything; name the route with mode metapath, or ask get_neighbors of an end`;
  }
  if (steps) return `too far: the shortest connection has ${steps} steps, more than maxLength ${maxLength}`;
  return allowed ? `filtered: not connected by ${query.predicates?.join(", ")}` : "not connected";
}

function labels(graph: PathGraph, nodes: readonly number[]): string {
  const first = nodes
    .toSorted((a, b) => graph.degree(b) - graph.degree(a) || a - b)
    .slice(0, 5)
    .map((node) => `${graph.label(node)} (${graph.degree(node)})`);
  return first.join(", ") + (nodes.length > first.length ? ` and ${nodes.length - first.length} more` : "");
}

/** Steps of the shortest way between two nodes of a whole adjacency by any nodes. */
export function stepsBetween(
  adjacency: Adjacency,
  from: number,
  to: number,
  allowed: ReadonlySet<number> | undefined,
): number | undefined {
  return new Reach(adjacency, from, to, allowed, () => true).shortest(LONGEST_WAY);
}
