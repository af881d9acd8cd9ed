/**
 * A copy of an index to change, which costs next to nothing: files that are never written again are shared by hard links,
 * the others are copied. The index that others read stays as it is.
 */
import { copyFileSync, linkSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { FILES } from "../folder.ts";
import { FACETS } from "../records/facets.ts";
import { POSITIONS } from "../records/records.ts";

/** Changed in place. */
const COPIED = new Set<string>([POSITIONS, FACETS]);

export function copyIndex(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    // The description makes an index of a folder: it is written when the copy is complete.
    if (entry.name === FILES.description) continue;
    if (entry.isDirectory()) copyIndex(source, target);
    else if (COPIED.has(entry.name) || entry.name.endsWith(".json")) copyFileSync(source, target);
    else share(source, target);
  }
}

function share(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    // Some file systems have no hard links.
    copyFileSync(source, target);
  }
}
