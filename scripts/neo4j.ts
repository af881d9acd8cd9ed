/** `npm run neo4j`: a Neo4j to try things with, on this machine alone; prints what to set, and ends at Ctrl-C, its data with it. */
import { once } from "node:events";
import { startNeo4j } from "./neo4j/server.ts";

const server = await startNeo4j();
console.log(`export NEO4J_URL=${server.url} NEO4J_USER=${server.user} NEO4J_PASSWORD=${server.password}`);
console.error("Neo4j answers; Ctrl-C ends it");
await Promise.race(["SIGINT", "SIGTERM"].map((signal) => once(process, signal)));
await server.stop();
