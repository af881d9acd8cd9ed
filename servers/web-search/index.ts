/** Web search: an engine over providers, and its MCP server. */
export { webSearch } from "./main.ts";
export { WebSearch, type SearchRequest } from "./search.ts";
