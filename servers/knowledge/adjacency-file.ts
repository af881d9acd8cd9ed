/**
 * `adjacency.bin` beside `graph.db`: the arrays of a large graph, so that opening it means reading one file. It is good
 * for one stamp of the store and nothing is lost with it: where it is missing or another's, the arrays are made again.
 */
import { randomUUID } from "node:crypto";
import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { arrangeEdges, type AsideEntry, type GraphArrays } from "./adjacency.ts";
import type { EdgeTable } from "./edge-table.ts";

const MAGIC = "medresearcher adjacency 1\n";
/** Bytes of the header, padded with spaces. */
const HEADER = 512;

interface Header {
  stamp: string;
  nodes: number;
  entries: number;
  slots: number;
  aside: number;
}

export interface Arranged {
  arrays: GraphArrays;
  /** Rows of relations by identity, see `EdgeTable.slots`; undefined where the file was replaced meanwhile. */
  slots(): Int32Array | undefined;
}

/** Writes the arrays of `edges`, atomically. */
export function writeAdjacency(path: string, stamp: string, edges: EdgeTable): void {
  const arrays = arrangeEdges(edges);
  const aside = Buffer.from(JSON.stringify(arrays.aside));
  const header: Header = {
    stamp,
    nodes: arrays.nodes,
    entries: arrays.targets.length,
    slots: edges.slots.length,
    aside: aside.byteLength,
  };
  const temporary = `${path}.${randomUUID()}.tmp`;
  const file = openSync(temporary, "w");
  try {
    writeAll(file, Buffer.from((MAGIC + JSON.stringify(header)).padEnd(HEADER)));
    const { starts, incoming, targets, relations, predicates, support } = arrays;
    for (const part of [starts, incoming, targets, relations, edges.slots, predicates, support, aside]) {
      writeAll(file, new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    }
    closeSync(file);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
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

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.byteLength;) at += writeSync(file, bytes, at, Math.min(PIECE, bytes.byteLength - at));
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
