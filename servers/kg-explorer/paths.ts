/**
 * Simple paths between two entities over an adjacency in memory, read in either direction: all of the shortest length
 * before any longer one. A distance table from the goal prunes every step that cannot arrive in time. The adjacency may be
 * a part of the graph, as long as all edges that lie on a way of at most `maxLength` steps are in it: the answer is the same.
 */
import type { Adjacency } from "./adjacency.ts";

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
const UNREACHED = 255;
export const LONGEST_WAY = UNREACHED - 1;

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
  const remaining = distances(adjacency, to, maxLength, allowed, passable);
  const notes: string[] = [];
  const first = remaining[from] ?? UNREACHED;
  const hubs = (length: number) => heldBack(graph, query.from, length, allowed, passable, remaining);
  if (first === UNREACHED)
    return { paths: [], reason: whyNone(graph, query, allowed, passable, hubs(maxLength)), notes };
  const search: Search = {
    graph: adjacency,
    goal: to,
    allowed: () => allowed,
    passable,
    arrives: (node, left) => remaining[node]! <= left,
    steps: 0,
  };
  const paths: NodePath[] = [];
  for (let length = first; length <= maxLength && paths.length < k && search.steps < MAX_STEPS; length++) {
    const found = pathsOfLength(search, from, length);
    paths.push(...ranked(graph, found).slice(0, k - paths.length));
  }
  if (search.steps >= MAX_STEPS) notes.push("the search was stopped early: there may be more paths of the last length");
  // A shortcut is no longer than the ways that are shown.
  const held = hubs(paths.length < k ? maxLength : paths.at(-1)!.nodes.length - 1);
  if (held.length > 0) notes.push(`held back as hubs (over ${HUB_DEGREE} relations): ${labels(graph, held)}`);
  return { paths: paths.map((path) => withBestEvidence(graph, path, () => allowed)), notes };
}

/** Hubs that both ends reach in at most half the steps: what a shortcut of this length leads over. */
function heldBack(
  { adjacency }: PathGraph,
  from: number,
  length: number,
  allowed: ReadonlySet<number> | undefined,
  passable: (node: number) => boolean,
  remaining: Uint8Array,
): number[] {
  const half = Math.floor(length / 2);
  const reached = distances(adjacency, from, half, allowed, passable);
  const hubs: number[] = [];
  for (let node = 0; node < reached.length; node++) {
    if (reached[node]! <= half && remaining[node]! <= half && !passable(node)) hubs.push(node);
  }
  return hubs;
}

function metapaths(graph: PathGraph, query: NodePathQuery, predicates: readonly number[]) {
  const { adjacency } = graph;
  const sets = predicates.map((p) => new Set([p]));
  const arrivals = arrivalsAt(adjacency, query.to, predicates);
  const search: Search = {
    graph: adjacency,
    goal: query.to,
    allowed: (step) => sets[step],
    passable: () => true,
    arrives: (node, left) => (arrivals[node]! & (1 << left)) !== 0,
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

/** Steps from every node to `goal`, up to `limit`; `UNREACHED` beyond. */
function distances(
  graph: Adjacency,
  goal: number,
  limit: number,
  allowed: ReadonlySet<number> | undefined,
  passable: (node: number) => boolean,
): Uint8Array {
  const found = new Uint8Array(graph.nodes + 1).fill(UNREACHED);
  if (goal > graph.nodes) return found;
  found[goal] = 0;
  let frontier = [goal];
  for (let distance = 1; distance <= limit && frontier.length > 0; distance++) {
    const next: number[] = [];
    for (const node of frontier) {
      if (!passable(node)) continue;
      for (let i = graph.starts[node]!; i < graph.starts[node + 1]!; i++) {
        const other = graph.targets[i]!;
        if (found[other] !== UNREACHED || (allowed && !allowed.has(graph.predicates[i]!))) continue;
        found[other] = distance;
        next.push(other);
      }
    }
    frontier = next;
  }
  return found;
}

/** For every node a bit per number of steps: bit n is set where the last n predicates lead from it to `goal`. */
function arrivalsAt(graph: Adjacency, goal: number, predicates: readonly number[]): Uint8Array {
  const found = new Uint8Array(graph.nodes + 1);
  if (goal > graph.nodes) return found;
  found[goal] = 1;
  let frontier = [goal];
  for (let left = 1; left <= predicates.length; left++) {
    const predicate = predicates.at(-left)!;
    const next: number[] = [];
    for (const node of frontier) {
      for (let i = graph.starts[node]!; i < graph.starts[node + 1]!; i++) {
        const other = graph.targets[i]!;
        if (graph.predicates[i] !== predicate || found[other]! & (1 << left)) continue;
        found[other]! |= 1 << left;
        next.push(other);
      }
    }
    frontier = next;
  }
  return found;
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
  const unfiltered = () => distances(graph.adjacency, to, maxLength, undefined, passable)[from] ?? UNREACHED;
  if (allowed && unfiltered() !== UNREACHED) {
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

/** Steps of the shortest way between two nodes of a whole adjacency, of at most `LONGEST_WAY`. */
export function stepsBetween(
  adjacency: Adjacency,
  from: number,
  to: number,
  allowed: ReadonlySet<number> | undefined,
): number | undefined {
  const steps = distances(adjacency, to, LONGEST_WAY, allowed, () => true)[from] ?? UNREACHED;
  return steps === UNREACHED ? undefined : steps;
}
