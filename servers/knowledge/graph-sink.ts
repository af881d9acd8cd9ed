/** Where the graph of an import goes: the embedded store of the folder, or a graph database behind the same few calls. */
import type { Entity, Relation } from "../../schemas/index.ts";
import type { ImportPosition } from "./import-position.ts";

type Awaitable<T> = T | Promise<T>;

/** Entities come before the relations that name them, in this batch or an earlier one. */
export interface GraphBatch {
  entities: readonly Entity[];
  relations: readonly Relation[];
}

export interface Written {
  /** Records that were new, or changed what was there. */
  changed: number;
  /** Relations that were left out because an end is no known entity (by id or by an xref): which, and the unknown id. */
  dangling: { relation: Relation; unknown: string }[];
}

export interface GraphSink {
  /** How far an import came that was not finished; undefined where none was broken off. */
  position(): Awaitable<ImportPosition | undefined>;
  /** Drops evidence whose quote these documents no longer hold, and relations that are left with none. Repeating it is safe. */
  retract(documents: readonly { id: string; text: string }[]): Awaitable<void>;
  /**
   * Merges one batch into the graph (see `GraphStore.putEntities` and `putRelations`: the same record again changes
   * nothing) and remembers the position, which must never be ahead of what is stored. An empty batch only remembers.
   */
  write(batch: GraphBatch, position: ImportPosition): Awaitable<Written>;
  counts(): Awaitable<{ entities: number; relations: number }>;
  /** After the last batch: makes what can only be made of the whole graph. */
  finish(): Awaitable<void>;
  /** The import is complete: its position is forgotten. */
  forgetPosition(): Awaitable<void>;
  close(): Awaitable<void>;
}
