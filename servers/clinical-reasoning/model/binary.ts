/**
 * One file of typed arrays: magic, header (JSON with the place of each array), body. It is read with one `readFile`
 * and used in place. A file that is cut, corrupt or of another format is refused, never half used.
 */
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { crc32 } from "node:zlib";

const MAGIC = "MRCLINIC";
/** Raise it when the arrays, or the numbers that are compiled into them, change. */
const FORMAT = 3;
const KINDS = { u8: Uint8Array, u32: Uint32Array, f64: Float64Array } as const;

export type Column = Uint8Array | Uint32Array | Float64Array;
export type Columns = Record<string, Column>;

interface Header {
  format: number;
  revision: string;
  crc: number;
  bytes: number;
  columns: { name: string; kind: keyof typeof KINDS; offset: number; length: number }[];
}

/** Writes under another name, then renames: a reader sees the old file or the new one. */
export function writeColumns(path: string, revision: string, columns: Columns): void {
  const places: Header["columns"] = [];
  let offset = 0;
  for (const [name, column] of Object.entries(columns)) {
    places.push({ name, kind: kindOf(column), offset, length: column.length });
    offset = aligned(offset + column.byteLength);
  }
  const body = Buffer.alloc(offset);
  for (const { name, offset: at } of places) {
    const column = columns[name]!;
    body.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
  }
  const header: Header = { format: FORMAT, revision, crc: crc32(body), bytes: body.length, columns: places };
  const text = Buffer.from(JSON.stringify(header));
  const lead = Buffer.alloc(aligned(16 + text.length));
  lead.write(MAGIC, 0, "latin1");
  lead.writeUInt32LE(text.length, 8);
  text.copy(lead, 16);
  const temporary = `${path}.${randomUUID()}`;
  try {
    writeFileSync(temporary, Buffer.concat([lead, body]));
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** The columns of a file of this revision; undefined where there is no such file, or it is of another format or revision, cut or corrupt. */
export function readColumns(path: string, revision: string): Columns | undefined {
  if (!existsSync(path)) return undefined;
  const file = readFileSync(path);
  if (file.length < 16 || file.toString("latin1", 0, 8) !== MAGIC) return undefined;
  const length = file.readUInt32LE(8);
  const header = readHeader(file.subarray(16, 16 + length));
  if (!header || header.format !== FORMAT || header.revision !== revision) return undefined;
  // Copied where it does not start on a multiple of 8, which typed arrays need.
  const raw = file.subarray(aligned(16 + length));
  const body = raw.byteOffset % 8 === 0 ? raw : new Uint8Array(raw);
  if (body.length !== header.bytes || crc32(body) !== header.crc) return undefined;
  const columns: Columns = {};
  for (const { name, kind, offset, length: n } of header.columns) {
    columns[name] = new KINDS[kind](body.buffer, body.byteOffset + offset, n);
  }
  return columns;
}

function readHeader(text: Buffer): Header | undefined {
  try {
    return JSON.parse(text.toString("utf8")) as Header;
  } catch {
    return undefined;
  }
}

function kindOf(column: Column): keyof typeof KINDS {
  if (column instanceof Float64Array) return "f64";
  return column instanceof Uint32Array ? "u32" : "u8";
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
