/** What every question is asked of. */
import type { DocumentStore } from "../../knowledge/index.ts";
import type { GraphBackend } from "../backend.ts";

export interface Stores {
  backend: GraphBackend;
  documents: DocumentStore;
}
