/** The medical retriever as a library. */
import { httpClient } from "../kit/http/index.ts";
import type { Knowledge } from "../knowledge/index.ts";
import { buildIndex, type BuildOptions } from "./local/build.ts";
import { indexFolder, readDescription } from "./local/folder.ts";
import { meaningOf } from "./relevance/meaning.ts";

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
  const http = httpClient();
  const meaning = meaningOf(knowledge, http, undefined);
  try {
    await buildIndex(knowledge, knowledge.manifest.revision, { vectors: meaning.vectors, ...options });
  } finally {
    await meaning.close();
    http.close();
  }
}

/** Whether the index of the folder's present revision is there. */
export function searchIndexIsCurrent({ path, manifest }: Pick<Knowledge, "path" | "manifest">): boolean {
  return readDescription(indexFolder(path, manifest.revision)) !== undefined;
}
