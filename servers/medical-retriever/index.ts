/** The medical retriever as a library. */
import type { Knowledge } from "../knowledge/index.ts";
import { buildIndex, type BuildOptions } from "./local/build.ts";
import { indexFolder, readDescription } from "./local/folder.ts";

export { authorityOf } from "./authority.ts";
export { kindOf, KINDS } from "./kinds.ts";
export { openRetriever, Retriever, type CallContext, type RetrieverOptions } from "./retriever.ts";
export type { SearchOptions, SearchResult } from "./search.ts";

/**
 * Makes the search index of a knowledge folder's present revision, where it is missing. Call it after the manifest was
 * written; otherwise the first search does it.
 * @throws the signal's reason when aborted
 */
export async function buildSearchIndex(knowledge: Knowledge, options: BuildOptions = {}): Promise<void> {
  await buildIndex(knowledge, knowledge.manifest.revision, options);
}

/** Whether the index of the folder's present revision is there. */
export function searchIndexIsCurrent({ path, manifest }: Pick<Knowledge, "path" | "manifest">): boolean {
  return readDescription(indexFolder(path, manifest.revision)) !== undefined;
}
