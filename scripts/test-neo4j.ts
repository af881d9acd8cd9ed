/**
 * `npm run test:neo4j`: the explorer's contract, imports and faults against a real Neo4j, started for it and ended after it.
 * Says loudly where that is not possible, and fails then.
 */
import { spawnSync } from "node:child_process";
import { MissingNeo4j, startNeo4j } from "./neo4j/server.ts";

try {
  const server = await startNeo4j();
  console.log(`Neo4j answers at ${server.url}`);
  // One file after the other: they share the server.
  const folders = ["servers/kg-explorer/contract", "servers/kg-explorer/neo4j"];
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--no-file-parallelism", ...folders];
  const { status } = spawnSync(process.execPath, [...vitest, ...process.argv.slice(2)], {
    stdio: "inherit",
    env: {
      ...process.env,
      NEO4J_TEST_URL: server.url,
      NEO4J_TEST_USER: server.user,
      NEO4J_TEST_PASSWORD: server.password,
    },
  });
  await server.stop();
  process.exitCode = status ?? 1;
} catch (error) {
  if (!(error instanceof MissingNeo4j)) throw error;
  console.error(`\nNOT RUN: the tests against Neo4j. ${error.message}\n`);
  process.exitCode = 1;
}
