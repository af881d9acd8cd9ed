/** Where a list of results goes on: opaque to the caller, bound to one question over one state of the index. */
import { createHash } from "node:crypto";
import { invalidArguments } from "../kit/index.ts";

/** Names a question with everything that decides the order of its results. */
export function listKey(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 12);
}

export function writeCursor(key: string, offset: number): string {
  return Buffer.from(`${key}:${offset}`).toString("base64url");
}

/** @throws ToolError where the cursor belongs to another list */
export function readCursor(cursor: string | undefined, key: string): number {
  if (!cursor) return 0;
  const [of, offset] = Buffer.from(cursor, "base64url").toString("utf8").split(":");
  if (of === key && offset && /^\d{1,6}$/.test(offset)) return Number(offset);
  throw invalidArguments(
    "the cursor belongs to another query, or the documents have changed since",
    "call again with the same arguments and without cursor",
  );
}
