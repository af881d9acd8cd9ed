/** What stands in every line of a batch: where its numbers come from, and what they are not. */
import type { Knowledge } from "../../knowledge/index.ts";

export const LIMITS = "decision support from published annotations; not a diagnosis";

/** `home@1f3c…`: the folder and its revision. */
export function provenance({ name, manifest }: Pick<Knowledge, "name" | "manifest">): string {
  return `${name}@${manifest.revision}`;
}
