/**
 * Paths and surroundings over a graph in Neo4j: the relations around the ends are fetched step by step, until those that
 * the answer can depend on are here, and the searches of the embedded store run over them.
 */
import type { ChainQuery, EndsQuery, PathQuery } from "../backend.ts";
import { nearest } from "../chains/valid.ts";
import { findEnds } from "../ends.ts";
import { findPaths, HUB_DEGREE } from "../paths.ts";
import { LONGEST_WAY } from "../reach.ts";
import { gatherAround } from "../surroundings.ts";
import type { Run } from "./connection.ts";
import { Region } from "./region.ts";

interface Ways {
  /** Ids of entities and rows of relations. */
  paths: { nodes: string[]; relations: number[] }[];
  reason?: string | undefined;
  notes: string[];
}

interface Piece {
  /** Rows of entities and relations. */
  rows: number[];
  relations: number[];
  notes: string[];
}

const CUT = "the neighbourhood is too large to be fetched whole: there may be more; name predicates, or fewer steps";

/** See `findPaths`. @param predicates all names in use */
export async function findPathsIn(run: Run, query: PathQuery, predicates: readonly string[]): Promise<Ways> {
  const region = new Region(run, predicates);
  const [from, to] = (await region.addById([query.from, query.to])) as [number, number];
  if (query.mode === "metapath") {
    await fetchAlong(region, from, to, query.predicates ?? []);
    return search(run, region, query, from, to);
  }
  const sides = [new Side(region, from), new Side(region, to)];
  for (let length = 1; ; length++) {
    // A way of this length is fetched when the steps from both ends add up to it.
    const cheaper = sides[0]!.cost() <= sides[1]!.cost() ? sides[0]! : sides[1]!;
    await (length % 2 === 1 ? cheaper : sides.find((side) => side.steps < length / 2)!).step();
    const isLast = length >= query.maxLength || region.isCut;
    const answer = await search(run, region, { ...query, maxLength: length }, from, to, isLast);
    if (isLast || answer.paths.length >= query.k) return answer;
  }
}

/** See `findEnds`. */
export async function findEndsIn(run: Run, query: EndsQuery, predicates: readonly string[]) {
  const region = new Region(run, predicates);
  const [from] = (await region.addById([query.from])) as [number];
  let frontier = [from];
  for (const predicate of query.predicates) frontier = await region.expand(frontier, predicate);
  const { graph, rows, nodeAt, relationAt } = region.graph(() => undefined);
  const wanted = query.among && new Set(query.among);
  const among = wanted && new Set(rows.keys().filter((node) => wanted.has(region.nodes.get(rows[node]!)!.id)));
  const { ends, total, notes } = findEnds(graph, { ...query, from: nodeAt(from), among });
  const idOf = (node: number) => region.nodes.get(rows[node]!)!.id;
  return {
    total,
    notes: region.isCut ? [...notes, CUT] : notes,
    ends: ends.map(({ node, ways, paths }) => ({
      id: idOf(node),
      ways,
      paths: paths.map((p) => ({ nodes: p.nodes.map(idOf), relations: p.relations.map(relationAt) })),
    })),
  };
}

/** The part of the graph that `longestValidChain` looks at, and how its answer reads. */
export async function fetchForChain(run: Run, query: ChainQuery, predicates: readonly string[]) {
  const region = new Region(run, predicates);
  const [from] = (await region.addById([query.from])) as [number];
  await region.expand([from]);
  for (;;) {
    const { graph, rows, nodeAt, relationAt } = region.graph(() => undefined);
    const own = { ...query, from: nodeAt(from) };
    // All relations of the nearest decide who else is near, and what is a shortcut.
    const missing = nearest(graph, own)
      .nodes.map((node) => rows[node]!)
      .filter((row) => !region.isExpanded(row));
    if (missing.length > 0 && !region.isCut) await region.expand(missing);
    else {
      const idAt = (node: number) => region.nodes.get(rows[node]!)!.id;
      return { graph, query: own, idAt, relationAt, notes: region.isCut ? [CUT] : [] };
    }
  }
}

/** See `gatherAround`. */
export async function gatherIn(
  run: Run,
  ids: readonly string[],
  depth: number,
  limit: number,
  predicates: readonly string[],
): Promise<Piece> {
  const region = new Region(run, predicates);
  const seeds = await region.addById(ids);
  await region.expand(seeds);
  for (;;) {
    const { graph, rows, nodeAt, relationAt } = region.graph(() => undefined);
    const piece = gatherAround(graph, seeds.map(nodeAt), depth, limit);
    const chosen = piece.nodes.map((node) => rows[node]!);
    // All relations of what is chosen decide what else is.
    const missing = chosen.filter((row) => !region.isExpanded(row));
    if (missing.length > 0 && !region.isCut) await region.expand(missing);
    else {
      const notes = region.isCut ? [...piece.notes, CUT] : piece.notes;
      return { rows: chosen, relations: piece.relations.map(relationAt), notes };
    }
  }
}

/** What is reached from one end, hubs not passed. */
class Side {
  steps = 0;
  readonly #region: Region;
  readonly #seen: Set<number>;
  #frontier: number[];

  constructor(region: Region, start: number) {
    this.#region = region;
    this.#seen = new Set([start]);
    this.#frontier = [start];
  }

  /** Relations that the next step would fetch. */
  cost(): number {
    return this.#frontier.reduce((sum, row) => sum + this.#region.nodes.get(row)!.degree, 0);
  }

  async step(): Promise<void> {
    this.steps++;
    const others = await this.#region.expand(this.#frontier);
    this.#frontier = [];
    for (const row of others) {
      if (this.#seen.has(row)) continue;
      this.#seen.add(row);
      if (this.#region.nodes.get(row)!.degree <= HUB_DEGREE) this.#frontier.push(row);
    }
  }
}

/** The relations of a metapath: forward along the first predicates and back along the last, always where there is less. */
async function fetchAlong(region: Region, from: number, to: number, predicates: readonly string[]): Promise<void> {
  let [first, last] = [0, predicates.length - 1];
  let [forward, backward] = [[from], [to]];
  while (first <= last && !region.isCut) {
    if (forward.length <= backward.length) forward = await region.expand(forward, predicates[first++]);
    else backward = await region.expand(backward, predicates[last--]);
  }
}

async function search(
  run: Run,
  region: Region,
  query: PathQuery,
  from: number,
  to: number,
  isLast = true,
): Promise<Ways> {
  let steps: number | undefined;
  let isAsked = false;
  const { graph, rows, nodeAt, relationAt } = region.graph(() => {
    isAsked = true;
    return steps;
  });
  const attempt = () => findPaths(graph, { ...query, from: nodeAt(from), to: nodeAt(to) });
  let answer = attempt();
  if (isAsked && isLast) {
    steps = await stepsBetween(run, from, to, query.predicates);
    answer = attempt();
  }
  return {
    ...answer,
    paths: answer.paths.map(({ nodes, relations }) => ({
      nodes: nodes.map((node) => region.nodes.get(rows[node]!)!.id),
      relations: relations.map(relationAt),
    })),
    notes: region.isCut ? [...answer.notes, CUT] : answer.notes,
  };
}

/** Steps of the shortest way by any entities, hubs too. */
async function stepsBetween(
  run: Run,
  from: number,
  to: number,
  predicates: readonly string[] | undefined,
): Promise<number | undefined> {
  const [found] = await run(
    `MATCH (a:Entity {row: toInteger($from)}), (b:Entity {row: toInteger($to)})
     MATCH p = shortestPath((a)-[:RELATES*..${LONGEST_WAY}]-(b))
     WHERE none(r IN relationships(p) WHERE r.negated) AND ($predicates IS NULL OR all(r IN relationships(p) WHERE r.predicate IN $predicates))
     RETURN length(p) AS steps`,
    { from, to, predicates: predicates ?? null },
  );
  return found && Number(found["steps"]);
}
