/**
 * Where the index of a revision lies: `<knowledge>/search/<revision>/<format>/`. It holds the records and their positions,
 * the statistics of terms, what the engine keeps, and its description, which is written last: without it there is no index.
 */
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** Changes whenever tokenisation or layout does; another format is built anew. */
const FORMAT = "v5";

export const ENGINES = ["lancedb", "meilisearch"] as const;
export type EngineName = (typeof ENGINES)[number];

const Count = z.number().int().nonnegative();

export const IndexDescription = z.object({
  documents: Count,
  titleTerms: Count,
  bodyTerms: Count,
  /** The latest date of publication in the collection, and the first and the last year; absent where no date is known. */
  newest: z.string().optional(),
  years: z.tuple([Count, Count]).optional(),
  /** Kinds of evidence by number. */
  kinds: z.array(z.string()),
  /** Of the texts of record: what came or changed later is not in the index. */
  through: z.object({ row: Count, seq: Count }),
  /** Of its files of positions and records: a file that was cut off is noticed at once. */
  bytes: z.array(Count),
  /** Whose vectors it holds, of how many documents. */
  embedder: z.object({ identity: z.string(), dimension: Count, vectors: Count }).optional(),
});
export type IndexDescription = z.infer<typeof IndexDescription>;

export const FILES = { terms: "terms.db", description: "index.json" } as const;

export function searchRoot(knowledgePath: string): string {
  return join(knowledgePath, "search");
}

export function revisionFolder(knowledgePath: string, revision: string): string {
  return join(searchRoot(knowledgePath), revision.replaceAll(/[^\w.-]/g, "_"));
}

export function indexFolder(knowledgePath: string, revision: string, engine: EngineName = "lancedb"): string {
  return join(revisionFolder(knowledgePath, revision), formatOf(engine));
}

/** Complete indexes of any revision, the latest first. */
export function completeIndexes(knowledgePath: string, engine: EngineName): string[] {
  const root = searchRoot(knowledgePath);
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .map((name) => join(root, name, formatOf(engine)))
    .filter((folder) => existsSync(join(folder, FILES.description)))
    .toSorted((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
}

/** The description of a complete index, or undefined where there is none. @throws Error where it cannot be read */
export function readDescription(folder: string): IndexDescription | undefined {
  const file = join(folder, FILES.description);
  return existsSync(file) ? IndexDescription.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}

export function writeDescription(folder: string, description: IndexDescription): void {
  const file = join(folder, FILES.description);
  writeFileSync(`${file}.new`, JSON.stringify(description));
  renameSync(`${file}.new`, file);
}

export function emptyDescription(): IndexDescription {
  return { documents: 0, titleTerms: 0, bodyTerms: 0, kinds: [], bytes: [], through: { row: 0, seq: 0 } };
}

function formatOf(engine: EngineName): string {
  return engine === "lancedb" ? FORMAT : `${FORMAT}-${engine}`;
}
