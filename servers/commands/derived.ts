/** What engines derive from a knowledge folder: whether it is there, and how it is made, so that the first question need not wait. Of a server only that is loaded. */
import type { Knowledge } from "../knowledge/index.ts";

export interface Derived {
  /** Its key in `data status --json`. */
  key: "search" | "clinical";
  name: string;
  /** Whether it is there for the folder's present revision. */
  current(folder: Pick<Knowledge, "path" | "manifest">): Promise<boolean>;
  build(knowledge: Knowledge, onProgress: (text: string) => void, signal: AbortSignal): Promise<void>;
}

export const DERIVED: readonly Derived[] = [
  {
    key: "search",
    name: "search index",
    current: async (folder) => (await import("../medical-retriever/stored-index.ts")).searchIndexIsCurrent(folder),
    async build(knowledge, onProgress, signal) {
      const { buildSearchIndex } = await import("../medical-retriever/stored-index.ts");
      await buildSearchIndex(knowledge, {
        signal,
        onProgress: (done, total) => onProgress(`${done} of ${total} documents`),
      });
    },
  },
  {
    key: "clinical",
    name: "clinical model",
    current: async (folder) => (await import("../clinical-reasoning/model/store.ts")).clinicalModelIsCurrent(folder),
    async build(knowledge, onProgress) {
      const { compileClinicalModel } = await import("../clinical-reasoning/model/store.ts");
      await compileClinicalModel(knowledge, { onProgress: (_done, _total, message) => onProgress(message ?? "") });
    },
  },
];
