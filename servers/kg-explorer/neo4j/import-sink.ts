/**
 * Imports where Neo4j is the explorer's store: the graph goes to the folder, whose clinical model and search are made
 * from it, and to Neo4j. What the folder held before Neo4j was named is copied first.
 */
import { join } from "node:path";
import { embeddedSink } from "../../knowledge/embedded-sink.ts";
import type { GraphSink } from "../../knowledge/graph-sink.ts";
import type { ImportPosition } from "../../knowledge/import-position.ts";
import { GraphStore, readManifest } from "../../knowledge/index.ts";
import { Neo4jConnection } from "./connection.ts";
import { graphState } from "./model.ts";
import type { Neo4jSettings } from "./settings.ts";
import { neo4jSink } from "./sink.ts";

export interface BothStoresOptions {
  /** What is under way, for who waits. */
  onProgress?: ((text: string) => void) | undefined;
  /** Stops a copy or a wait, which then throws; the next call goes on from there. */
  signal?: AbortSignal | undefined;
}

const BATCH = 5000;

/** Where an import into this folder writes its graph. @throws ToolError where Neo4j cannot take it */
export async function bothStores(
  folder: string,
  settings: Neo4jSettings,
  options: BothStoresOptions = {},
): Promise<GraphSink> {
  const opened = await openNeo4j(folder, settings, options);
  const { neo4j } = opened;
  try {
    await copyFolder(folder, opened, options);
  } catch (error) {
    await opened.close();
    throw error;
  }
  const embedded = embeddedSink(folder);
  return {
    position: async () => earlier(await embedded.position(), await neo4j.position()),
    async retract(documents) {
      await embedded.retract(documents);
      await neo4j.retract(documents);
    },
    async write(batch, position) {
      const here = await embedded.write(batch, position);
      const there = await neo4j.write(batch, position);
      return { changed: Math.max(here.changed, there.changed), dangling: here.dangling };
    },
    counts: () => embedded.counts(),
    async finish() {
      await embedded.finish();
      await neo4j.finish();
    },
    async forgetPosition() {
      await neo4j.forgetPosition();
      await embedded.forgetPosition();
    },
    async close() {
      await embedded.close();
      await opened.close();
    },
  };
}

/** Brings Neo4j to the state of the folder. @returns whether there was anything to bring */
export async function fillNeo4j(
  folder: string,
  settings: Neo4jSettings,
  options: BothStoresOptions = {},
): Promise<boolean> {
  const opened = await openNeo4j(folder, settings, options);
  try {
    return await copyFolder(folder, opened, options);
  } finally {
    await opened.close();
  }
}

interface Opened {
  connection: Neo4jConnection;
  neo4j: GraphSink;
  close: () => Promise<void>;
}

async function openNeo4j(folder: string, settings: Neo4jSettings, options: BothStoresOptions): Promise<Opened> {
  const { onProgress, signal } = options;
  const connection = new Neo4jConnection(settings);
  try {
    const neo4j = await neo4jSink(connection, {
      knowledge: nameOf(folder),
      revision: () => readManifest(folder)?.revision ?? "",
      onWait: () => onProgress?.("waiting for another import into Neo4j to finish"),
      signal,
    });
    const close = async () => {
      await neo4j.close();
      await connection.close();
    };
    return { connection, neo4j, close };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** The name by which the folder is served. */
function nameOf(folder: string): string {
  return readManifest(folder)?.name ?? folder.split(/[\\/]/).at(-1)!;
}

async function copyFolder(
  folder: string,
  { connection, neo4j }: Opened,
  { onProgress, signal }: BothStoresOptions,
): Promise<boolean> {
  const manifest = readManifest(folder);
  if (!manifest || (await graphState(connection)).folder === manifest.revision) return false;
  const fingerprint = `folder ${manifest.revision}`;
  const before = await neo4j.position();
  const skip = before?.fingerprint === fingerprint ? before.position : 0;
  const graph = new GraphStore(join(folder, "graph.db"), { readOnly: true });
  try {
    const { entities, relations } = graph.counts();
    let position = 0;
    for (const batch of batches(graph)) {
      signal?.throwIfAborted();
      position += batch.entities.length + batch.relations.length;
      if (position <= skip) continue;
      await neo4j.write(batch, { fingerprint, seed: false, position });
      onProgress?.(`copying the graph into Neo4j: ${position} of ${entities + relations}`);
    }
  } finally {
    graph.close();
  }
  await neo4j.forgetPosition();
  return true;
}

/** All entities, then all relations, in order of arrival. */
function* batches(graph: GraphStore) {
  for (const entities of inBatches(graph.entities())) {
    yield { entities: entities.map((row) => row.entity), relations: [] };
  }
  for (const relations of inBatches(graph.relations())) yield { entities: [], relations };
}

function* inBatches<T>(items: Iterable<T>): Generator<T[]> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Where both stores have all that came before: what one of them is ahead of is gone over again, which changes nothing. */
function earlier(one: ImportPosition | undefined, other: ImportPosition | undefined): ImportPosition | undefined {
  if (!one || !other) return one || other ? { ...(one ?? other)!, position: 0 } : undefined;
  if (one.fingerprint !== other.fingerprint) return { ...one, position: 0 };
  return one.position <= other.position ? one : other;
}
