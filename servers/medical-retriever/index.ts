/** The medical retriever as a library. */
export { authorityOf } from "./authority.ts";
export { kindOf, KINDS } from "./kinds.ts";
export { openRetriever, Retriever, type CallContext, type RetrieverOptions } from "./retriever.ts";
export type { SearchOptions, SearchResult } from "./search.ts";
export {
  buildSearchIndex,
  rebuildSearchIndex,
  searchIndexIsCurrent,
  searchIndexStatus,
  type SearchIndexStatus,
} from "./stored-index.ts";
