/** How entities are connected: paths between two, whoever a metapath reaches, and longest chains. */
import type { Entity, Path, PathsResult, RelationHit } from "../../../schemas/index.ts";
import { invalidArguments } from "../../kit/index.ts";
import type { DocumentStore } from "../../knowledge/index.ts";
import { notes, outcome, PAGE_BYTES, type Result } from "../answer.ts";
import type { EndsQuery, FoundPath, GraphBackend } from "../backend.ts";
import type { ChainReport } from "../chains/index.ts";
import { EvidenceTrimmer } from "../evidence.ts";
import { resolveEntity } from "../resolve.ts";
import { predicatesOf } from "../terms.ts";
import type { Stores } from "./stores.ts";

/** Steps of a path, and of a longest chain, where nothing is said; and at most. */
const STEPS = 4;
const MOST_STEPS = 6;
const LONGEST = 8;
/** Time for a longest chain, in milliseconds. */
const CHAIN_MS = 10_000;

export interface PathsQuery {
  from: string;
  /** Without it: whoever is reached along a metapath, or where a longest chain leads. */
  to?: string | undefined;
  maxLength?: number | undefined;
  /** Paths wanted, or ends where `to` is not given. */
  k?: number | undefined;
  mode?: "shortest" | "metapath" | "longest" | undefined;
  predicates?: string[] | undefined;
  /** Without `to`: ends reached in fewer ways are left out. */
  ways?: number | undefined;
  /** Without `to`: only these ends count. */
  among?: string[] | undefined;
}

/** Paths between two entities; where there is none, why. With one end alone, who is reached, or a longest chain. */
export async function pathsOf(
  stores: Stores,
  query: PathsQuery,
  signal?: AbortSignal,
): Promise<Result<typeof PathsResult>> {
  const { backend } = stores;
  const { maxLength, k = 3, mode = "shortest", ways = 1 } = query;
  const predicates = await predicatesOf(backend, query.predicates);
  checkPathsQuery(query, predicates);
  const from = await resolveEntity(backend, query.from);
  if (mode === "longest") return longest(stores, from, maxLength ?? LONGEST, predicates, signal);
  if (query.to === undefined) {
    const found = await Promise.all(query.among?.map((id) => resolveEntity(backend, id)) ?? []);
    const among = query.among && found.map((entity) => entity.id);
    return endsReached(stores, { from: from.id, predicates: predicates!, ways, limit: k, among });
  }
  const to = await resolveEntity(backend, query.to);
  const asked = { from: from.id, to: to.id, maxLength: maxLength ?? STEPS, k, mode, predicates };
  const { paths, reason, notes: met } = await backend.paths(asked);
  const shown = shownPaths(stores.documents, paths);
  return {
    paths: shown.paths,
    relations: shown.relations,
    ...(paths.length === 0 && reason ? { reason } : {}),
    outcomes: [outcome(paths.length, reason)],
    ...notes([...met, ...shown.notes]),
  };
}

/** A longest valid chain from an entity, as `kg chains` prints it. @param budget in milliseconds */
export async function chainFrom(
  backend: GraphBackend,
  seed: string,
  maxLength: number,
  budget: number,
): Promise<ChainReport> {
  const started = performance.now();
  const from = await resolveEntity(backend, seed);
  const { path, bound, optimal, notes: met } = await backend.chain({ from: from.id, maxLength, budget });
  const ms = Math.round(performance.now() - started);
  return { path: path.nodes, length: path.relations.length, bound, optimal, ms, ...notes(met) };
}

/** @throws ToolError where mode, ends and predicates do not go together */
function checkPathsQuery({ to, mode = "shortest", maxLength = 1 }: PathsQuery, predicates: string[] | undefined): void {
  if (mode === "metapath" && !predicates?.length) {
    throw invalidArguments(
      "mode metapath needs predicates",
      "name one predicate per step, in order, or use mode shortest",
    );
  }
  if (mode === "shortest" && to === undefined) {
    throw invalidArguments("mode shortest needs to", "send to, or use mode metapath to see who is reached");
  }
  if (mode === "shortest" && maxLength > MOST_STEPS) {
    throw invalidArguments(`maxLength is at most ${MOST_STEPS}`, `ask for at most ${MOST_STEPS} steps`);
  }
  if (mode === "longest" && to !== undefined) {
    throw invalidArguments("mode longest takes no to", "leave to out: a longest chain ends where it ends");
  }
}

/** Who is reached along a metapath, and in how many ways. */
async function endsReached({ backend, documents }: Stores, query: EndsQuery): Promise<Result<typeof PathsResult>> {
  const { ends, total, notes: met } = await backend.ends(query);
  const shown = shownPaths(
    documents,
    ends.flatMap((end) => end.paths),
  );
  const route = query.predicates.join(" → ");
  const reason = `filtered: ${query.ways > 1 ? `nothing is reached in ${query.ways} ways by` : "no path follows"} ${route}`;
  return {
    paths: shown.paths,
    relations: shown.relations,
    ends: await Promise.all(
      ends.map(async ({ id, ways }) => {
        const { name, category } = (await backend.entity(id))!;
        return { id, name, category, ways };
      }),
    ),
    total,
    ...(total === 0 ? { reason } : {}),
    outcomes: [outcome(total, reason)],
    ...notes([...met, ...shown.notes]),
  };
}

async function longest(
  { backend, documents }: Stores,
  from: Entity,
  maxLength: number,
  predicates: string[] | undefined,
  signal?: AbortSignal,
): Promise<Result<typeof PathsResult>> {
  const asked = { from: from.id, maxLength, predicates, budget: CHAIN_MS };
  const { path, bound, optimal, notes: met } = await backend.chain(asked, signal);
  const length = path.relations.length;
  const shown = shownPaths(documents, length > 0 ? [path] : []);
  const reason = `filtered: no relation of ${from.name} with evidence can begin a chain`;
  return {
    paths: shown.paths,
    relations: shown.relations,
    bound,
    optimal,
    ...(length === 0 ? { reason } : {}),
    outcomes: [outcome(length, reason)],
    ...notes([...met, ...shown.notes]),
  };
}

/** As many whole paths as fit into an answer, each relation once. */
function shownPaths(
  documents: DocumentStore,
  all: readonly FoundPath[],
): { paths: Path[]; relations: RelationHit[]; notes: string[] } {
  const trimmer = new EvidenceTrimmer(documents, 2);
  const relations = new Map<string, RelationHit>();
  const paths: Path[] = [];
  let bytes = 0;
  for (const path of all) {
    const steps = path.relations.filter((r) => !relations.has(r.id)).map((r) => trimmer.trim(r));
    bytes += JSON.stringify(steps).length;
    if (bytes > PAGE_BYTES && paths.length > 0) break;
    for (const step of steps) relations.set(step.id, step);
    paths.push({ nodes: path.nodes, relations: path.relations.map((r) => r.id), length: path.relations.length });
  }
  const cut = all.length - paths.length;
  const left = cut > 0 ? [`${cut} more paths left out for size`] : [];
  return { paths, relations: [...relations.values()], notes: [...left, ...trimmer.notes()] };
}
