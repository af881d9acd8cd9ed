/** Opaque page cursors: where to go on, in which list, and how long that list was. */
import { invalidArguments } from "../kit/index.ts";

/** @param key what identifies the list: the same question gives the same key */
export function writeCursor(key: unknown, offset: number, total: number): string {
  return Buffer.from(JSON.stringify([offset, total, JSON.stringify(key)])).toString("base64url");
}

/** The offset, 0 without a cursor. @throws ToolError where it belongs to another question or the list has changed */
export function readCursor(cursor: string | undefined, key: unknown): { offset: number; total?: number } {
  if (!cursor) return { offset: 0 };
  try {
    const [offset, total, of] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as [number, number, string];
    if (Number.isInteger(offset) && offset >= 0 && of === JSON.stringify(key)) return { offset, total };
  } catch {
    // Not one of ours: said below.
  }
  throw invalidArguments("the cursor belongs to another question", "ask again without cursor, with the same arguments");
}
