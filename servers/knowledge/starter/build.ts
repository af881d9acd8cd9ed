/** Compiles the starter's source files into a knowledge folder, once per version of them. */
import { join } from "node:path";
import type { Document, Entity, Relation } from "../../../schemas/index.ts";
import { ensureBuilt } from "../built-folder.ts";
import { DocumentStore } from "../documents.ts";
import { dataHome, knowledgePath, writeManifest } from "../folder.ts";
import { GraphStore } from "../graph.ts";
import { dataFolder } from "./data-folder.ts";
import { starterRecords } from "./prepared.ts";
import { STARTER_LICENCE } from "./read.ts";
import { starterRevision } from "./revision.ts";

/**
 * The path of the compiled starter, built now where it is not there yet. Each version of the sources has a folder of
 * its own (`knowledge/starter-<digest>`), so a process that still reads an older one is left in peace; two processes
 * may build at once, and one that is killed leaves nothing that another would take for a starter.
 * @throws StarterError where the source files are at fault
 */
export function ensureStarter(home = dataHome(), sources = dataFolder()): string {
  const revision = starterRevision(sources);
  return ensureBuilt({
    path: knowledgePath(`starter-${revision}`, home),
    versions: /^starter-[0-9a-f]{12}$/,
    compile: (temporary) => compile(sources, temporary, revision),
  });
}

function compile(sources: string, path: string, revision: string): void {
  const entities: Entity[] = [];
  const relations: Relation[] = [];
  const documents: Document[] = [];
  for (const record of starterRecords(sources)) {
    if (record.type === "entity") entities.push(record.entity);
    else if (record.type === "relation") relations.push(record.relation);
    else if (record.type === "document") documents.push(record.document);
  }
  const documentStore = new DocumentStore(join(path, "documents.db"));
  documentStore.put(documents);
  documentStore.close();
  const graph = new GraphStore(join(path, "graph.db"));
  graph.putEntities(entities);
  graph.putRelations(relations);
  const counts = { documents: documents.length, ...graph.counts() };
  graph.close();
  writeManifest(path, {
    version: 1,
    name: "starter",
    revision,
    sources: [
      { kind: "starter", from: "starter/data", licence: STARTER_LICENCE, importedAt: new Date().toISOString() },
    ],
    counts,
  });
}
