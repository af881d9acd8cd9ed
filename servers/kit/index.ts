/** What the five servers share: tools as data, one way to fail, one way to be served. */
export { asFailure, invalidArguments, notFound, ToolError } from "./failure.ts";
export type { App } from "./apps/app.ts";
export { pictureArgument } from "./pictures.ts";
export { defineServer, type ServerDefinition, type ServerFactory, type ServerSettings } from "./server.ts";
export { defineTool, READS_LOCAL, READS_WORLD, type Tool, type ToolContext } from "./tool.ts";
export { VERSION } from "./version.ts";
