/** Writes a gym into a knowledge folder, once per version, seed and size. */
import { hash } from "node:crypto";
import { join } from "node:path";
import type { KnowledgeRecord } from "../../../schemas/index.ts";
import { ensureBuilt } from "../built-folder.ts";
import { DocumentStore } from "../documents.ts";
import { knowledgePath, writeManifest } from "../folder.ts";
import { GRAPH_SCHEMA } from "../graph-schema.ts";
import { GraphStore } from "../graph.ts";
import { gymName, parseGymName, type GymWorld } from "./gym-name.ts";
import { GYM_VERSION } from "./make-world.ts";
import { readGym } from "./read.ts";

/** Raise it when the folder's files change, while the records stay. */
const FORMAT = 1;
/** Records a transaction. */
const BATCH = 5000;

/**
 * The path of the world's folder, built now where it is not there yet.
 * @throws Error where `name` is no gym's
 */
export function ensureGym(home: string, name: string): string {
  const gym = parseGymName(name);
  if (!gym) throw new Error(`${name} is no gym: write gym:SEED or gym:SEED:SIZE`);
  const revision = digest(gym);
  return ensureBuilt({
    path: knowledgePath(`${gymName(gym)}-${revision}`, home),
    versions: /^gym-[A-Za-z0-9_-]+-\d+-[0-9a-f]{12}$/,
    compile: (temporary) => compile(gym, temporary, revision),
  });
}

function digest(gym: GymWorld): string {
  return hash("sha256", `${FORMAT}\n${GRAPH_SCHEMA}\n${GYM_VERSION}\n${gymName(gym)}`).slice(0, 12);
}

function compile(gym: GymWorld, path: string, revision: string): void {
  const documents = new DocumentStore(join(path, "documents.db"));
  const graph = new GraphStore(join(path, "graph.db"));
  try {
    for (const batch of batches(readGym(gym))) {
      graph.putEntities(batch.flatMap((r) => (r.type === "entity" ? [r.entity] : [])));
      documents.put(batch.flatMap((r) => (r.type === "document" ? [r.document] : [])));
      graph.putRelations(batch.flatMap((r) => (r.type === "relation" ? [r.relation] : [])));
    }
    const name = gymName(gym);
    writeManifest(path, {
      version: 1,
      name,
      revision,
      sources: [
        {
          kind: "gym",
          from: name,
          version: String(GYM_VERSION),
          licence: "CC0-1.0",
          importedAt: new Date().toISOString(),
        },
      ],
      counts: { documents: documents.count(), ...graph.counts() },
    });
  } finally {
    documents.close();
    graph.close();
  }
}

function* batches(records: Iterable<KnowledgeRecord>): Generator<KnowledgeRecord[]> {
  let batch: KnowledgeRecord[] = [];
  for (const record of records) {
    batch.push(record);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}
