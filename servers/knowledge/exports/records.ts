/** What an export writes: all of a graph, or what lies around some entities, streamed. */
import type { Entity } from "../../../schemas/index.ts";
import type { GraphStore, StoredRelation } from "../graph.ts";

export interface ExportScope {
  /** Entities the subgraph grows from; without them the whole graph is written. */
  around?: readonly string[];
  /** Steps from these, 1 by default. */
  depth?: number;
}

export interface ExportRecords {
  entities(): Iterable<Entity>;
  relations(): Iterable<StoredRelation>;
}

/** @throws Error that names an unknown id */
export function recordsToExport(graph: GraphStore, { around = [], depth = 1 }: ExportScope = {}): ExportRecords {
  if (around.length === 0) {
    return {
      *entities() {
        for (const { entity } of graph.entities()) yield entity;
      },
      relations: () => graph.relations(),
    };
  }
  const rows = rowsAround(graph, around, depth);
  return {
    *entities() {
      for (const row of rows) yield graph.entityAt(row);
    },
    *relations() {
      for (const { relation, subject, object } of graph.edges()) {
        if (rows.has(subject) && rows.has(object)) yield graph.relationAt(relation);
      }
    },
  };
}

function rowsAround(graph: GraphStore, ids: readonly string[], depth: number): Set<number> {
  const { starts, targets, nodes } = graph.arrays();
  const rows = new Set(
    ids.map((id) => {
      const row = graph.rowOf(id);
      if (row === undefined) throw new Error(`${id} is not in the graph`);
      return row;
    }),
  );
  let frontier = [...rows];
  for (let step = 0; step < depth; step++) {
    const next: number[] = [];
    for (const node of frontier) {
      if (node > nodes) continue;
      for (let i = starts[node]!; i < starts[node + 1]!; i++) {
        const other = targets[i]!;
        if (rows.has(other)) continue;
        rows.add(other);
        next.push(other);
      }
    }
    frontier = next;
  }
  return rows;
}
