/** Files of one JSON object a line, read against their schema. */
import { readFileSync } from "node:fs";

interface Reader<T> {
  safeParse(
    value: unknown,
  ): { success: true; data: T } | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } };
}

/** A file that is not what it should be: which line, and why. */
export class BadRows extends Error {
  override readonly name = "BadRows";
}

/** All rows. @throws BadRows naming the first line that is none */
export function readRows<T>(file: string, schema: Reader<T>): T[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((line, i) => (line.trim() ? [parseRow(line, schema, `${file}, line ${i + 1}`)] : []));
}

/** @param where says which line it is, for the error */
export function parseRow<T>(line: string, schema: Reader<T>, where: string): T {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new BadRows(`${where}: not JSON`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: "unknown shape" };
  throw new BadRows(`${where}: ${path.length > 0 ? `${path.join(".")}: ` : ""}${message}`);
}
