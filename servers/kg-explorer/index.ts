/** The graph explorer as a library, and its MCP server. */
export type { GraphBackend } from "./backend.ts";
export { chainsOfFile, type ChainReport } from "./chains/index.ts";
export { longestInducedPath, type PathSpace } from "./chains/induced-path.ts";
export { EmbeddedGraph } from "./embedded.ts";
export { Explorer } from "./explorer.ts";
export { kgExplorer } from "./main.ts";
export { bothStores, fillNeo4j } from "./neo4j/import-sink.ts";
export { neo4jSettings, type Neo4jSettings } from "./neo4j/settings.ts";
export { neo4jStatus, type Neo4jStatus } from "./neo4j/status.ts";
export { explorerOver, isBuiltIn, openExplorer, type OpenExplorer } from "./open.ts";
export type { EvidenceQuery } from "./questions/evidence.ts";
export type { NeighborsQuery } from "./questions/neighbors.ts";
