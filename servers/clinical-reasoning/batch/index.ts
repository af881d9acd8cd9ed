/** Many cases at once: over threads, in order, to a file that can be taken up again. */
export { inThreads } from "./in-threads.ts";
export { itemsOf } from "./inputs.ts";
export { LIMITS, provenance } from "./provenance.ts";
export { ResultFile } from "./result-file.ts";
export type { Job, Result } from "./worker.ts";
