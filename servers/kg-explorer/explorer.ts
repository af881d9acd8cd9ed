/** The engine of the explorer: each question about the graph as one method, answered in the envelope of the tools. */
import type {
  DescribeGraphResult,
  EvidenceResult,
  FindEntitiesResult,
  GetEntityResult,
  NeighborsResult,
  PathsResult,
  SubgraphResult,
} from "../../schemas/index.ts";
import type { DocumentStore } from "../knowledge/index.ts";
import type { Result } from "./answer.ts";
import type { GraphBackend } from "./backend.ts";
import type { ChainReport } from "./chains/index.ts";
import { cardOf, describeGraph } from "./questions/cards.ts";
import { evidenceOf, type EvidenceQuery } from "./questions/evidence.ts";
import { findEntities, type FindOptions } from "./questions/names.ts";
import { neighborsOf, type NeighborsQuery } from "./questions/neighbors.ts";
import { chainFrom, pathsOf, type PathsQuery } from "./questions/paths.ts";
import type { Stores } from "./questions/stores.ts";
import { subgraphAround } from "./questions/subgraph.ts";

export class Explorer {
  readonly #stores: Stores;
  readonly #name: string;

  constructor(name: string, backend: GraphBackend, documents: DocumentStore) {
    this.#name = name;
    this.#stores = { backend, documents };
  }

  /** What the graph holds: counts, categories with an example, predicates with how they read. */
  describe(): Promise<Result<typeof DescribeGraphResult>> {
    return describeGraph(this.#name, this.#stores);
  }

  /** Entities that a name, an identifier or a text means. */
  find(query: string, options: FindOptions = {}): Promise<Result<typeof FindEntitiesResult>> {
    return findEntities(this.#stores.backend, query, options);
  }

  /** One entity and how many relations of each kind it has. */
  card(id: string): Promise<Result<typeof GetEntityResult>> {
    return cardOf(this.#stores.backend, id);
  }

  /** A page of the neighbourhood with evidence inline; fixed order, so that pages fit together. */
  neighbors(query: NeighborsQuery): Promise<Result<typeof NeighborsResult>> {
    return neighborsOf(this.#stores, query);
  }

  /** Paths between two entities; where there is none, why. With one end alone, who is reached, or a longest chain. */
  paths(query: PathsQuery, signal?: AbortSignal): Promise<Result<typeof PathsResult>> {
    return pathsOf(this.#stores, query, signal);
  }

  /** A longest valid chain from an entity, as `kg chains` prints it. @param budget in milliseconds */
  chain(seed: string, maxLength: number, budget: number): Promise<ChainReport> {
    return chainFrom(this.#stores.backend, seed, maxLength, budget);
  }

  /** The piece of the graph around some entities. */
  subgraph(ids: readonly string[], depth?: number, limit?: number): Promise<Result<typeof SubgraphResult>> {
    return subgraphAround(this.#stores, ids, depth, limit);
  }

  /** The evidence of a relation, or of all relations between two entities, as passages of stored documents. */
  evidence(query: EvidenceQuery): Promise<Result<typeof EvidenceResult>> {
    return evidenceOf(this.#stores, query);
  }

  async close(): Promise<void> {
    await this.#stores.backend.close();
  }
}
