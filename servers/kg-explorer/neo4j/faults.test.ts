/** What goes wrong with a Neo4j, and what the caller is told: tried on a real one that is killed and started again. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startNeo4j, type TestServer } from "../../../scripts/neo4j/server.ts";
import { Explorer } from "../explorer.ts";
import { openSmallGraph, SMALL } from "../testing/small-graph.ts";
import { testServer } from "../testing/stores.ts";
import { Neo4jConnection } from "./connection.ts";
import { Neo4jGraph } from "./graph.ts";
import { SCHEMA } from "./model.ts";
import { neo4jSettings, type Neo4jSettings } from "./settings.ts";
import { neo4jSink } from "./sink.ts";

const MINUTE = 60_000;

function explorerAt(settings: Neo4jSettings, knowledge?: string) {
  const { knowledge: folder, remove } = openSmallGraph({ ...SMALL, entities: [], relations: [] });
  const graph = new Neo4jGraph(new Neo4jConnection(settings), knowledge);
  const close = async () => {
    await graph.close();
    remove();
  };
  return { explorer: new Explorer("small", graph, folder.documents), close };
}

async function cardFrom(settings: Neo4jSettings, knowledge?: string) {
  const { explorer, close } = explorerAt(settings, knowledge);
  try {
    return await explorer.card("OMIM:154700");
  } finally {
    await close();
  }
}

describe("a Neo4j that cannot be asked", () => {
  it("and is not there is a failure that may pass", async () => {
    await expect(cardFrom({ url: "bolt://127.0.0.1:1", user: "neo4j", password: "x" })).rejects.toMatchObject({
      reason: "unavailable",
      retryable: true,
      message: expect.stringContaining("bolt://127.0.0.1:1 does not answer"),
    });
  });

  it.each(["http://localhost:7474", "localhost", "bolt://neo4j:secret@localhost", "bolt://a b"])(
    "because %s is no address is told without repeating it",
    async (url) => {
      const settings = neo4jSettings({ NEO4J_URL: url })!;
      const failure = await cardFrom(settings).catch((error: unknown) => error as Error & { recovery: string });
      expect(failure).toMatchObject({ reason: "misconfigured", retryable: false });
      expect(`${(failure as Error).message} ${(failure as { recovery: string }).recovery}`).not.toContain("secret");
    },
  );
});

if (!testServer()) console.warn("\nNOT RUN: faults of a real Neo4j; `npm run test:neo4j` runs them\n");
describe.skipIf(!testServer())("a real Neo4j", () => {
  let server: TestServer;
  let settings: Neo4jSettings;
  let connection: Neo4jConnection;
  const fill = async () => {
    const sink = await neo4jSink(connection, { knowledge: "home", revision: () => "1" });
    await sink.write(SMALL, { fingerprint: "f", seed: false, position: 1 });
    await sink.forgetPosition();
    await sink.close();
  };
  const empty = () => connection.write((run) => run("MATCH (n) DETACH DELETE n"));

  beforeAll(async () => {
    server = await startNeo4j();
    settings = { url: server.url, user: server.user, password: server.password };
    connection = new Neo4jConnection(settings);
  }, 3 * MINUTE);
  afterAll(async () => {
    await connection.close();
    await server.stop();
  });

  it("says that it is empty, and holds another knowledge", async () => {
    await expect(cardFrom(settings)).rejects.toMatchObject({
      reason: "misconfigured",
      message: expect.stringContaining("is empty"),
      recovery: expect.stringContaining("kg import"),
    });
    await fill();
    await expect(cardFrom(settings, "other")).rejects.toMatchObject({
      message: expect.stringContaining("holds the knowledge home, not other"),
    });
    expect((await cardFrom(settings, "home")).entity.name).toBe("Marfan syndrome");
  });

  it("refuses a wrong password, each time", async () => {
    for (const password of ["wrong", ""]) {
      await expect(cardFrom({ ...settings, password })).rejects.toMatchObject({
        reason: "refused",
        retryable: false,
        recovery: expect.stringContaining("NEO4J_PASSWORD"),
      });
    }
  });

  it.each([
    [SCHEMA - 1, "older version"],
    [SCHEMA + 1, "newer version"],
  ])("with a graph of schema %i says that it is from an %s", async (schema, message) => {
    await connection.write((run) => run("MATCH (g:MedresearcherGraph) SET g.schema = $schema", { schema }));
    await expect(cardFrom(settings)).rejects.toMatchObject({
      reason: "misconfigured",
      message: expect.stringContaining(message),
    });
    await expect(fill()).rejects.toMatchObject({ message: expect.stringContaining(message) });
    await connection.write((run) => run("MATCH (g:MedresearcherGraph) SET g.schema = $schema", { schema: SCHEMA }));
  });

  it("that holds the data of others is left as it is", async () => {
    await empty();
    await connection.write((run) => run("CREATE (:Customer {name: 'x'})"));
    await expect(fill()).rejects.toMatchObject({
      message: expect.stringContaining("1 nodes that medresearcher did not make"),
    });
    await expect(cardFrom(settings)).rejects.toMatchObject({ reason: "misconfigured" });
    expect(await connection.read("MATCH (n) RETURN labels(n) AS labels")).toEqual([{ labels: ["Customer"] }]);
    await empty();
    await fill();
  });

  it("is never written by what reads", async () => {
    await expect(connection.read("CREATE (:Entity {id: 'X:1'}) RETURN 1 AS one")).rejects.toThrow("read access mode");
    expect(await connection.read("MATCH (e:Entity {id: 'X:1'}) RETURN e.id")).toEqual([]);
  });

  it("ends a question that takes too long", async () => {
    const slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a WHERE a < 0 RETURN count(*) AS n";
    const started = performance.now();
    await expect(connection.read(slow, {}, 500)).rejects.toMatchObject({ reason: "timeout", retryable: true });
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it(
    "that dies in mid-question is a failure that may pass; when it is back, the next call works",
    async () => {
      const { explorer, close } = explorerAt(settings);
      const before = await explorer.card("OMIM:154700");
      const slow = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a WHERE a < 0 RETURN count(*) AS n";
      const asked = connection.read(slow).catch((error: unknown) => error);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await server.kill();
      expect(await asked).toMatchObject({ reason: "unavailable", retryable: true });
      await expect(explorer.card("Fabry disease")).rejects.toMatchObject({
        reason: "unavailable",
        retryable: true,
        recovery: expect.stringContaining("call again"),
      });
      await server.restart();
      expect(await explorer.card("OMIM:154700")).toEqual(before);
      expect((await explorer.find("Fabri disease")).entities[0]!.id).toBe("OMIM:301500");
      await close();
    },
    4 * MINUTE,
  );
});
