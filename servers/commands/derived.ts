/** What engines derive from a knowledge folder, so that the first question need not wait for it. */
import type { Knowledge } from "../knowledge/index.ts";

type Build = (knowledge: Knowledge, onProgress: (done: number, total?: number) => void) => Promise<unknown>;

export const DERIVED: readonly { name: string; build: Build }[] = [
  { name: "search index", build: builder("../medical-retriever/index.ts", "buildSearchIndex") },
  { name: "clinical model", build: builder("../clinical-reasoning/index.ts", "compileClinicalModel") },
];

function builder(module: string, name: string): Build {
  return async (knowledge, onProgress) => {
    const engine = (await import(module).catch(() => ({}))) as Record<string, (k: Knowledge, o: object) => unknown>;
    await engine[name]?.(knowledge, { onProgress });
  };
}
