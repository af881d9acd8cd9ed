/**
 * The stores that the contract is tested on: the embedded one always, Neo4j where `NEO4J_TEST_URL` names one (with
 * `NEO4J_TEST_USER` and `NEO4J_TEST_PASSWORD`; `npm run test:neo4j` starts it and sets them). Its data are removed.
 */
import { Neo4jConnection } from "../neo4j/connection.ts";
import { Neo4jGraph } from "../neo4j/graph.ts";
import type { Neo4jSettings } from "../neo4j/settings.ts";
import { neo4jSink } from "../neo4j/sink.ts";
import type { GraphBackend } from "../backend.ts";
import { EmbeddedGraph } from "../embedded.ts";
import { Explorer } from "../explorer.ts";
import { openSmallGraph, type SmallGraph } from "./small-graph.ts";

export interface OpenStore {
  explorer: Explorer;
  backend: GraphBackend;
  close(): Promise<void>;
}

export interface Store {
  name: string;
  /** Undefined where the store is at hand; else why not. */
  missing?: string;
  open(graph: SmallGraph): Promise<OpenStore>;
}

const KNOWLEDGE = "contract-test";

export function testServer(): Neo4jSettings | undefined {
  const url = process.env["NEO4J_TEST_URL"];
  if (!url) return undefined;
  return {
    url,
    user: process.env["NEO4J_TEST_USER"] ?? "neo4j",
    password: process.env["NEO4J_TEST_PASSWORD"] ?? "",
  };
}

const embedded: Store = {
  name: "embedded",
  async open(graph) {
    const { knowledge, remove } = openSmallGraph(graph);
    const backend = new EmbeddedGraph(knowledge.graph);
    const explorer = new Explorer("small", backend, knowledge.documents);
    return { explorer, backend, close: async () => remove() };
  },
};

const neo4j: Store = {
  name: "Neo4j",
  ...(testServer() ? {} : { missing: "NOT RUN: no Neo4j is named; `npm run test:neo4j` starts one" }),
  async open(graph) {
    await emptyTestServer();
    await fill(graph);
    const { knowledge, remove } = openSmallGraph({ ...graph, entities: [], relations: [] });
    const backend = new Neo4jGraph(new Neo4jConnection(testServer()!), KNOWLEDGE);
    const explorer = new Explorer("small", backend, knowledge.documents);
    return {
      explorer,
      backend,
      async close() {
        await backend.close();
        remove();
      },
    };
  },
};

export const STORES: Store[] = [embedded, neo4j];

async function fill({ entities, relations }: SmallGraph): Promise<void> {
  const connection = new Neo4jConnection(testServer()!);
  const sink = await neo4jSink(connection, { knowledge: KNOWLEDGE, revision: () => "1" });
  await sink.write({ entities, relations }, { fingerprint: "f", seed: false, position: 1 });
  await sink.forgetPosition();
  await sink.close();
  await connection.close();
}

/** @throws Error where the server holds what no test has put there */
export async function emptyTestServer(): Promise<void> {
  const connection = new Neo4jConnection(testServer()!);
  const [found] = await connection.read(
    "OPTIONAL MATCH (g:MedresearcherGraph) WITH g.knowledge AS knowledge MATCH (n) RETURN knowledge, count(n) AS nodes",
  );
  if (found && Number(found["nodes"]) > 0 && !String(found["knowledge"]).startsWith("contract-test")) {
    throw new Error(
      `the Neo4j at ${connection.url} holds ${Number(found["nodes"])} nodes that are no test's: name another by NEO4J_TEST_URL`,
    );
  }
  // In pieces that fit a transaction's memory, relations before the nodes that they join.
  for (const statement of [
    "MATCH ()-[r]->() WITH r LIMIT 10000 DELETE r RETURN count(*) AS deleted",
    "MATCH (n) WITH n LIMIT 10000 DELETE n RETURN count(*) AS deleted",
  ]) {
    while (Number((await connection.write((run) => run(statement)))[0]!["deleted"]) > 0);
  }
  await connection.close();
}
