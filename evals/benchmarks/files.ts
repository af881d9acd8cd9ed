/** Reading data sets as they were downloaded: bytes with their digest, CSV without guesses, text that must be valid UTF-8. */
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { parse } from "csv-parse/sync";
import { BadDataSet } from "./benchmark.ts";

export interface DataFile {
  name: string;
  bytes: Buffer;
  digest: string;
}

export function readDataFile(path: string, expected: string): DataFile {
  const name = basename(path);
  let bytes: Buffer;
  try {
    if (statSync(path).isDirectory()) throw new BadDataSet(path, expected, "a folder");
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof BadDataSet) throw error;
    throw new BadDataSet(path, expected, `no readable file (${(error as NodeJS.ErrnoException).code ?? "error"})`);
  }
  if (bytes.subarray(0, 40).toString("latin1").startsWith("version https://git-lfs")) {
    throw new BadDataSet(name, expected, "a Git LFS pointer: download the file itself");
  }
  return { name, bytes, digest: digestOf(bytes) };
}

export function digestOf(bytes: Buffer | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** @throws TypeError where the bytes are no UTF-8. A byte order mark at the beginning goes. */
export function decodeUtf8(bytes: Uint8Array): string {
  return utf8.decode(bytes);
}

/** Rows of strings; every cell is text and nothing else: "NA" stays "NA". */
export function csvRows({ name, bytes }: DataFile, expected: string): string[][] {
  try {
    return parse(decodeUtf8(bytes), { skip_empty_lines: true, record_delimiter: ["\r\n", "\n", "\r"] });
  } catch (error) {
    // A parser's message may quote the row.
    const code = (error as { code?: string }).code ?? (error as Error).name;
    throw new BadDataSet(name, expected, `no well-formed CSV (${code})`);
  }
}

/** Base64 of whole bytes; undefined where the text is anything else (`Buffer.from` would skip what it does not know). */
export function fromBase64(text: string): Buffer | undefined {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? Buffer.from(text, "base64") : undefined;
}

/** The JSON objects of a JSONL file, with their line numbers from 1. */
export function jsonLines({ name, bytes }: DataFile, expected: string): { line: number; value: unknown }[] {
  return bytes
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .split("\n")
    .flatMap((text, i) => {
      if (!text.trim()) return [];
      try {
        return [{ line: i + 1, value: JSON.parse(text) as unknown }];
      } catch {
        throw new BadDataSet(name, expected, `line ${i + 1} that is no JSON`);
      }
    });
}
