/**
 * Where the index of a revision lies: `<knowledge>/search/<revision>/<format>/`. It holds the records and their positions,
 * the postings of terms, what the engine keeps, and its description, which is written last: without it there is no index.
 */
import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { UsualLengths } from "./postings/impact.ts";

/** Changes whenever tokenisation or layout does; another format is built anew. */
const FORMAT = "v6";

export const ENGINES = ["embedded", "meilisearch"] as const;
export type EngineName = (typeof ENGINES)[number];

const Count = z.number().int().nonnegative();

export const IndexDescription = z.object({
  documents: Count,
  titleTerms: Count,
  bodyTerms: Count,
  /** The latest date of publication in the collection; absent where no date is known. */
  newest: z.string().optional(),
  /** Kinds of evidence by number. */
  kinds: z.array(z.string()),
  /** Of the texts of record: what came or changed later is not in the index. */
  through: z.object({ row: Count, seq: Count }),
  /** The lengths that impacts are reckoned with; see `postings/impact.ts`. */
  usual: z.object({ title: z.number(), body: z.number() }),
  /** Its files by name: one that was cut off is noticed at once. */
  bytes: z.record(z.string(), Count),
  /** Whose vectors it holds, of how many documents. */
  embedder: z.object({ identity: z.string(), dimension: Count, vectors: Count }).optional(),
});
export type IndexDescription = z.infer<typeof IndexDescription>;

export const FILES = { description: "index.json", position: "position.json" } as const;

export function searchRoot(knowledgePath: string): string {
  return join(knowledgePath, "search");
}

export function revisionFolder(knowledgePath: string, revision: string): string {
  return join(searchRoot(knowledgePath), revision.replaceAll(/[^\w.-]/g, "_"));
}

export function indexFolder(knowledgePath: string, revision: string, engine: EngineName = "embedded"): string {
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

/** Bytes of the files at the top of an index: what the engine keeps has checks of its own. */
export function sizesOf(folder: string): Record<string, number> {
  const names = readdirSync(folder).filter((name) => /\.(?:bin|db)$/.test(name));
  return Object.fromEntries(names.toSorted().map((name) => [name, statSync(join(folder, name)).size]));
}

/** @throws Error where a file of a complete index is not as it was written */
export function checkSizes(folder: string, { bytes }: IndexDescription): void {
  const sizes = sizesOf(folder);
  const damaged = Object.keys(bytes).filter((name) => sizes[name] !== bytes[name]);
  if (damaged.length > 0) throw new Error(`${damaged.join(", ")} of the search index in ${folder}: missing or cut off`);
}

export function emptyDescription(usual: UsualLengths): IndexDescription {
  return { documents: 0, titleTerms: 0, bodyTerms: 0, kinds: [], usual, bytes: {}, through: { row: 0, seq: 0 } };
}

function formatOf(engine: EngineName): string {
  return engine === "embedded" ? FORMAT : `${FORMAT}-${engine}`;
}
