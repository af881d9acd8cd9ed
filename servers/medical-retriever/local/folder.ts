/** Where the index of a revision lies: `<knowledge>/search/<revision>/<format>/`, with its description written inside. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** Changes whenever tokenisation or layout does; another format is built anew. */
const FORMAT = "v1";

export const IndexDescription = z.object({
  documents: z.number(),
  meanTitleLength: z.number(),
  meanBodyLength: z.number(),
  /** The latest date of publication in the collection: "now" for recency, so that ranking does not change with the clock. */
  newest: z.string().optional(),
});
export type IndexDescription = z.infer<typeof IndexDescription>;

export function searchRoot(knowledgePath: string): string {
  return join(knowledgePath, "search");
}

export function revisionFolder(knowledgePath: string, revision: string): string {
  return join(searchRoot(knowledgePath), revision.replaceAll(/[^\w.-]/g, "_"));
}

export function indexFolder(knowledgePath: string, revision: string): string {
  return join(revisionFolder(knowledgePath, revision), FORMAT);
}

export const FILES = { lance: "lance", terms: "terms.db", description: "index.json", table: "documents" } as const;

/** The description of a complete index, or undefined where there is none. */
export function readDescription(folder: string): IndexDescription | undefined {
  const file = join(folder, FILES.description);
  return existsSync(file) ? IndexDescription.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}
