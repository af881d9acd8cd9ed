/** Writes records (see `records.ts`) and facets: records are appended to the last file, positions and facets go in place. */
import { closeSync, existsSync, fstatSync, ftruncateSync, openSync } from "node:fs";
import { join } from "node:path";
import { packVectors } from "../../embedding/packed-vectors.ts";
import { writeAll } from "../file-bytes.ts";
import { FACET_BYTES, FACETS, NO_PART } from "./facets.ts";
import { partsIn, POSITION_BYTES, POSITIONS, recordsFile } from "./records.ts";

/** Documents as they are recorded. */
export interface NewRecords {
  /** Ascending. */
  rows: Int32Array;
  /** One after another, of `lengths` bytes. */
  records: Uint8Array;
  lengths: Uint32Array;
  months: Int32Array;
  /** By number. */
  kinds: Uint8Array;
  /** Of the rows that have one. */
  vectors?: readonly (Float32Array | undefined)[] | undefined;
}

export class RecordWriter {
  readonly #folder: string;
  readonly #positions: number;
  readonly #facets: number;
  #records: number;
  #part: number;
  #end: number;

  /**
   * @param part the file to append to: one of its own for each change of a copied index, since the copy shares the others
   * @param end what lies behind it is of a run that was killed, and cut off; a new file without it
   */
  constructor(folder: string, part = 0, end = 0) {
    this.#folder = folder;
    this.#positions = openInPlace(join(folder, POSITIONS));
    this.#facets = openInPlace(join(folder, FACETS));
    this.#records = openSync(join(folder, recordsFile(part)), end > 0 ? "r+" : "w");
    this.#part = part;
    this.#end = end;
    if (fstatSync(this.#records).size < end) throw new Error("the records of an interrupted build are cut off");
    ftruncateSync(this.#records, end);
  }

  /** Bytes of the file that are written. */
  get end(): number {
    return this.#end;
  }

  get part(): number {
    return this.#part;
  }

  add({ rows, records, lengths, months, kinds, vectors = [] }: NewRecords): void {
    const packed = vectors.map((vector) => (vector ? packVectors([vector]) : undefined));
    writeAll(this.#records, packed.length > 0 ? interleaved(records, lengths, packed) : records, this.#end);
    const positions = Buffer.alloc(rows.length * POSITION_BYTES);
    const facets = Buffer.alloc(rows.length * FACET_BYTES);
    for (let i = 0; i < rows.length; i++) {
      const ofVector = packed[i]?.length ?? 0;
      const length = lengths[i]! + ofVector;
      positions.writeDoubleLE(this.#end, i * POSITION_BYTES);
      positions.writeUInt16LE(this.#part, i * POSITION_BYTES + 8);
      positions.writeUInt16LE(ofVector, i * POSITION_BYTES + 10);
      positions.writeUInt32LE(length, i * POSITION_BYTES + 12);
      facets.writeInt32LE(months[i]!, i * FACET_BYTES);
      facets.writeUInt16LE(this.#part, i * FACET_BYTES + 4);
      facets.writeUInt8(kinds[i]!, i * FACET_BYTES + 6);
      this.#end += length;
    }
    for (let from = 0, to = 1; from < rows.length; from = to++) {
      while (to < rows.length && rows[to] === rows[to - 1]! + 1) to++;
      const [first] = rows.subarray(from);
      const of = (all: Buffer, bytes: number) => all.subarray(from * bytes, to * bytes);
      writeAll(this.#positions, of(positions, POSITION_BYTES), first! * POSITION_BYTES);
      this.#fillFacets(first!);
      writeAll(this.#facets, of(facets, FACET_BYTES), first! * FACET_BYTES);
    }
  }

  remove(rows: Iterable<number>): void {
    for (const row of rows) {
      writeAll(this.#positions, Buffer.alloc(POSITION_BYTES), row * POSITION_BYTES);
      writeAll(this.#facets, nothing(1), row * FACET_BYTES);
    }
  }

  /** From here on into a file of its own. */
  nextPart(): void {
    closeSync(this.#records);
    this.#part += 1;
    this.#end = 0;
    this.#records = openSync(join(this.#folder, recordsFile(this.#part)), "w");
  }

  close(): void {
    for (const file of [this.#positions, this.#facets, this.#records]) closeSync(file);
  }

  /** Rows that were never there have no part: a gap in a file would read as part 0. */
  #fillFacets(until: number): void {
    const { size } = fstatSync(this.#facets);
    const missing = until - size / FACET_BYTES;
    if (missing > 0) writeAll(this.#facets, nothing(missing), size);
  }
}

function openInPlace(path: string): number {
  return openSync(path, existsSync(path) ? "r+" : "w+");
}

/** Facets of rows that are not there. */
function nothing(rows: number): Buffer {
  const facets = Buffer.alloc(rows * FACET_BYTES);
  for (let i = 0; i < rows; i++) facets.writeUInt16LE(NO_PART, i * FACET_BYTES + 4);
  return facets;
}

/** Each record with its vector behind it. */
function interleaved(
  records: Uint8Array,
  lengths: Uint32Array,
  packed: readonly (Uint8Array | undefined)[],
): Uint8Array {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const [i, length] of lengths.entries()) {
    pieces.push(records.subarray(at, (at += length)));
    const vector = packed[i];
    if (vector) pieces.push(vector);
  }
  return Buffer.concat(pieces);
}

export function nextPart(folder: string): number {
  return partsIn(folder).length;
}
