/** `clinical.bin` of a knowledge folder: loaded when it is of the folder's revision, else compiled from the graph and written. */
import { join } from "node:path";
import type { Knowledge } from "../../knowledge/index.ts";
import { readColumns, writeColumns } from "./binary.ts";
import { compileModel } from "./compile.ts";
import { readGraph } from "./from-knowledge.ts";
import { ClinicalModel, columnsOf, partsOf } from "./model.ts";

export interface CompileOptions {
  onProgress?: (done: number, total?: number, message?: string) => void;
}

/** Compiles the clinical model of a knowledge folder and writes `clinical.bin`. */
export async function compileClinicalModel(knowledge: Knowledge, { onProgress }: CompileOptions = {}): Promise<void> {
  onProgress?.(0, 2, "reading the graph");
  const { model, skipped } = compileModel(readGraph(knowledge));
  const left = Object.entries(skipped).map(([why, count]) => `${count} annotations left out: ${why}`);
  onProgress?.(1, 2, [`${model.size} diseases, ${model.ontology.ids.length} terms`, ...left].join("; "));
  writeColumns(fileOf(knowledge), knowledge.manifest.revision, columnsOf(model));
  onProgress?.(2, 2);
}

/** The model of a knowledge folder, compiled first where the file is missing, of another revision or damaged. */
export function loadClinicalModel(knowledge: Knowledge): ClinicalModel {
  const columns = readColumns(fileOf(knowledge), knowledge.manifest.revision);
  if (columns) return new ClinicalModel(partsOf(columns));
  const { model } = compileModel(readGraph(knowledge));
  try {
    writeColumns(fileOf(knowledge), knowledge.manifest.revision, columnsOf(model));
  } catch (error) {
    // A folder that cannot be written (read-only mount) still serves; it is compiled again next time.
    process.stderr.write(`clinical.bin was not stored: ${error instanceof Error ? error.message : String(error)}\n`);
  }
  return model;
}

/** Whether `clinical.bin` is there, whole, and of the folder's present revision. */
export function clinicalModelIsCurrent(knowledge: Pick<Knowledge, "path" | "manifest">): boolean {
  return readColumns(fileOf(knowledge), knowledge.manifest.revision) !== undefined;
}

function fileOf(knowledge: Pick<Knowledge, "path">): string {
  return join(knowledge.path, "clinical.bin");
}
