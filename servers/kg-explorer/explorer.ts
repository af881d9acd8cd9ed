/** The engine of the explorer: each question about the graph as one method, answered in the envelope of the tools. */
import type {
  DescribeGraphResult,
  Entity,
  EvidenceResult,
  FindEntitiesResult,
  GetEntityResult,
  NeighborsResult,
  Path,
  PathsResult,
  RelationHit,
  SubgraphResult,
} from "../../schemas/index.ts";
import { invalidArguments, notFound } from "../kit/index.ts";
import type { Direction, DocumentStore } from "../knowledge/index.ts";
import { found, notes, outcome, slim, whyNoEvidence, type Result } from "./answer.ts";
import type { EndsQuery, FoundPath, GraphBackend } from "./backend.ts";
import { listKey, readCursor, writeCursor } from "../kit/cursor.ts";
import type { ChainReport } from "./chains/index.ts";
import { deniedAmong } from "./denied.ts";
import { EvidenceTrimmer } from "./evidence.ts";
import { locateEvidence } from "./passages.ts";
import { reads, readsInGeneral } from "./reading.ts";
import { resolveEntity } from "./resolve.ts";
import { categoryOf, predicatesOf } from "./terms.ts";

/** Bytes of one page of relations: below the server's budget, so that a cursor never skips what the budget cut off. */
const PAGE_BYTES = 26_000;
/** A query of more words is a text, unless a name is spelled exactly so. */
const LONG_NAME_WORDS = 8;
const MAX_EVIDENCE_RELATIONS = 20;
/** Steps of a path, and of a longest chain, where nothing is said; and at most. */
const STEPS = 4;
const MOST_STEPS = 6;
const LONGEST = 8;
/** Time for a longest chain, in milliseconds. */
const CHAIN_MS = 10_000;

export interface NeighborsQuery {
  id: string;
  predicates?: string[] | undefined;
  categories?: string[] | undefined;
  direction?: Direction | "both" | undefined;
  /** See `NeighbourFilter`. */
  evidence?: boolean | undefined;
  qualifier?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}

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

export interface EvidenceQuery {
  relation?: string | undefined;
  subject?: string | undefined;
  object?: string | undefined;
  predicate?: string | undefined;
}

export class Explorer {
  readonly #backend: GraphBackend;
  readonly #documents: DocumentStore;
  readonly #name: string;

  constructor(name: string, backend: GraphBackend, documents: DocumentStore) {
    this.#name = name;
    this.#backend = backend;
    this.#documents = documents;
  }

  /** What the graph holds: counts, categories with an example, predicates with how they read. */
  async describe(): Promise<Result<typeof DescribeGraphResult>> {
    const { counts, categories, predicates } = await this.#backend.overview();
    return {
      name: this.#name,
      counts: { ...counts, documents: this.#documents.count() },
      categories,
      predicates: predicates.map((p) => ({ ...p, reads: readsInGeneral(p.predicate) })),
      outcomes: [outcome(counts.entities)],
    };
  }

  /** Entities that a name, an identifier or a text means: see `linkName` and `linkText`. */
  async find(
    query: string,
    options: { category?: string | undefined; limit?: number | undefined } = {},
  ): Promise<Result<typeof FindEntitiesResult>> {
    if (!query.trim()) throw invalidArguments("query is empty", "send a name, an identifier or a sentence");
    const category = options.category && (await categoryOf(this.#backend, options.category));
    const words = query.trim().split(/\s+/).length;
    const upTo = words > LONG_NAME_WORDS ? "exact" : "fuzzy";
    // Of a name it is enough to know that there is one: what it begins is asked with it, below.
    const limit = upTo === "fuzzy" ? 1 : options.limit;
    const whole = await this.#backend.link(query, { ...options, limit, category, upTo });
    // The name itself comes first; what it begins ("Gaucher disease, type I") follows.
    if (whole.length > 0 && upTo === "fuzzy") return found(await this.#backend.link(query, { ...options, category }));
    if (whole.length > 0) return found(whole);
    const mentions = words > 1 ? await this.#backend.mentions(query, { category, limit: options.limit ?? 40 }) : [];
    if (mentions.length > 0) return { ...found(mentions), notes: ["mentions in the text, each with its span"] };
    const partial = await this.#backend.link(query, { ...options, category });
    if (partial.length > 0) return { ...found(partial), notes: ["no such name; these are the closest"] };
    return { entities: [], outcomes: [outcome(0, "nothing in this graph is named in the query")] };
  }

  /** One entity and how many relations of each kind it has. */
  async card(id: string): Promise<Result<typeof GetEntityResult>> {
    const entity = await resolveEntity(this.#backend, id);
    const counts = await this.#backend.relationCounts(entity.id);
    return {
      entity,
      degree: counts.reduce((sum, c) => sum + c.count, 0),
      relationCounts: counts.map((c) => ({ ...c, reads: reads(c.predicate, c.direction) })),
      outcomes: [outcome(1)],
    };
  }

  /** A page of the neighbourhood with evidence inline; fixed order, so that pages fit together. */
  async neighbors(query: NeighborsQuery): Promise<Result<typeof NeighborsResult>> {
    const { direction = "both", limit = 25 } = query;
    const entity = await resolveEntity(this.#backend, query.id);
    const predicates = await predicatesOf(this.#backend, query.predicates);
    const categories =
      query.categories && (await Promise.all(query.categories.map((c) => categoryOf(this.#backend, c))));
    const { evidence, qualifier } = query;
    const filter = { predicates, categories, direction, evidence, qualifier };
    const key = listKey(entity.id, filter);
    const { offset, total: before } = readCursor(query.cursor, key);
    const page = await this.#backend.neighbours(entity.id, filter, offset, limit);
    if (before !== undefined && before !== page.total) {
      throw invalidArguments("the graph has changed since the first page", "ask again without cursor");
    }
    const trimmer = new EvidenceTrimmer(this.#documents);
    const relations: RelationHit[] = [];
    const entities = new Map<string, Entity>();
    let bytes = 0;
    for (const full of page.relations) {
      const relation = trimmer.trim(full);
      const other = relation.subject === entity.id ? relation.object : relation.subject;
      const neighbour = entities.get(other) ?? slim((await this.#backend.entity(other))!);
      bytes += JSON.stringify(relation).length + (entities.has(other) ? 0 : JSON.stringify(neighbour).length);
      if (bytes > PAGE_BYTES && relations.length > 0) break;
      relations.push(relation);
      entities.set(other, neighbour);
    }
    const end = offset + relations.length;
    return {
      relations,
      entities: [...entities.values()],
      total: page.total,
      ...(end < page.total ? { nextCursor: writeCursor(key, end, page.total) } : {}),
      outcomes: [outcome(relations.length, await this.#whyNoNeighbours(entity, relations.length, offset))],
      ...notes(trimmer.notes()),
    };
  }

  /** Paths between two entities; where there is none, why. With one end alone, who is reached, or a longest chain. */
  async paths(query: PathsQuery, signal?: AbortSignal): Promise<Result<typeof PathsResult>> {
    const { maxLength, k = 3, mode = "shortest", ways = 1 } = query;
    const predicates = await predicatesOf(this.#backend, query.predicates);
    checkPathsQuery(query, predicates);
    const from = await resolveEntity(this.#backend, query.from);
    if (mode === "longest") return this.#longest(from, maxLength ?? LONGEST, predicates, signal);
    if (query.to === undefined) {
      const found = await Promise.all(query.among?.map((id) => resolveEntity(this.#backend, id)) ?? []);
      const among = query.among && found.map((entity) => entity.id);
      return this.#ends({ from: from.id, predicates: predicates!, ways, limit: k, among });
    }
    const to = await resolveEntity(this.#backend, query.to);
    const asked = { from: from.id, to: to.id, maxLength: maxLength ?? STEPS, k, mode, predicates };
    const { paths, reason, notes: met } = await this.#backend.paths(asked);
    const shown = this.#shown(paths);
    return {
      paths: shown.paths,
      relations: shown.relations,
      ...(paths.length === 0 && reason ? { reason } : {}),
      outcomes: [outcome(paths.length, reason)],
      ...notes([...met, ...shown.notes]),
    };
  }

  /** A longest valid chain from an entity, as `kg chains` prints it. @param budget in milliseconds */
  async chain(seed: string, maxLength: number, budget: number): Promise<ChainReport> {
    const started = performance.now();
    const from = await resolveEntity(this.#backend, seed);
    const { path, bound, optimal, notes: met } = await this.#backend.chain({ from: from.id, maxLength, budget });
    const ms = Math.round(performance.now() - started);
    return { path: path.nodes, length: path.relations.length, bound, optimal, ms, ...notes(met) };
  }

  /** Who is reached along a metapath, and in how many ways. */
  async #ends(query: EndsQuery): Promise<Result<typeof PathsResult>> {
    const { ends, total, notes: met } = await this.#backend.ends(query);
    const shown = this.#shown(ends.flatMap((end) => end.paths));
    const route = query.predicates.join(" → ");
    const reason = `filtered: ${query.ways > 1 ? `nothing is reached in ${query.ways} ways by` : "no path follows"} ${route}`;
    return {
      paths: shown.paths,
      relations: shown.relations,
      ends: await Promise.all(
        ends.map(async ({ id, ways }) => {
          const { name, category } = (await this.#backend.entity(id))!;
          return { id, name, category, ways };
        }),
      ),
      total,
      ...(total === 0 ? { reason } : {}),
      outcomes: [outcome(total, reason)],
      ...notes([...met, ...shown.notes]),
    };
  }

  async #longest(
    from: Entity,
    maxLength: number,
    predicates: string[] | undefined,
    signal?: AbortSignal,
  ): Promise<Result<typeof PathsResult>> {
    const asked = { from: from.id, maxLength, predicates, budget: CHAIN_MS };
    const { path, bound, optimal, notes: met } = await this.#backend.chain(asked, signal);
    const length = path.relations.length;
    const shown = this.#shown(length > 0 ? [path] : []);
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
  #shown(all: readonly FoundPath[]): { paths: Path[]; relations: RelationHit[]; notes: string[] } {
    const trimmer = new EvidenceTrimmer(this.#documents, 2);
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

  /** The piece of the graph around some entities. */
  async subgraph(ids: readonly string[], depth = 1, limit = 40): Promise<Result<typeof SubgraphResult>> {
    const seeds = await Promise.all(ids.map((id) => resolveEntity(this.#backend, id)));
    const asked = [...new Set(seeds.map((s) => s.id))];
    const around = await this.#backend.around(asked, depth, limit);
    const known = new Set(around.relations.map((r) => r.id));
    const denied = (await deniedAmong(this.#backend, asked)).filter((r) => !known.has(r.id));
    const relations = [...denied, ...around.relations];
    const trimmer = new EvidenceTrimmer(this.#documents, 1);
    return {
      seeds: asked,
      entities: around.entities.map(({ id, name, category }) => ({ id, name, category })),
      relations: relations.map((r) => trimmer.trim(r)),
      outcomes: [outcome(relations.length, "no relation around these entities")],
      ...notes([...around.notes, ...trimmer.notes()]),
    };
  }

  /** The evidence of a relation, or of all relations between two entities, as passages of stored documents. */
  async evidence(query: EvidenceQuery): Promise<Result<typeof EvidenceResult>> {
    const relations = await this.#relationsAsked(query);
    const located = locateEvidence(relations, this.#documents);
    const sound = located.passages.some((p) => !located.retracted.includes(p.document));
    const problems = [
      ...located.problems,
      ...located.retracted.map((id) => `${id} is retracted and counts for nothing`),
    ];
    const trimmer = new EvidenceTrimmer(this.#documents);
    return {
      relations: relations.map((r) => trimmer.trim(r)),
      passages: located.passages,
      documents: located.documents,
      outcomes: [
        problems.length > 0
          ? {
              source: "graph",
              outcome: "degraded",
              message: `${sound ? "" : "no sound evidence: "}${problems.slice(0, 10).join("; ")}`,
            }
          : outcome(located.passages.length, whyNoEvidence(relations)),
      ],
    };
  }

  async close(): Promise<void> {
    await this.#backend.close();
  }

  async #relationsAsked({ relation, subject, object, predicate }: EvidenceQuery): Promise<RelationHit[]> {
    if (relation) {
      const hit = await this.#backend.relation(relation);
      if (hit) return [hit];
      throw notFound(
        `relation ${relation}`,
        "take the id of a relation from get_neighbors or find_paths, or send subject and object",
      );
    }
    const [wanted] = (await predicatesOf(this.#backend, predicate ? [predicate] : undefined)) ?? [];
    const one = subject && (await resolveEntity(this.#backend, subject));
    const other = object && (await resolveEntity(this.#backend, object));
    if (one && other) {
      const between = await this.#backend.between(one.id, other.id);
      return between.filter((r) => !wanted || r.predicate === wanted).slice(0, MAX_EVIDENCE_RELATIONS);
    }
    const end = one || other;
    if (!end || !wanted) {
      throw invalidArguments(
        "get_evidence needs to know whose evidence",
        "send relation (an id such as R:…), or subject and object, or one of them with a predicate",
      );
    }
    const filter = { predicates: [wanted], direction: one ? "out" : "in" } as const;
    return (await this.#backend.neighbours(end.id, filter, 0, MAX_EVIDENCE_RELATIONS)).relations;
  }

  async #whyNoNeighbours(entity: Entity, shown: number, offset: number): Promise<string | undefined> {
    if (shown > 0 || offset > 0) return undefined;
    const counts = await this.#backend.relationCounts(entity.id);
    if (counts.length === 0) return `${entity.name} has no relations in this graph`;
    const held = counts.slice(0, 12).map((c) => `${c.predicate} (${c.direction}, ${c.count})`);
    return `${entity.name} has no such relations; it has: ${held.join(", ")}`;
  }
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
