/**
 * Neo4j as what an import writes to. A batch and the position it reaches are one transaction: what is killed goes on
 * where it was, what is repeated changes nothing, and rows count as they do in the embedded store.
 */
import type { Evidence } from "../../../schemas/index.ts";
import type { GraphBatch, GraphSink, Written } from "../../knowledge/graph-sink.ts";
import type { ImportPosition } from "../../knowledge/import-position.ts";
import type { Neo4jConnection, Run } from "./connection.ts";
import { putEntities } from "./entities.ts";
import { prepareDatabase } from "./model.ts";
import { dropEvidence, putRelations } from "./relations.ts";
import { lockDatabase } from "./write-lock.ts";

export interface SinkOptions {
  /** Name of the knowledge folder whose graph this is. */
  knowledge: string;
  /** Revision of that folder when the import is complete. */
  revision: () => string;
  /** Told while another import holds the database. */
  onWait?: (() => void) | undefined;
  /** Ends that wait. */
  signal?: AbortSignal | undefined;
}

/** @throws ToolError where the database cannot be reached, or holds something else */
export async function neo4jSink(connection: Neo4jConnection, options: SinkOptions): Promise<GraphSink> {
  await prepareDatabase(connection, options.knowledge);
  const lock = await lockDatabase(connection, options);
  const write = <T>(work: (run: Run) => Promise<T>): Promise<T> =>
    connection.write(async (run) => {
      await lock.hold(run);
      return work(run);
    });
  return {
    async position() {
      const [found] = await connection.read("MATCH (g:MedresearcherGraph {one: true}) RETURN g.position AS position");
      const text = found?.["position"] as string | null | undefined;
      return text ? (JSON.parse(text) as ImportPosition) : undefined;
    },
    async retract(documents) {
      const texts = new Map(documents.map(({ id, text }) => [id, text]));
      const isGone = ({ document, quote }: Evidence) => texts.get(document)?.includes(quote) === false;
      await write(async (run) => {
        if ((await dropEvidence(run, [...texts.keys()], isGone)) > 0) await touch(run);
      });
    },
    write: (batch, position) => write((run) => writeBatch(run, batch, position)),
    async counts() {
      const [entities] = await connection.read("MATCH (e:Entity) RETURN count(e) AS n");
      const [relations] = await connection.read("MATCH ()-[r:RELATES]->() RETURN count(r) AS n");
      return { entities: Number(entities!["n"]), relations: Number(relations!["n"]) };
    },
    finish: () => {},
    async forgetPosition() {
      const folder = options.revision();
      await write((run) =>
        run("MATCH (g:MedresearcherGraph {one: true}) REMOVE g.position SET g.folder = $folder", { folder }),
      );
    },
    close: () => lock.release(),
  };
}

async function writeBatch(run: Run, batch: GraphBatch, position: ImportPosition): Promise<Written> {
  const entities = await putEntities(run, batch.entities);
  const relations = await putRelations(run, batch.relations);
  const changed = entities + relations.changed;
  if (changed > 0) await touch(run);
  await run("MATCH (g:MedresearcherGraph {one: true}) SET g.position = $position", {
    position: JSON.stringify(position),
  });
  return { changed, dangling: relations.dangling };
}

/** What others keep in memory is valid no more. */
async function touch(run: Run): Promise<void> {
  await run("MATCH (g:MedresearcherGraph {one: true}) SET g.revision = g.revision + 1");
}
