/** A session that leaves no record: for questions whose text may not be written to disk. It cannot be shown, resumed or replayed. */
import { randomBytes } from "node:crypto";
import type { Blob } from "../../schemas/index.ts";
import { blobOf } from "./blobs.ts";

export function nowhere() {
  const log = {
    folder: "",
    write: () => undefined,
    sync: () => undefined,
    keep: (text: string): Blob => blobOf(text),
    close: () => undefined,
  };
  return { id: `unrecorded-${randomBytes(6).toString("hex")}`, log };
}
