/** The LanceDB table of vectors, made from arrays as they are: rows as objects take ten times as long. */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as arrow from "apache-arrow";
import { Codes } from "./codes.ts";

export const TABLE = "vectors";
/** So many vectors are compared one by one, in a few milliseconds; only among more is LanceDB's index asked. */
export const MOST_COMPARED = 30_000;

/** Of the table, inside the folder of the index. */
export function lanceFolder(folder: string): string {
  return join(folder, "lance");
}

/** @param vectors of the rows, each of the length of the codes */
export function toColumns(rows: readonly number[], vectors: readonly Float32Array[], codes: Codes): arrow.Table {
  const { dimension, bytes } = codes;
  const values = new Float32Array(rows.length * dimension);
  const coded = new Uint8Array(rows.length * bytes);
  for (const [i, vector] of vectors.entries()) {
    if (vector.length !== dimension)
      throw new Error(`a vector has ${vector.length} numbers where the index has ${dimension}`);
    values.set(vector, i * dimension);
    codes.write(vector, coded, i * bytes);
  }
  const { length } = rows;
  const child = arrow.makeData({ type: new arrow.Float32(), length: values.length, nullCount: 0, data: values });
  const list = new arrow.FixedSizeList(dimension, new arrow.Field("item", new arrow.Float32(), true));
  const binary = new arrow.FixedSizeBinary(bytes);
  return new arrow.Table({
    row: arrow.makeVector(Int32Array.from(rows)),
    code: arrow.makeVector(arrow.makeData({ type: binary, length, nullCount: 0, data: coded })),
    vector: arrow.makeVector(arrow.makeData({ type: list, length, nullCount: 0, child })),
  });
}

/** Written once, before the table: codes with different centres cannot be compared. */
export function writeCentre(folder: string, { centre }: Codes): void {
  const file = centreFile(folder);
  writeFileSync(`${file}.new`, new Uint8Array(centre.buffer, centre.byteOffset, centre.byteLength));
  renameSync(`${file}.new`, file);
}

/** @throws Error where it is missing or cut off */
export function readCodes(folder: string): Codes {
  const bytes = readFileSync(centreFile(folder));
  if (bytes.length === 0 || bytes.length % Float32Array.BYTES_PER_ELEMENT !== 0)
    throw new Error("the centre of the vectors is cut off");
  return new Codes(new Float32Array(Uint8Array.from(bytes).buffer));
}

function centreFile(folder: string): string {
  return join(lanceFolder(folder), "centre.bin");
}
