/** The boundary between the explorer and where its graph lies: the embedded store, or Neo4j behind the same questions with the same answers. */
import type { Entity, EntityMatch, RelationHit } from "../../schemas/index.ts";
import type { LinkNameOptions, LinkOptions, NeighbourFilter, RelationCount } from "../knowledge/index.ts";

type Awaitable<T> = T | Promise<T>;

export interface GraphOverview {
  counts: { entities: number; relations: number };
  categories: { category: string; count: number; example: string }[];
  predicates: { predicate: string; count: number }[];
}

export interface PathQuery {
  from: string;
  to: string;
  /** Edges, at most 6. */
  maxLength: number;
  /** Paths wanted. */
  k: number;
  /** shortest: any edge of `predicates` (all where absent) · metapath: one edge per predicate, in this order. */
  mode: "shortest" | "metapath";
  predicates?: readonly string[] | undefined;
}

/** One path: entity ids, and for each step the relation's id. */
export interface FoundPath {
  nodes: string[];
  relations: RelationHit[];
}

export interface PathAnswer {
  /** Shortest first; among equals the one through rarer entities. */
  paths: FoundPath[];
  /** Why there is none. */
  reason?: string | undefined;
  /** Limits that were met on the way. */
  notes: string[];
}

/** Along a metapath from one entity, whoever is reached. */
export interface EndsQuery {
  from: string;
  /** One a step, in either direction. */
  predicates: readonly string[];
  /** Ends that are reached in fewer ways are left out. */
  ways: number;
  /** Ends wanted. */
  limit: number;
  /** Only these ends count. */
  among?: readonly string[] | undefined;
}

export interface EndsAnswer {
  /** Those reached in most ways and over the rarest entities first; the rarest ways of each, at least the ways asked for. */
  ends: { id: string; ways: number; paths: FoundPath[] }[];
  /** How many ends there are. */
  total: number;
  notes: string[];
}

/** A longest valid chain from an entity: see `chains/valid.ts`. */
export interface ChainQuery {
  from: string;
  maxLength: number;
  /** Only these relations are walked; all that a chain may walk where absent. */
  predicates?: readonly string[] | undefined;
  /** Time for the search, in milliseconds. */
  budget: number;
}

export interface ChainAnswer {
  path: FoundPath;
  /** Proven: no valid chain has more steps. */
  bound: number;
  optimal: boolean;
  notes: string[];
}

export interface Surroundings {
  relations: RelationHit[];
  /** All entities of `relations` and the asked ones. */
  entities: Entity[];
  notes: string[];
}

export interface GraphBackend {
  overview(): Awaitable<GraphOverview>;
  /** Names in use, without counting: cheap enough for every call. */
  predicateNames(): Awaitable<readonly string[]>;
  categoryNames(): Awaitable<readonly string[]>;
  /** See `linkName`. */
  link(name: string, options?: LinkNameOptions): Awaitable<EntityMatch[]>;
  /** See `linkText`. */
  mentions(text: string, options?: LinkOptions): Awaitable<EntityMatch[]>;
  /** By id or by an identifier among its xrefs. */
  entity(id: string): Awaitable<Entity | undefined>;
  relationCounts(id: string): Awaitable<RelationCount[]>;
  /** Relations `offset ..< offset + count` of the filtered neighbourhood, in a fixed order, and how many there are. */
  neighbours(
    id: string,
    filter: NeighbourFilter,
    offset: number,
    count: number,
  ): Awaitable<{ total: number; relations: RelationHit[] }>;
  relation(id: string): Awaitable<RelationHit | undefined>;
  /** Relations between two entities, in either direction. */
  between(one: string, other: string): Awaitable<RelationHit[]>;
  paths(query: PathQuery): Awaitable<PathAnswer>;
  ends(query: EndsQuery): Awaitable<EndsAnswer>;
  chain(query: ChainQuery, signal?: AbortSignal): Promise<ChainAnswer>;
  around(ids: readonly string[], depth: number, limit: number): Awaitable<Surroundings>;
  close(): Awaitable<void>;
}
