/** Embedding models: which one is in use, and the vectors that are kept of stored documents. */
export { configuredEmbedder, ownModelFolder } from "./configured.ts";
export { cosine, type Embedder } from "./embedder.ts";
export { KeptVectors, VectorsAway } from "./kept-vectors.ts";
export { LocalEmbedder } from "./local.ts";
export { windowsOf } from "./windows.ts";
