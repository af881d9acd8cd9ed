/** Worlds made by hand for tests: a real knowledge folder of a few entities, each relation said by a note of its own. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Document, Entity, Evidence, Relation } from "../../../schemas/index.ts";
import {
  DocumentStore,
  GraphStore,
  openFolder,
  writeManifest,
  type Knowledge,
} from "../../../servers/knowledge/index.ts";

export type Triple = readonly [
  subject: string,
  predicate: string,
  object: string,
  state?: "negated" | "retracted" | "uncited",
];

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "synthesis-"));
}

/** @param entities id → the rest of it; @param further documents beside the notes */
export function smallWorld(
  entities: Record<string, Omit<Entity, "id">>,
  triples: readonly Triple[],
  further: readonly Document[] = [],
): Knowledge {
  const path = temporaryFolder();
  const graph = new GraphStore(join(path, "graph.db"));
  const documents = new DocumentStore(join(path, "documents.db"));
  graph.putEntities(Object.entries(entities).map(([id, entity]) => ({ id, ...entity })));
  const notes = triples.map(([subject, predicate, object, state], i): { note: Document; relation: Relation } => {
    const quote = `${entities[subject]!.name} ${predicate.replaceAll("_", " ")} ${entities[object]!.name}.`;
    const note: Document = { id: `NOTE:${i}`, title: "Note", sections: [{ label: "", text: quote }] };
    if (state === "retracted") note.integrity = "retracted";
    const evidence: Evidence = {
      document: note.id,
      quote,
      knowledgeLevel: "knowledge_assertion",
      agent: "manual_agent",
    };
    const negated = state === "negated" ? { negated: true } : {};
    return {
      note,
      relation: { subject, predicate, object, ...negated, evidence: state === "uncited" ? [] : [evidence] },
    };
  });
  documents.put([...notes.map(({ note }) => note), ...further]);
  graph.putRelations(notes.map(({ relation }) => relation));
  graph.close();
  documents.close();
  const counts = { documents: 0, entities: 0, relations: 0 };
  writeManifest(path, { version: 1, name: "small", revision: "one", sources: [], counts });
  return openFolder("small", path);
}
