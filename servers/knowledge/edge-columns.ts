/**
 * The stored blocks of relations as columns, and the index of their identities: read straight from the file, each as large
 * as it needs to be, for what is made of the whole graph. An import must not need both at once, nor `EdgeTable` with them.
 */
import type { DatabaseSync } from "node:sqlite";
import {
  edgesOfBlock,
  EDGES_PER_BLOCK,
  LOWER,
  MOST_PREDICATES,
  NEGATED,
  SUPPORT_SHIFT,
  valuesOf,
  WIDTH,
} from "./edge-table.ts";
import type { StoredEdge } from "./edge-table.ts";

/** Asserted relations between two entities; places are rows, those of other relations and of none have subject 0. */
export interface EdgeColumns {
  subjects: Int32Array;
  objects: Int32Array;
  predicates: Uint16Array;
  support: Uint8Array;
  /** Negated relations, and those from an entity to itself: few. */
  aside: StoredEdge[];
  /** Highest row of an entity. */
  highest: number;
}

/** The stored blocks of relations, as often as they are asked for. */
export interface EdgeBlocks {
  /** The row after the last. */
  end: number;
  read(): Iterable<{ block: number; body: Uint8Array }>;
}

export function edgeBlocks(db: DatabaseSync): EdgeBlocks {
  const last = db.prepare("SELECT block, length(body) AS bytes FROM edges ORDER BY block DESC LIMIT 1").get();
  return {
    end: last ? Number(last["block"]) * EDGES_PER_BLOCK + Number(last["bytes"]) / (4 * WIDTH) : 1,
    *read() {
      for (const { block, body } of db.prepare("SELECT block, body FROM edges ORDER BY block").iterate()) {
        yield { block: Number(block), body: body as Uint8Array };
      }
    },
  };
}

export function columnsOf(edges: EdgeBlocks): EdgeColumns {
  const { end } = edges;
  const columns: EdgeColumns = {
    subjects: new Int32Array(end),
    objects: new Int32Array(end),
    predicates: new Uint16Array(end),
    support: new Uint8Array(end),
    aside: [],
    highest: 0,
  };
  for (const { block, body } of edges.read()) addBlock(columns, block, body);
  return columns;
}

/** How long the index is: a power of two, filled to two thirds at most. */
export function slotsFor({ end }: EdgeBlocks): number {
  let size = 1 << 10;
  while ((end - 1) * 3 > size * 2) size *= 2;
  return size;
}

/** Rows by identity: open addressing by the lower half; 0 where free. */
export function indexOf(edges: EdgeBlocks): Int32Array {
  const size = slotsFor(edges);
  const slots = new Int32Array(size);
  for (const { block, body } of edges.read()) {
    const values = valuesOf(body);
    for (let base = 0, row = block * EDGES_PER_BLOCK; base < values.length; base += WIDTH, row++) {
      if (values[base] === 0) continue;
      let at = values[base + LOWER]! & (size - 1);
      while (slots[at] !== 0) at = (at + 1) & (size - 1);
      slots[at] = row;
    }
  }
  return slots;
}

function addBlock(columns: EdgeColumns, block: number, body: Uint8Array): void {
  const { subjects, objects, predicates, support, aside } = columns;
  const values = valuesOf(body);
  let hasAside = false;
  for (let base = 0, row = block * EDGES_PER_BLOCK; base < values.length; base += WIDTH, row++) {
    const [subject, object, word] = [values[base]!, values[base + 1]!, values[base + 2]!];
    columns.highest = Math.max(columns.highest, subject, object);
    if (subject === object || (word & NEGATED) !== 0) {
      hasAside ||= subject !== 0;
      continue;
    }
    subjects[row] = subject;
    objects[row] = object;
    predicates[row] = word & MOST_PREDICATES;
    support[row] = word >> SUPPORT_SHIFT;
  }
  if (!hasAside) return;
  for (const edge of edgesOfBlock(block, body)) if (edge.negated || edge.subject === edge.object) aside.push(edge);
}
