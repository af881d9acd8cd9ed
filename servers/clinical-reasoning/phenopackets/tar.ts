/** The regular files of a tar archive in memory (ustar, with the long names of pax and GNU). */

const BLOCK = 512;

export interface ArchivedFile {
  path: string;
  bytes: Buffer;
}

/** @throws Error where the archive is cut or damaged */
export function* filesInTar(archive: Buffer): Generator<ArchivedFile> {
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= archive.length;) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return;
    checkSum(header);
    const size = Number.parseInt(text(header, 124, 12), 8) || 0;
    const bytes = archive.subarray(at + BLOCK, at + BLOCK + size);
    if (bytes.length < size) throw new Error("the archive is cut off");
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const kind = text(header, 156, 1);
    if (kind === "x") longName = /\d+ path=([^\n]*)\n/u.exec(bytes.toString("utf8"))?.[1];
    else if (kind === "L") longName = bytes.toString("utf8").replace(/\0.*$/su, "");
    else if (kind !== "g") {
      const prefix = text(header, 257, 5) === "ustar" ? text(header, 345, 155) : "";
      const path = longName ?? [prefix, text(header, 0, 100)].filter(Boolean).join("/");
      longName = undefined;
      if (kind === "0" || kind === "") yield { path, bytes };
    }
  }
}

function checkSum(header: Buffer): void {
  const stated = Number.parseInt(text(header, 148, 8), 8);
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  if (sum !== stated) throw new Error("no tar archive, or a damaged one");
}

function text(header: Buffer, start: number, length: number): string {
  return header
    .toString("utf8", start, start + length)
    .replace(/\0.*$/su, "")
    .trim();
}
