/** A ZIP archive of a few parts, unpacked: the form in which checked parts go to a library that wants a file. */
import { crc32 } from "node:zlib";

export function storedZip(parts: readonly (readonly [path: string, bytes: Uint8Array])[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [path, bytes] of parts) {
    const name = Buffer.from(path, "utf8");
    const header = headerOf(name.length, bytes);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), header, name, bytes]);
    const entry = Buffer.alloc(16);
    entry.writeUInt32LE(at, 12);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), header, entry.subarray(2), name]));
    files.push(local);
    at += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, entries, end]);
}

/** What the local header and the directory's entry have in common: version to sizes and lengths. */
function headerOf(nameLength: number, bytes: Uint8Array): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  // Names are UTF-8.
  header.writeUInt16LE(0x800, 2);
  header.writeUInt32LE(crc32(bytes), 10);
  header.writeUInt32LE(bytes.length, 14);
  header.writeUInt32LE(bytes.length, 18);
  header.writeUInt16LE(nameLength, 22);
  return header;
}
