/**
 * What ranking needs of each document, by its row in the store: `records-N.bin` holds head, terms and vector one after
 * another, and `positions.bin` says where each begins. Candidates are read from here, not from the engine that found them: two small
 * reads each, nothing kept in memory.
 */
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { nearest } from "../../embedding/packed-vectors.ts";
import type { Candidate } from "../document-index.ts";
import { readAll } from "../file-bytes.ts";
import type { TermedDocument } from "../ranking.ts";
import { BAR } from "../term-counter.ts";

export const POSITIONS = "positions.bin";
/** Of a position: where the record begins (64 bits), which file it is in (16), bytes of its vector (16) and of all (32). */
export const POSITION_BYTES = 16;
export const recordsFile = (part: number): string => `records-${part}.bin`;

/** What a record says of its document. */
export type RecordHead = Pick<Candidate, "id" | "published" | "kind" | "integrity" | "impact">;

const HEAD_END = 0x0a;

/** A record is its head and its terms. */
export function encodeHead(head: RecordHead): string {
  return `${JSON.stringify(head)}\n`;
}

/** @param record head and terms, in memory that nothing writes to later */
function decodeRecord(record: Buffer): Candidate {
  const end = record.indexOf(HEAD_END);
  const head = JSON.parse(record.toString("utf8", 0, end)) as RecordHead;
  return { ...head, terms: new StoredTerms(record.subarray(end + 1)) };
}

/** Terms as they are stored, taken apart when they are looked at. */
class StoredTerms implements TermedDocument {
  readonly joined: Buffer;
  #terms: [title: string[], body: string[]] | undefined;

  constructor(joined: Buffer) {
    this.joined = joined;
  }

  get title(): readonly string[] {
    return this.#apart()[0];
  }

  get body(): readonly string[] {
    return this.#apart()[1];
  }

  #apart(): [title: string[], body: string[]] {
    if (this.#terms) return this.#terms;
    const text = this.joined.toString();
    const bar = text.indexOf(BAR);
    return (this.#terms = [split(text.slice(0, bar)), split(text.slice(bar + BAR.length))]);
  }
}

function split(terms: string): string[] {
  return terms === "" ? [] : terms.split(" ");
}

/** Positions of four million documents. */
const MOST_IN_MEMORY = 64e6;

interface RecordPlace {
  file: number | undefined;
  at: number;
  /** In bytes, and where the vector begins. */
  length: number;
  end: number;
}

export class Records {
  readonly #positions: number;
  readonly #parts: number[];
  readonly #position = Buffer.alloc(POSITION_BYTES);
  /** The one that is compared. */
  #vector = Buffer.alloc(0);
  /** All positions, where they are not too many. */
  readonly #inMemory: Buffer | undefined;

  /** @throws Error where a file is missing */
  constructor(folder: string) {
    this.#positions = openSync(join(folder, POSITIONS), "r");
    if (fstatSync(this.#positions).size <= MOST_IN_MEMORY) this.#inMemory = readFileSync(join(folder, POSITIONS));
    this.#parts = partsIn(folder).map((part) => openSync(join(folder, recordsFile(part)), "r"));
  }

  /**
   * The record of a row; undefined where there is none.
   * @param vector of a question: the candidate then says how near it is. @throws Error where the files are damaged
   */
  get(row: number, vector?: Float32Array): Candidate | undefined {
    const place = this.#placeOf(row);
    if (!place) return undefined;
    const { length, end } = place;
    const record = read(Buffer.allocUnsafe(vector ? length : end), place, 0);
    const candidate = decodeRecord(record.subarray(0, end));
    if (vector && end < length) candidate.similarity = nearest(record.subarray(end), vector);
    return candidate;
  }

  /** How near a row is, of which nothing else is read; undefined where it has no vector. */
  similarity(row: number, vector: Float32Array): number | undefined {
    const place = this.#placeOf(row);
    if (!place || place.end === place.length) return undefined;
    const bytes = place.length - place.end;
    if (this.#vector.length !== bytes) this.#vector = Buffer.alloc(bytes);
    return nearest(read(this.#vector, place, place.end), vector);
  }

  /** Whether the row has a vector. */
  hasVector(row: number): boolean {
    return (this.#positionOf(row)?.readUInt16LE(10) ?? 0) > 0;
  }

  #placeOf(row: number): RecordPlace | undefined {
    const position = this.#positionOf(row);
    const length = position?.readUInt32LE(12);
    if (!position || !length) return undefined;
    const [part, ofVector] = [position.readUInt16LE(8), position.readUInt16LE(10)];
    return { file: this.#parts[part], at: position.readDoubleLE(0), length, end: length - ofVector };
  }

  #positionOf(row: number): Buffer | undefined {
    const at = row * POSITION_BYTES;
    if (this.#inMemory) {
      return at + POSITION_BYTES <= this.#inMemory.length
        ? this.#inMemory.subarray(at, at + POSITION_BYTES)
        : undefined;
    }
    const bytes = readSync(this.#positions, this.#position, 0, POSITION_BYTES, at);
    return bytes === POSITION_BYTES ? this.#position : undefined;
  }

  close(): void {
    for (const file of [this.#positions, ...this.#parts]) closeSync(file);
  }
}

/** Fills the buffer from some byte of the record on. @throws Error where the file is missing or ends before */
function read(buffer: Buffer, { file, at }: RecordPlace, from: number): Buffer {
  if (file === undefined) throw new Error("a records file of the search index is missing");
  readAll(file, buffer, at + from, "records");
  return buffer;
}

/** The numbers of the record files in a folder: 0, 1, … without a gap. */
export function partsIn(folder: string): number[] {
  const parts: number[] = [];
  while (existsSync(join(folder, recordsFile(parts.length)))) parts.push(parts.length);
  if (readdirSync(folder).filter((name) => /^records-\d+\.bin$/.test(name)).length !== parts.length) {
    throw new Error("a records file of the search index is missing");
  }
  return parts;
}
