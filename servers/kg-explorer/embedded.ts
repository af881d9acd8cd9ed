/** The embedded backend: `graph.db` for what entities and relations say, and its typed arrays for who is next to whom. */
import type { Entity, EntityMatch, RelationHit } from "../../schemas/index.ts";
import {
  categoryNames,
  linkName,
  linkText,
  neighboursOf,
  predicateRows,
  relationCounts,
  relationsBetween,
  type EntityBrief,
  type GraphStore,
  type LinkNameOptions,
  type LinkOptions,
  type NeighbourFilter,
  type RelationCount,
} from "../knowledge/index.ts";
import { degree } from "./adjacency.ts";
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
} from "./backend.ts";
import { longestValidChain } from "./chains/valid.ts";
import { findEnds } from "./ends.ts";
import { findPaths, stepsBetween, type NodePath, type PathGraph } from "./paths.ts";
import { gatherAround } from "./surroundings.ts";

/** How long an answer may go on after another process has changed the graph, in milliseconds: asking costs as much as a small answer. */
const REVISION_LIFETIME = 100;
/** Entities whose cards are kept. */
const MAX_CARDS = 10_000;

/** What is kept of one revision of the graph. */
interface Cached {
  revision: string;
  entities: Map<string, Entity>;
  counts: Map<string, RelationCount[]>;
  briefs: Map<number, EntityBrief>;
  overview?: GraphOverview;
  predicates?: Map<string, number>;
  categories?: string[];
}

export class EmbeddedGraph implements GraphBackend {
  readonly #graph: GraphStore;
  #cached = emptyCache("");
  #checkedAt = -Infinity;

  constructor(graph: GraphStore) {
    this.#graph = graph;
  }

  overview(): GraphOverview {
    const cache = this.#current();
    return (cache.overview ??= {
      counts: this.#graph.counts(),
      categories: this.#graph.categories(),
      predicates: this.#graph
        .predicates()
        .filter((p) => p.count > 0)
        .map(({ name, count }) => ({ predicate: name, count })),
    });
  }

  predicateNames(): string[] {
    return [...this.#predicates().keys()];
  }

  categoryNames(): string[] {
    const cache = this.#current();
    return (cache.categories ??= categoryNames(this.#graph));
  }

  link(name: string, options?: LinkNameOptions): EntityMatch[] {
    return linkName(this.#graph, name, options);
  }

  mentions(text: string, options?: LinkOptions): EntityMatch[] {
    return linkText(this.#graph, text, options);
  }

  entity(id: string): Entity | undefined {
    const { entities } = this.#current();
    let known = entities.get(id);
    if (!known && (known = this.#graph.entity(id))) keep(entities, id, known);
    return known;
  }

  relationCounts(id: string): RelationCount[] {
    const { counts } = this.#current();
    let known = counts.get(id);
    if (!known) keep(counts, id, (known = relationCounts(this.#graph, this.#row(id))));
    return known;
  }

  neighbours(id: string, filter: NeighbourFilter, offset: number, count: number) {
    const all = neighboursOf(this.#graph, this.#row(id), filter);
    const page = all.slice(offset, offset + count);
    // The whole entities are what the caller asks next: one look at each instead of three.
    for (const { other } of page) this.#meet(other);
    return { total: all.length, relations: page.map((n) => this.#hit(n.relation)) };
  }

  relation(id: string): RelationHit | undefined {
    const row = this.#graph.relationRow(id);
    return row === undefined ? undefined : this.#hit(row);
  }

  between(one: string, other: string): RelationHit[] {
    return relationsBetween(this.#graph, this.#row(one), this.#row(other)).map((row) => this.#hit(row));
  }

  paths(query: PathQuery): PathAnswer {
    const { paths, ...rest } = findPaths(this.#pathGraph(), {
      ...query,
      from: this.#row(query.from),
      to: this.#row(query.to),
    });
    return {
      ...rest,
      paths: paths.map((path) => this.#path(path)),
    };
  }

  ends(query: EndsQuery): EndsAnswer {
    const among = query.among && new Set(query.among.map((id) => this.#row(id)));
    const { ends, ...rest } = findEnds(this.#pathGraph(), { ...query, from: this.#row(query.from), among });
    return {
      ...rest,
      ends: ends.map(({ node, ways, paths }) => ({
        id: this.#brief(node).id,
        ways,
        paths: paths.map((path) => this.#path(path)),
      })),
    };
  }

  async chain(query: ChainQuery, signal?: AbortSignal): Promise<ChainAnswer> {
    const found = await longestValidChain(this.#pathGraph(), { ...query, from: this.#row(query.from) }, signal);
    const { nodes, relations, ...rest } = found;
    return { ...rest, path: this.#path({ nodes, relations }) };
  }

  around(ids: readonly string[], depth: number, limit: number): Surroundings {
    return this.#graph.reading(() => this.#around(ids, depth, limit));
  }

  #around(ids: readonly string[], depth: number, limit: number): Surroundings {
    const rows = ids.map((id) => this.#row(id));
    const { nodes, relations, notes } = gatherAround(this.#pathGraph(), rows, depth, limit);
    const { briefs } = this.#current();
    const entities = nodes.map((row) => {
      const entity = this.#graph.entityAt(row);
      const { id, name, category } = entity;
      // The ends of the relations are these: none is read twice.
      keep(briefs, row, { row, id, name, category });
      return entity;
    });
    return { relations: relations.map((row) => this.#hit(row)), entities, notes };
  }

  close(): void {
    this.#cached = emptyCache("");
  }

  #current(): Cached {
    const now = performance.now();
    if (now - this.#checkedAt > REVISION_LIFETIME) {
      this.#checkedAt = now;
      const revision = this.#graph.revision();
      if (this.#cached.revision !== revision) this.#cached = emptyCache(revision);
    }
    return this.#cached;
  }

  #predicates(): Map<string, number> {
    const cache = this.#current();
    return (cache.predicates ??= predicateRows(this.#graph));
  }

  #pathGraph(): PathGraph {
    const adjacency = this.#graph.arrays();
    const rows = this.#predicates();
    return {
      adjacency,
      degree: (node) => degree(adjacency, node),
      predicate: (name) => rows.get(name),
      label: (node) => this.#brief(node).name,
      hasEvidence: (relation) => this.#graph.hasEvidence(relation),
      steps: (from, to, names) => stepsBetween(adjacency, from, to, names && new Set(names.map((n) => rows.get(n)!))),
    };
  }

  #path({ nodes, relations }: NodePath) {
    return {
      nodes: nodes.map((row) => this.#brief(row).id),
      relations: relations.map((row) => this.#hit(row)),
    };
  }

  #brief(row: number): EntityBrief {
    const { briefs } = this.#current();
    let known = briefs.get(row);
    if (!known) keep(briefs, row, (known = this.#graph.briefAt(row)));
    return known;
  }

  #meet(row: number): void {
    const { briefs, entities } = this.#current();
    const known = briefs.get(row);
    if (known && entities.has(known.id)) return;
    const entity = this.#graph.entityAt(row);
    keep(entities, entity.id, entity);
    keep(briefs, row, { row, id: entity.id, name: entity.name, category: entity.category });
  }

  #row(id: string): number {
    const row = this.#graph.rowOf(id);
    if (row === undefined) throw new Error(`${id} is not in the graph`);
    return row;
  }

  #hit(row: number): RelationHit {
    const { relation, subject, object } = this.#graph.relationWithEnds(row, (entity) => this.#brief(entity));
    return {
      ...relation,
      subjectName: subject.name,
      subjectCategory: subject.category,
      objectName: object.name,
      objectCategory: object.category,
    };
  }
}

function emptyCache(revision: string): Cached {
  return { revision, entities: new Map(), counts: new Map(), briefs: new Map() };
}

function keep<K, V>(cache: Map<K, V>, key: K, value: V): void {
  if (cache.size >= MAX_CARDS) cache.clear();
  cache.set(key, value);
}
