/** The contracts of the project: everything that two folders agree on. */
export * from "./documents.ts";
export * from "./envelope.ts";
export * from "./evaluation.ts";
export * from "./events.ts";
export * from "./graph.ts";
export * from "./questions.ts";
export * from "./records.ts";
export * from "./rollouts.ts";
export * from "./tool-results.ts";
export * from "./vocabulary.ts";
