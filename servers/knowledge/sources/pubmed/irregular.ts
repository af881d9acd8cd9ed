/** Thrown where a record is not regular: another reader has to say whether it is sound. One for all, since many are thrown. */
export const IRREGULAR = new Error("not as regular as NLM's own files");
