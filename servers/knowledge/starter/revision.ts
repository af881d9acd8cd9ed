/** Which version of the starter the source files and this code make. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GRAPH_SCHEMA } from "../graph-schema.ts";
import { sourceFiles } from "./read.ts";

/** Raise it when records or the folding of names change, so that what older code made is left behind. */
const FORMAT = 2;

/** Of twelve hexadecimal digits. @param sources where the `*.yaml` lie */
export function starterRevision(sources: string): string {
  const hash = createHash("sha256").update(`format ${FORMAT}\n${GRAPH_SCHEMA}\n`);
  for (const name of sourceFiles(sources)) {
    const text = readFileSync(join(sources, name));
    hash.update(`${name} ${text.length}\n`).update(text);
  }
  return hash.digest("hex").slice(0, 12);
}
