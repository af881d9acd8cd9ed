/** Imports into a real Neo4j: killed anywhere, repeated, two at once, into one that lacks what the folder holds. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { GraphStore, knowledgePath } from "../../knowledge/index.ts";
import { importSource } from "../../knowledge/import.ts";
import { randomSource } from "../testing/random-graph.ts";
import { emptyTestServer, testServer } from "../testing/stores.ts";
import { Neo4jConnection } from "./connection.ts";
import { fillNeo4j } from "./import-sink.ts";
import { parseEvidence } from "./relations.ts";
import { neo4jSink } from "./sink.ts";
import { neo4jStatus } from "./status.ts";

const CHILD = join(import.meta.dirname, "../testing/import-child.ts");
const MINUTE = 60_000;
const [ENTITIES, RELATIONS] = [300, 1500];
const homes: string[] = [];

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), "neo4j-import-"));
  homes.push(home);
  writeFileSync(join(home, "source"), "");
  return home;
}

function start(home: string, seed: number) {
  const { url, user, password } = testServer()!;
  const env = { ...process.env, NEO4J_URL: url, NEO4J_USER: user, NEO4J_PASSWORD: password };
  const args = [CHILD, home, join(home, "source"), String(seed), String(ENTITIES), String(RELATIONS)];
  return spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
}

async function finish(child: ReturnType<typeof start>) {
  const [out, [code]] = await Promise.all([child.stdout.toArray() as Promise<Buffer[]>, once(child, "exit")]);
  expect(code).toBe(0);
  return JSON.parse(Buffer.concat(out).toString().trim().split("\n").at(-1)!) as { changed: number };
}

/** Kills the import as soon as it tells of so many records. */
async function killAfter(child: ReturnType<typeof start>, records: number): Promise<void> {
  let said = "";
  const ended = once(child, "exit");
  child.stdout.on("data", (part: Buffer) => {
    said += part.toString();
    if (said.split("\n").some((line) => Number(line) >= records)) child.kill("SIGKILL");
  });
  await ended;
}

interface Whole {
  entities: unknown[];
  relations: unknown[];
}

const ids = ({ relations }: Whole) => relations.map((r) => (r as { id: string }).id).toSorted();

/** All that the embedded store holds, in order of arrival. */
function embeddedGraph(home: string): Whole {
  const graph = new GraphStore(join(knowledgePath("contract-test", home), "graph.db"), { readOnly: true });
  try {
    const relations = [...graph.relations()].map((relation) => ({ ...relation, row: undefined }));
    return { entities: [...graph.entities()].map(({ entity }) => entity), relations };
  } finally {
    graph.close();
  }
}

/** All that Neo4j holds, in order of arrival; and whether the degrees that are kept are true. */
async function neo4jGraph(): Promise<Whole> {
  const connection = new Neo4jConnection(testServer()!);
  const entities = await connection.read("MATCH (e:Entity) RETURN e.body AS body ORDER BY e.row");
  const relations = await connection.read(
    `MATCH (s)-[r:RELATES]->(o) RETURN r.id AS id, s.id AS subject, r.predicate AS predicate, o.id AS object, r.negated AS negated,
     r.qualifiers AS qualifiers, r.evidence AS evidence ORDER BY r.row`,
  );
  const wrong = await connection.read(
    "MATCH (e:Entity) WHERE e.degree <> COUNT { (e)-[r:RELATES]-(o) WHERE NOT r.negated AND e <> o } RETURN e.id AS id",
  );
  await connection.close();
  expect(wrong).toEqual([]);
  return {
    entities: entities.map(({ body }) => JSON.parse(body as string) as unknown),
    relations: relations.map(({ negated, qualifiers, evidence, ...rest }) => ({
      ...rest,
      ...(negated ? { negated: true } : {}),
      ...(qualifiers ? { qualifiers: JSON.parse(qualifiers as string) as unknown } : {}),
      evidence: parseEvidence(evidence),
    })),
  };
}

/** What an import that nobody disturbed gives. */
async function straight(seed: number): Promise<Whole> {
  const home = newHome();
  await importSource({
    source: randomSource(seed, ENTITIES, RELATIONS),
    from: join(home, "source"),
    home,
    knowledge: "contract-test",
    seed: () => [],
  });
  return embeddedGraph(home);
}

if (!testServer()) console.warn("\nNOT RUN: imports into a real Neo4j; `npm run test:neo4j` runs them\n");
describe.skipIf(!testServer())("an import into Neo4j", () => {
  beforeEach(() => emptyTestServer(), MINUTE);
  afterAll(() => homes.forEach((home) => rmSync(home, { recursive: true, force: true })));

  it(
    "killed anywhere and run again gives the graph of an undisturbed one, in both stores",
    async () => {
      const home = newHome();
      for (const records of [100, 500, 1100]) await killAfter(start(home, 1), records);
      await finish(start(home, 1));
      const expected = await straight(1);
      expect(await neo4jGraph()).toEqual(expected);
      expect(embeddedGraph(home)).toEqual(expected);
      // Repeated it changes nothing.
      expect((await finish(start(home, 1))).changed).toBe(0);
      expect(await neo4jGraph()).toEqual(expected);
    },
    4 * MINUTE,
  );

  it(
    "waits for another one: two at once give what one after the other gives",
    async () => {
      const [one, other] = [newHome(), newHome()];
      await Promise.all([finish(start(one, 2)), finish(start(other, 3))]);
      const both = newHome();
      for (const seed of [2, 3]) {
        const source = randomSource(seed, ENTITIES, RELATIONS);
        await importSource({
          source,
          from: join(both, "source"),
          home: both,
          knowledge: "contract-test",
          seed: () => [],
        });
      }
      const found = await neo4jGraph();
      expect(ids(found)).toEqual(ids(embeddedGraph(both)));
      expect(found.entities).toHaveLength(ENTITIES);
    },
    4 * MINUTE,
  );

  it(
    "may begin in an empty database together with others",
    async () => {
      const begun = [1, 2, 3].map(async (n) => {
        const connection = new Neo4jConnection(testServer()!);
        const sink = await neo4jSink(connection, { knowledge: "contract-test", revision: () => "1" });
        const entity = { id: `T:${n}`, name: "thing", category: "Disease" };
        await sink.write({ entities: [entity], relations: [] }, { fingerprint: "f", seed: false, position: 1 });
        await sink.close();
        await connection.close();
      });
      await Promise.all(begun);
      expect((await neo4jGraph()).entities).toHaveLength(3);
    },
    MINUTE,
  );

  it(
    "begins with what the folder holds already",
    async () => {
      const home = newHome();
      const first = { from: join(home, "source"), home, knowledge: "contract-test", seed: () => [] };
      await importSource({ ...first, source: randomSource(4, ENTITIES, RELATIONS) });
      await finish(start(home, 5));
      expect(await neo4jGraph()).toEqual(embeddedGraph(home));
      const settings = testServer()!;
      expect(await fillNeo4j(knowledgePath("contract-test", home), settings)).toBe(false);
      expect(await neo4jStatus(settings)).toMatchObject({
        knowledge: "contract-test",
        entities: ENTITIES,
        interrupted: false,
      });
    },
    4 * MINUTE,
  );
});
