/** A small fictional collection for tests: no document of it exists. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Document, Entity } from "../../../schemas/index.ts";
import { DocumentStore, GraphStore, openFolder, writeManifest, type Knowledge } from "../../knowledge/index.ts";

export function fiction(id: string, title: string, text: string, more: Partial<Document> = {}): Document {
  return { id: `TEST:${id}`, title, sections: [{ label: "", text }], ...more };
}

export const DOCUMENTS: Document[] = [
  fiction(
    "guideline",
    "Guideline on vornitis",
    "Zelpamab is recommended as the first treatment of vornitis in adults.",
    {
      publicationTypes: ["Practice Guideline"],
      published: "2021",
    },
  ),
  fiction("trial", "Zelpamab in vornitis", "In this trial zelpamab lowered the rate of vornitis flares by half.", {
    publicationTypes: ["Randomized Controlled Trial", "Journal Article"],
    published: "2019-05-02",
  }),
  fiction(
    "retracted",
    "Zelpamab cures vornitis",
    "Zelpamab cured every patient with vornitis. Zelpamab treatment of vornitis.",
    {
      publicationTypes: ["Randomized Controlled Trial"],
      published: "2020-01",
      integrity: "retracted",
    },
  ),
  fiction("case", "A case of vornitis", "A tumour of the spleen with haemorrhage was seen in a child with vornitis.", {
    publicationTypes: ["Case Reports"],
    published: "2005",
  }),
  fiction(
    "cytokine",
    "IL-2 and TNF-α in quellosis",
    "Levels of IL-2 rise in quellosis; BRCA1/2 carriers are unaffected.",
  ),
  fiction("company", "Zelpamab sales", "Zelpamab was sold in forty countries.", {
    publicationTypes: ["Company Statement"],
    published: "2022-03",
  }),
  ...Array.from({ length: 30 }, (_, i) =>
    fiction(
      `other-${i}`,
      `Report ${i} on plants`,
      `Leaves of species ${i} were green. Their treatment with water number ${i} was studied.`,
    ),
  ),
];

const ENTITIES: Entity[] = [
  { id: "TEST:D1", name: "vornitis", category: "Disease", synonyms: ["Vorn disease"] },
  { id: "TEST:R1", name: "zelpamab", category: "Drug" },
];

/** A knowledge folder on disk, to be removed by the caller. */
export function makeFolder(documents: readonly Document[] = DOCUMENTS): string {
  const folder = mkdtempSync(join(tmpdir(), "retriever-"));
  store(folder, documents, "first");
  const graph = new GraphStore(join(folder, "graph.db"));
  graph.putEntities(ENTITIES);
  graph.close();
  return folder;
}

/** Adds documents as an import does: texts first, then the manifest with a new revision. */
export function store(folder: string, documents: readonly Document[], revision: string): void {
  const texts = new DocumentStore(join(folder, "documents.db"));
  texts.put(documents);
  const counts = { documents: texts.count(), entities: ENTITIES.length, relations: 0 };
  texts.close();
  writeManifest(folder, { version: 1, name: "test", revision, sources: [], counts });
}

/** Removes documents as an import does. */
export function erase(folder: string, ids: readonly string[], revision: string): void {
  const texts = new DocumentStore(join(folder, "documents.db"));
  texts.delete(ids);
  texts.close();
  store(folder, [], revision);
}

export function open(folder: string): Knowledge {
  return openFolder("test", folder);
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
