/** What linking needs of a graph: its names, whatever store they lie in. */
import type { NameRow } from "./graph.ts";

/** Entities are known by their rows: numbers in order of arrival. */
export interface NameSource {
  /** What is kept in memory is valid for one. */
  revision(): string;
  /** Every distinct folded name, in order. */
  norms(): string[];
  /** Entities whose folded name is exactly `norm`: those whose own name it is first, then by row. */
  named(norm: string): NameRow[];
  /** True where some name begins with these folded words. */
  hasNamePrefix(norm: string): boolean;
  /** Names that begin with `norm`, the shortest first, then in order, then by row. */
  namesWithPrefix(norm: string, limit: number): NameRow[];
  /** All entities with this id, else with it among their xrefs, by row. */
  rowsOf(id: string): number[];
  briefAt(row: number): { category: string };
}
