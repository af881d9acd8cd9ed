/** Large results lie beside the log as `blobs/<sha256>`: named by their content, written once, checked when read. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Blob, SessionEvent } from "../../schemas/index.ts";

/** A result whose JSON is longer than this goes to a blob. */
const INLINE_BYTES = 16 * 1024;

export function writeBlob(folder: string, text: string): Blob {
  const blob = blobOf(text);
  const file = join(folder, "blobs", blob.sha256);
  if (!existsSync(file)) {
    mkdirSync(join(folder, "blobs"), { recursive: true });
    // Whole or not at all: a crash leaves no half blob under a whole one's name.
    writeFileSync(`${file}.part`, text);
    renameSync(`${file}.part`, file);
  }
  return blob;
}

/** The blob's text; throws where it is missing or is not what its name says. */
export function readBlob(folder: string, { sha256 }: Blob): string {
  const text = readFileSync(join(folder, "blobs", sha256), "utf8");
  if (blobOf(text).sha256 !== sha256) throw new Error(`the blob ${sha256} is damaged`);
  return text;
}

/** The event as it is written: a long result replaced by its blob, which `keep` stores. */
export function withBlob(event: SessionEvent, keep: (text: string) => Blob): SessionEvent {
  if (event.type !== "tool.returned" || event.result === undefined) return event;
  const text = JSON.stringify(event.result);
  if (Buffer.byteLength(text) <= INLINE_BYTES) return event;
  const { result: _, ...rest } = event;
  return { ...rest, blob: keep(text) };
}

/** The event as it is folded: its result read back from the blob. */
export function withoutBlob(event: SessionEvent, folder: string): SessionEvent {
  if (event.type !== "tool.returned" || !event.blob) return event;
  const { blob, ...rest } = event;
  return { ...rest, result: JSON.parse(readBlob(folder, blob)) as unknown };
}

export function blobOf(text: string): Blob {
  return { sha256: createHash("sha256").update(text).digest("hex"), bytes: Buffer.byteLength(text) };
}
