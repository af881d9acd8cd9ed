/** Where a reading goes on: opaque to the caller, bound to one text and one goal, so that pages never mix. */
import { createHash } from "node:crypto";
import { invalidArguments } from "../kit/failure.ts";

/** Names a text and the goal it is read for. */
export function readingKey(text: string, goal: string): string {
  return createHash("sha256").update(goal).update("\0").update(text).digest("base64url").slice(0, 16);
}

export function writeCursor(key: string, index: number): string {
  return `${key}.${index}`;
}

/** The index of the next passage. @throws ToolError where the cursor belongs to another reading */
export function readCursor(cursor: string | undefined, key: string): number {
  if (cursor === undefined) return 0;
  const [, of, index] = /^(.*)\.(\d{1,9})$/.exec(cursor) ?? [];
  if (of !== key) {
    throw invalidArguments(
      "the cursor belongs to another document or goal, or the document has changed since",
      "call read_document again without cursor",
    );
  }
  return Number(index);
}
