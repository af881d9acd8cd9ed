/**
 * `adjacency.bin` beside `graph.db`: the arrays of a large graph, so that opening it means reading one file. It is good
 * for one stamp of the store and nothing is lost with it: where it is missing or another's, the arrays are made again.
 */
import { randomUUID } from "node:crypto";
import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { arrangeEdges, FILLERS, type AsideEntry, type GraphArrays } from "./adjacency.ts";
import { columnsOf, indexOf, slotsFor, type EdgeBlocks } from "./edge-columns.ts";

const MAGIC = "medresearcher adjacency 1\n";
/** Bytes of the header, padded with spaces. */
const HEADER = 512;
/** Entries that are made and written at once. */
const ENTRIES_AT_ONCE = 1 << 18;

interface Header {
  stamp: string;
  nodes: number;
  entries: number;
  slots: number;
  aside: number;
}

export interface Arranged {
  arrays: GraphArrays;
  /** Rows of relations by identity, see `indexOf`; undefined where the file was replaced meanwhile. */
  slots(): Int32Array | undefined;
}

/** Writes the arrays of these relations, atomically, and without ever having all of them in memory. */
export function writeAdjacency(path: string, stamp: string, edges: EdgeBlocks): void {
  const temporary = `${path}.${randomUUID()}.tmp`;
  const file = openSync(temporary, "w");
  try {
    const { header, slotsAt } = writeArrays(file, stamp, edges);
    // Last, when what the arrays were made from is free again.
    const slots = indexOf(edges);
    writeAll(file, slots, slotsAt);
    writeAll(file, Buffer.from((MAGIC + JSON.stringify(header)).padEnd(HEADER)), 0);
    closeSync(file);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** All but the header and the slots, for which it leaves room. */
function writeArrays(file: number, stamp: string, edges: EdgeBlocks): { header: Header; slotsAt: number } {
  const { nodes, starts, incoming, aside, order, columns } = arrangeEdges(columnsOf(edges));
  const asideBytes = Buffer.from(JSON.stringify(aside));
  const slots = slotsFor(edges);
  const header: Header = { stamp, nodes, entries: order.length, slots, aside: asideBytes.byteLength };
  let at = HEADER;
  const write = (array: NodeJS.TypedArray) => {
    writeAll(file, array, at);
    at += array.byteLength;
  };
  const writePart = (part: keyof typeof FILLERS, piece: Int32Array | Uint16Array | Uint8Array) => {
    for (let from = 0; from < order.length; from += ENTRIES_AT_ONCE) {
      const some = order.subarray(from, from + ENTRIES_AT_ONCE);
      FILLERS[part](columns, some, piece);
      write(piece.subarray(0, some.length));
    }
  };
  write(starts);
  write(incoming);
  writePart("targets", new Int32Array(ENTRIES_AT_ONCE));
  writePart("relations", new Int32Array(ENTRIES_AT_ONCE));
  const slotsAt = at;
  at += slots * 4;
  writePart("predicates", new Uint16Array(ENTRIES_AT_ONCE));
  writePart("support", new Uint8Array(ENTRIES_AT_ONCE));
  write(asideBytes);
  return { header, slotsAt };
}

/** The arrays as written for this stamp; undefined where there are none. */
export function readAdjacency(path: string, stamp: string): Arranged | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, "r");
  try {
    const header = readHeader(file, path);
    if (header?.stamp !== stamp) return undefined;
    const { nodes, entries, slots, aside } = header;
    let at = HEADER;
    const read = <T extends NodeJS.TypedArray>(array: T): T => {
      readAll(file, array, at);
      at += array.byteLength;
      return array;
    };
    const starts = read(new Int32Array(nodes + 2));
    const incoming = read(new Int32Array(nodes + 1));
    const targets = read(new Int32Array(entries));
    const relations = read(new Int32Array(entries));
    const slotsAt = at;
    at += slots * 4;
    const predicates = read(new Uint16Array(entries));
    const support = read(new Uint8Array(entries));
    const rest = JSON.parse(Buffer.from(read(new Uint8Array(aside))).toString()) as AsideEntry[];
    let index: Int32Array | undefined;
    return {
      arrays: { nodes, starts, incoming, targets, relations, predicates, support, aside: rest },
      slots: () => (index ??= readSlots(path, stamp, slotsAt, slots)),
    };
  } finally {
    closeSync(file);
  }
}

/** Read when an id is first looked up: most readers never need it. */
function readSlots(path: string, stamp: string, at: number, count: number): Int32Array | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, "r");
  try {
    if (readHeader(file, path)?.stamp !== stamp) return undefined;
    const slots = new Int32Array(count);
    readAll(file, slots, at);
    return slots;
  } finally {
    closeSync(file);
  }
}

/** Undefined where the file is another version's, or cut off. */
function readHeader(file: number, path: string): Header | undefined {
  const bytes = Buffer.alloc(HEADER);
  readSync(file, bytes, 0, HEADER, 0);
  const text = bytes.toString("latin1");
  if (!text.startsWith(MAGIC)) return undefined;
  const header = JSON.parse(text.slice(MAGIC.length)) as Header;
  const { nodes, entries, slots, aside } = header;
  const size = HEADER + 4 * (2 * nodes + 3 + 2 * entries + slots) + 3 * entries + aside;
  return statSync(path).size === size ? header : undefined;
}

function writeAll(file: number, array: NodeJS.TypedArray, position: number): void {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  for (let at = 0; at < bytes.byteLength;) {
    at += writeSync(file, bytes, at, Math.min(PIECE, bytes.byteLength - at), position + at);
  }
}

function readAll(file: number, array: NodeJS.TypedArray, position: number): void {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  for (let at = 0; at < bytes.byteLength;) {
    const read = readSync(file, bytes, at, Math.min(PIECE, bytes.byteLength - at), position + at);
    if (read === 0) throw new Error("the adjacency file is cut off");
    at += read;
  }
}

/** One call reads or writes less than two gigabytes. */
const PIECE = 1 << 28;
