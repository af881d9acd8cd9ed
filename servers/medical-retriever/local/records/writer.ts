/** Writes records (see `records.ts`): appended to the last file, their positions in place. */
import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { packVectors } from "../../embedding/packed-vectors.ts";
import { partsIn, POSITION_BYTES, POSITIONS, recordsFile } from "./records.ts";

export class RecordWriter {
  readonly #positions: number;
  readonly #records: number;
  readonly #part: number;
  #end: number;

  /**
   * @param part the file to append to: one of its own for each change of a copied index, since the copy shares the others
   * @param end what lies behind it is of a run that was killed, and cut off; a new file without it
   */
  constructor(folder: string, part = 0, end = 0) {
    const positions = join(folder, POSITIONS);
    this.#positions = openSync(positions, existsSync(positions) ? "r+" : "w+");
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

  /** @param rows ascending; @param records one after another, of `lengths` bytes; @param vectors of the rows that have one */
  add(
    rows: Int32Array,
    records: Uint8Array,
    lengths: Uint32Array,
    vectors: readonly (Float32Array | undefined)[] = [],
  ): void {
    const packed = vectors.map((vector) => (vector ? packVectors([vector]) : undefined));
    writeAll(this.#records, packed.length > 0 ? interleaved(records, lengths, packed) : records, this.#end);
    const positions = Buffer.alloc(rows.length * POSITION_BYTES);
    for (let i = 0; i < rows.length; i++) {
      const ofVector = packed[i]?.length ?? 0;
      const length = lengths[i]! + ofVector;
      positions.writeDoubleLE(this.#end, i * POSITION_BYTES);
      positions.writeUInt16LE(this.#part, i * POSITION_BYTES + 8);
      positions.writeUInt16LE(ofVector, i * POSITION_BYTES + 10);
      positions.writeUInt32LE(length, i * POSITION_BYTES + 12);
      this.#end += length;
    }
    for (let from = 0, to = 1; from < rows.length; from = to++) {
      while (to < rows.length && rows[to] === rows[to - 1]! + 1) to++;
      writeAll(
        this.#positions,
        positions.subarray(from * POSITION_BYTES, to * POSITION_BYTES),
        rows[from]! * POSITION_BYTES,
      );
    }
  }

  remove(rows: Iterable<number>): void {
    const nothing = Buffer.alloc(POSITION_BYTES);
    for (const row of rows) writeAll(this.#positions, nothing, row * POSITION_BYTES);
  }

  close(): void {
    closeSync(this.#positions);
    closeSync(this.#records);
  }
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

/** A write may stop short where the disk is nearly full; the next one then says so. */
function writeAll(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
  }
}
