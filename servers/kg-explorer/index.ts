/** The graph explorer as a library, and its MCP server. */
export type { GraphBackend } from "./backend.ts";
export { EmbeddedGraph } from "./embedded.ts";
export { Explorer, type EvidenceQuery, type NeighborsQuery } from "./explorer.ts";
export { kgExplorer } from "./main.ts";
export { explorerOver, openExplorer, type OpenExplorer } from "./open.ts";
