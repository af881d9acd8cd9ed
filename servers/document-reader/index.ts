/** The document reader: an engine that turns ids, addresses and files into citable passages, and its MCP server. */
export { documentReader } from "./main.ts";
export { DocumentReader, type FindRequest, type ReadRequest } from "./reader.ts";
