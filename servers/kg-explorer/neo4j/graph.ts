/**
 * The graph in Neo4j behind the same questions as the embedded store, with the same answers in the same order. What is
 * asked is fetched; names alone are kept in memory, since every name of a text is looked up many times.
 */
import type { Entity, EntityMatch, RelationHit } from "../../../schemas/index.ts";
import { ToolError } from "../../kit/index.ts";
import type { LinkNameOptions, LinkOptions, NeighbourFilter, RelationCount } from "../../knowledge/index.ts";
import { bearersOf } from "../../knowledge/linking.ts";
import { toMatch, type Candidate } from "../../knowledge/matching.ts";
import { mentionsIn } from "../../knowledge/mentions.ts";
import type {
  ChainAnswer,
  ChainQuery,
  EndsAnswer,
  EndsQuery,
  GraphBackend,
  GraphOverview,
  PathAnswer,
  PathQuery,
  Surroundings,
} from "../backend.ts";
import { longestValidChain } from "../chains/valid.ts";
import type { Neo4jConnection } from "./connection.ts";
import { between, countRelations, neighbours, relationHit, relationHits } from "./hits.ts";
import { graphState, holdsAnother, type GraphState } from "./model.ts";
import { Names } from "./names.ts";
import { overview } from "./overview.ts";
import { fetchForChain, findEndsIn, findPathsIn, gatherIn } from "./ways.ts";
import { exactTerms } from "./full-text.ts";

/** How long an answer may go on after another process has changed the graph, in milliseconds. */
const STATE_LIFETIME = 500;
/** Entities whose cards are kept. */
const MAX_CARDS = 10_000;

/** What is kept of one revision of the graph; promises, so that calls at the same time ask once. */
interface Cached {
  state: GraphState;
  entities: Map<string, Entity>;
  names?: Promise<Names>;
  overview?: Promise<GraphOverview>;
  categories?: Promise<string[]>;
}

export class Neo4jGraph implements GraphBackend {
  readonly #connection: Neo4jConnection;
  readonly #knowledge: string | undefined;
  #cached: Cached | undefined;
  #checking: Promise<Cached> | undefined;
  #checkedAt = -Infinity;

  /** @param knowledge the graph that is wanted; any where undefined */
  constructor(connection: Neo4jConnection, knowledge?: string) {
    this.#connection = connection;
    this.#knowledge = knowledge;
  }

  async overview(): Promise<GraphOverview> {
    const cache = await this.#current();
    return (cache.overview ??= kept(overview(this.#connection), () => delete cache.overview));
  }

  async predicateNames(): Promise<readonly string[]> {
    return (await this.#current()).state.predicates;
  }

  async categoryNames(): Promise<readonly string[]> {
    const cache = await this.#current();
    const names = this.#connection
      .read("MATCH (e:Entity) RETURN DISTINCT e.category AS category ORDER BY category")
      .then((rows) => rows.map((row) => row["category"] as string));
    return (cache.categories ??= kept(names, () => delete cache.categories));
  }

  async link(name: string, options?: LinkNameOptions): Promise<EntityMatch[]> {
    return this.#matches(bearersOf(await this.#names(), name, options));
  }

  async mentions(text: string, options?: LinkOptions): Promise<EntityMatch[]> {
    return this.#matches(mentionsIn(await this.#names(), text, options));
  }

  async entity(id: string): Promise<Entity | undefined> {
    const { entities } = await this.#current();
    const known = entities.get(id);
    if (known) return known;
    const [own] = await this.#connection.read("MATCH (e:Entity {id: $id}) RETURN e.body AS body", { id });
    const found = own ?? (await this.#byXref(id));
    if (!found) return undefined;
    const entity = JSON.parse(found["body"] as string) as Entity;
    keep(entities, id, entity);
    return entity;
  }

  async relationCounts(id: string): Promise<RelationCount[]> {
    await this.#current();
    return countRelations(this.#connection, id);
  }

  async neighbours(id: string, filter: NeighbourFilter, offset: number, count: number) {
    const { entities } = await this.#current();
    const page = await neighbours(this.#connection, id, filter, offset, count);
    // What the caller asks next.
    for (const entity of page.entities) keep(entities, entity.id, entity);
    return { total: page.total, relations: page.relations };
  }

  async relation(id: string): Promise<RelationHit | undefined> {
    await this.#current();
    return relationHit(this.#connection, id);
  }

  async between(one: string, other: string): Promise<RelationHit[]> {
    await this.#current();
    return between(this.#connection, one, other);
  }

  async paths(query: PathQuery): Promise<PathAnswer> {
    const { state } = await this.#current();
    return this.#connection.readAll(async (run) => {
      const { paths, ...rest } = await findPathsIn(run, query, state.predicates);
      const hits = await relationHits(run, [...new Set(paths.flatMap((p) => p.relations))]);
      return {
        ...rest,
        paths: paths.map(({ nodes, relations }) => ({ nodes, relations: relations.map((row) => hits.get(row)!) })),
      };
    }, PATHS_MS);
  }

  async ends(query: EndsQuery): Promise<EndsAnswer> {
    const { state } = await this.#current();
    return this.#connection.readAll(async (run) => {
      const { ends, ...rest } = await findEndsIn(run, query, state.predicates);
      const hits = await relationHits(run, [...new Set(ends.flatMap((e) => e.paths.flatMap((p) => p.relations)))]);
      const paths = (found: (typeof ends)[number]["paths"]) =>
        found.map(({ nodes, relations }) => ({ nodes, relations: relations.map((row) => hits.get(row)!) }));
      return { ...rest, ends: ends.map((end) => ({ ...end, paths: paths(end.paths) })) };
    }, PATHS_MS);
  }

  async chain(query: ChainQuery, signal?: AbortSignal): Promise<ChainAnswer> {
    const { state } = await this.#current();
    const { graph, ...fetched } = await this.#connection.readAll(
      (run) => fetchForChain(run, query, state.predicates),
      PATHS_MS,
    );
    // The search may take longer than a transaction should.
    const { nodes, relations, notes, ...rest } = await longestValidChain(graph, fetched.query, signal);
    const rows = relations.map((relation) => fetched.relationAt(relation));
    const hits = await this.#connection.readAll((run) => relationHits(run, rows));
    const steps = rows.map((row) => hits.get(row)).filter((hit) => hit !== undefined);
    if (steps.length < rows.length) throw changedMeanwhile();
    const path = { nodes: nodes.map((node) => fetched.idAt(node)), relations: steps };
    return { ...rest, path, notes: [...notes, ...fetched.notes] };
  }

  async around(ids: readonly string[], depth: number, limit: number): Promise<Surroundings> {
    const { state } = await this.#current();
    return this.#connection.readAll(async (run) => {
      const { rows, relations, notes } = await gatherIn(run, ids, depth, limit, state.predicates);
      const hits = await relationHits(run, relations);
      const found = await run(
        "UNWIND $rows AS row MATCH (e:Entity {row: toInteger(row)}) RETURN e.row AS row, e.body AS body",
        { rows },
      );
      const entities = new Map(found.map(({ row, body }) => [Number(row), JSON.parse(body as string) as Entity]));
      return {
        relations: relations.map((row) => hits.get(row)!),
        entities: rows.map((row) => entities.get(row)!),
        notes,
      };
    }, PATHS_MS);
  }

  async close(): Promise<void> {
    this.#cached = undefined;
    await this.#connection.close();
  }

  async #names(): Promise<Names> {
    const cache = await this.#current();
    return (cache.names ??= kept(Names.load(this.#connection, String(cache.state.revision)), () => delete cache.names));
  }

  async #matches(candidates: readonly Candidate[]): Promise<EntityMatch[]> {
    if (candidates.length === 0) return [];
    const { entities } = await this.#current();
    const rows = await this.#connection.read(
      `UNWIND $rows AS row MATCH (e:Entity {row: toInteger(row)})
       RETURN e.row AS row, e.body AS body, COUNT { (e)-[:RELATES]->() } + COUNT { (e)<-[:RELATES]-() } AS degree`,
      { rows: [...new Set(candidates.map((c) => c.entity))] },
    );
    const found = new Map(
      rows.map(({ row, body, degree }) => [
        Number(row),
        { entity: JSON.parse(body as string) as Entity, degree: Number(degree) },
      ]),
    );
    return candidates.flatMap((candidate) => {
      const match = found.get(candidate.entity);
      if (!match) return [];
      keep(entities, match.entity.id, match.entity);
      return [toMatch(candidate, match.entity, match.degree)];
    });
  }

  async #byXref(id: string) {
    const [found] = await this.#connection.read(
      `CALL db.index.fulltext.queryNodes('entity_xrefs', $query) YIELD node AS e WHERE $id IN e.xrefs
       RETURN e.body AS body ORDER BY e.row LIMIT 1`,
      { id, query: exactTerms([id]) },
    );
    return found;
  }

  #current(): Promise<Cached> {
    if (this.#cached && performance.now() - this.#checkedAt < STATE_LIFETIME) return Promise.resolve(this.#cached);
    return (this.#checking ??= this.#check().finally(() => (this.#checking = undefined)));
  }

  async #check(): Promise<Cached> {
    const state = await graphState(this.#connection);
    if (this.#knowledge !== undefined && state.knowledge !== this.#knowledge) {
      throw holdsAnother(this.#connection, state.knowledge, this.#knowledge);
    }
    this.#checkedAt = performance.now();
    if (this.#cached?.state.revision !== state.revision || this.#cached.state.graph !== state.graph) {
      this.#cached = { state, entities: new Map() };
    }
    return this.#cached;
  }
}

/** Paths may have to fetch more than other questions. */
const PATHS_MS = 30_000;

function changedMeanwhile(): ToolError {
  return new ToolError({
    reason: "unavailable",
    message: "the graph was changed while the chain was looked for",
    recovery: "ask again",
    retryable: true,
  });
}

/** A failure is not kept. */
function kept<T>(promise: Promise<T>, forget: () => void): Promise<T> {
  promise.catch(forget);
  return promise;
}

function keep<V>(cache: Map<string, V>, key: string, value: V): void {
  if (cache.size >= MAX_CARDS) cache.clear();
  cache.set(key, value);
}
