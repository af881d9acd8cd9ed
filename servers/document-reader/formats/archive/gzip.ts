/** gzip: what is inside, as far as it can be unpacked within bounds. */
import { createGunzip } from "node:zlib";
import { damaged, refusedAsBomb, unreadable } from "../failures.ts";
import type { Piece } from "../read-bytes.ts";
import { MAX_MEMBER_BYTES } from "./archive.ts";

const MAX_RATIO = 300;
const RATIO_FROM_BYTES = 16 * 1024 * 1024;

/** @returns the file without `.gz`, and why it is not the whole of it @throws ToolError where nothing can be unpacked */
export async function unpackGzip({ bytes, name }: Piece): Promise<Piece & { incomplete?: string }> {
  const parts: Buffer[] = [];
  let size = 0;
  let incomplete: string | undefined;
  const unpacking = createGunzip();
  unpacking.end(bytes);
  try {
    for await (const part of unpacking as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > RATIO_FROM_BYTES && size > MAX_RATIO * bytes.length) {
        throw refusedAsBomb(`the gzip file unpacks to more than ${MAX_RATIO} times its size`);
      }
      if (size > MAX_MEMBER_BYTES) {
        incomplete = `only the first ${MAX_MEMBER_BYTES} bytes of the gzip file were unpacked`;
        break;
      }
      parts.push(part);
    }
  } catch (error) {
    const isBroken = error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
    if (!isBroken || parts.length === 0) throw damaged("gzip file", error);
    incomplete = "the gzip file is cut off or damaged; what could be unpacked is given";
  } finally {
    unpacking.destroy();
  }
  if (size === 0) throw unreadable("the gzip file holds nothing", "check that it was written completely");
  const inner = name.replace(/\.tgz$/i, ".tar").replace(/\.gz$/i, "");
  return { bytes: Buffer.concat(parts), name: inner, ...(incomplete ? { incomplete } : {}) };
}
