/** ZIP archives as honest and as hostile programs write them: every field of the headers can be given another value. */
import { crc32, deflateRawSync } from "node:zlib";

export interface ZipFile {
  path: string | Uint8Array;
  data: string | Uint8Array;
  /** 8 is deflate (default), 0 is stored. */
  method?: number;
  /** General purpose flags; 1 is "encrypted". */
  flags?: number;
  /** What the directory claims instead of the truth. */
  size?: number;
  packedSize?: number;
  checksum?: number;
  /** Unix mode: 0o120777 is a link. */
  mode?: number;
  /** Of the local header, instead of where it is. */
  offset?: number;
}

export function makeZip(files: readonly ZipFile[], options: { entries?: number; comment?: string } = {}): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const name = Buffer.from(file.path);
    const data = Buffer.from(file.data);
    const method = file.method ?? 8;
    const packed = method === 8 ? deflateRawSync(data) : data;
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(file.flags ?? 0, 2);
    header.writeUInt16LE(method, 4);
    header.writeUInt32LE(file.checksum ?? crc32(data), 10);
    header.writeUInt32LE(file.packedSize ?? packed.length, 14);
    header.writeUInt32LE(file.size ?? data.length, 18);
    header.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), header, name, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((file.mode ?? 0) << 16) >>> 0, 6);
    rest.writeUInt32LE(file.offset ?? at, 10);
    // Made on Unix, where the mode counts.
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x03", "latin1"), header, rest, name]));
    locals.push(local);
    at += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(options.entries ?? files.length, 8);
  end.writeUInt16LE(options.entries ?? files.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(at, 16);
  const comment = Buffer.from(options.comment ?? "");
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, entries, end, comment]);
}

/** The usual case: path → text. */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  return makeZip(Object.entries(files).map(([path, data]) => ({ path, data })));
}
