/** The columns of the LanceDB table, made from arrays as they are: rows as objects take ten times as long. */
import * as arrow from "apache-arrow";
import type { Entry } from "../engine.ts";

/** Kinds have numbers of five bits, in the order in which this index met them. */
const KINDS_PER_YEAR = 32;

export const TABLE = "documents";

export function facetOf(month: number, kind: number): number {
  return Math.floor(month / 100) * KINDS_PER_YEAR + Math.min(kind, KINDS_PER_YEAR - 1);
}

/** @param kinds known ones by number; new ones are added */
export function toColumns(entry: Entry, kinds: string[], dimension: number | undefined): arrow.Table {
  const { rows, months, terms, termEnds, vectors } = entry;
  const facets = new Int32Array(rows.length);
  const numbers = new Int32Array(rows.length);
  for (const [i, kind] of entry.kinds.entries()) {
    if (!kinds.includes(kind)) kinds.push(kind);
    numbers[i] = kinds.indexOf(kind);
    facets[i] = facetOf(months[i]!, numbers[i]);
  }
  const ends = new Int32Array(rows.length + 1);
  ends.set(termEnds, 1);
  const text = arrow.makeData({
    type: new arrow.Utf8(),
    length: rows.length,
    nullCount: 0,
    valueOffsets: ends,
    data: terms,
  });
  return new arrow.Table({
    row: arrow.makeVector(rows),
    month: arrow.makeVector(months),
    kind: arrow.makeVector(numbers),
    facet: arrow.makeVector(facets),
    terms: arrow.makeVector(text),
    ...(dimension ? { vector: vectorColumn(vectors ?? [], rows.length, dimension) } : {}),
  });
}

function vectorColumn(vectors: Entry["vectors"] & {}, length: number, dimension: number) {
  const values = new Float32Array(length * dimension);
  const present = new Uint8Array(Math.ceil(length / 8));
  let nullCount = 0;
  for (let i = 0; i < length; i++) {
    const vector = vectors[i];
    if (!vector) {
      nullCount++;
      continue;
    }
    if (vector.length !== dimension)
      throw new Error(`a vector has ${vector.length} numbers where the index has ${dimension}`);
    values.set(vector, i * dimension);
    present[i >> 3]! |= 1 << (i & 7);
  }
  const child = arrow.makeData({ type: new arrow.Float32(), length: values.length, nullCount: 0, data: values });
  const type = new arrow.FixedSizeList(dimension, new arrow.Field("item", new arrow.Float32(), true));
  return arrow.makeVector(arrow.makeData({ type, length, nullCount, nullBitmap: present, child }));
}
