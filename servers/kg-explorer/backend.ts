/** The boundary between the explorer and where its graph lies: the embedded store today, a graph database behind the same questions later. */
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
interface FoundPath {
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
  around(ids: readonly string[], depth: number, limit: number): Awaitable<Surroundings>;
  close(): Awaitable<void>;
}
