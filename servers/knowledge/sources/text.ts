/** Text files as sources publish them: plain or `.gz`, with or without a byte order mark, any line ending. */
import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { pipeline } from "node:stream";
import { promisify } from "node:util";
import { createGunzip, gunzip } from "node:zlib";

export interface TextLine {
  /** From 1. */
  number: number;
  text: string;
}

/** The whole file. @throws Error that names the file when it is missing or cut off */
export async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    const plain = path.endsWith(".gz") ? await promisify(gunzip)(bytes) : bytes;
    return plain.toString("utf8").replace(/^\u{feff}/u, "");
  } catch (error) {
    throw readable(path, error);
  }
}

/** Lines of the file, streamed, without their ends. @throws Error that names the file when it is missing or cut off */
export async function* readLines(path: string): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder();
  let rest = "";
  let number = 0;
  try {
    for await (const chunk of openBytes(path)) {
      const lines = (rest + decoder.decode(chunk as Buffer, { stream: true })).split("\n");
      rest = lines.pop()!;
      for (const line of lines) yield { number: ++number, text: withoutReturn(line) };
    }
  } catch (error) {
    throw readable(path, error);
  }
  rest += decoder.decode();
  if (rest) yield { number: ++number, text: withoutReturn(rest) };
}

/** Bytes of the file, unpacked, in pieces. @throws Error that names the file when it is missing or cut off */
export async function* readBytes(path: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of openBytes(path)) yield chunk as Buffer;
  } catch (error) {
    throw readable(path, error);
  }
}

/** Bytes of the file, unpacked, in large pieces, each good until the next one is asked for. @throws as `readBytes` */
export async function* readBlocks(path: string): AsyncGenerator<Buffer> {
  if (path.endsWith(".gz")) {
    for await (const chunk of readBytes(path)) {
      yield chunk;
      release(chunk);
    }
    return;
  }
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const memory = Buffer.allocUnsafeSlow(BLOCK);
    for (;;) {
      // Nothing else could be done meanwhile, and handing a piece over from another thread takes longer than reading it.
      const length = readSync(file, memory, 0, BLOCK, null);
      if (length === 0) return;
      yield memory.subarray(0, length);
    }
  } catch (error) {
    throw readable(path, error);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

const BLOCK = 1 << 20;
/** Of what is unpacked. */
const UNPACKED = 1 << 18;

/**
 * Gives memory back that was filled to its end, for nothing else comes there. The collector would find it too, but a
 * reader that makes few objects lets it be called for these pieces alone, again and again.
 */
function release({ buffer, byteOffset, byteLength }: Buffer): void {
  const isOurs = buffer instanceof ArrayBuffer && buffer.byteLength === UNPACKED;
  if (isOurs && byteOffset + byteLength === UNPACKED) buffer.transfer(0);
}

function openBytes(path: string) {
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  if (!path.endsWith(".gz")) return file;
  // Errors of either end surface in the loop that reads; the callback is where they would be told otherwise.
  return pipeline(file, createGunzip({ chunkSize: UNPACKED }), () => {});
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

function readable(path: string, error: unknown): Error {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return new Error(`${path}: there is no such file`, { cause: error });
  if (code === "Z_BUF_ERROR")
    return new Error(`${path}: the gzip file is cut off; download it again`, { cause: error });
  if (code?.startsWith("Z_"))
    return new Error(`${path}: not a whole gzip file (${message}); download it again`, { cause: error });
  return new Error(`${path}: ${message}`, { cause: error });
}
