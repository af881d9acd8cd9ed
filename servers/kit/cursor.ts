/** Where a list of results goes on: opaque to the caller, and bound to one question over one state of what it was asked of. */
import { createHash } from "node:crypto";
import { invalidArguments } from "./failure.ts";

/** Names a list by everything that decides what is in it and in which order. */
export function listKey(...parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 16);
}

/**
 * @param total how long the list was when this page was made, where later pages should not count again
 * @param list names the very list that the page is of, where the same question may give another one later
 */
export function writeCursor(key: string, offset: number, total?: number, list?: string): string {
  return Buffer.from(JSON.stringify([key, offset, total, ...(list ? [list] : [])])).toString("base64url");
}

/** Offset 0 without a cursor. @throws ToolError where the cursor is not one of ours or belongs to another list */
export function readCursor(cursor: string | undefined, key: string): { offset: number; total?: number; list?: string } {
  if (!cursor) return { offset: 0 };
  const [of, offset, total, list] = decode(cursor);
  if (of === key && Number.isSafeInteger(offset) && (offset as number) >= 0) {
    return {
      offset: offset as number,
      ...(Number.isSafeInteger(total) ? { total: total as number } : {}),
      ...(typeof list === "string" ? { list } : {}),
    };
  }
  throw invalidArguments(
    "the cursor belongs to another question, or what it was asked of has changed since",
    "call again with the same arguments and without cursor",
  );
}

function decode(cursor: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
