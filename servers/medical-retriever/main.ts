/** The medical-retriever server: evidence for questions, documents by id, names to identifiers. */
import { defineServer } from "../kit/index.ts";
import type { Retriever } from "./retriever.ts";
import { findRelatedEvidence } from "./tools/find-related-evidence.ts";
import { getMedicalDocument } from "./tools/get-medical-document.ts";
import { resolveMedicalEntity } from "./tools/resolve-medical-entity.ts";
import { searchMedicalEvidence } from "./tools/search-medical-evidence.ts";

export const medicalRetriever = defineServer<Retriever>({
  name: "medical-retriever",
  title: "Medical retriever",
  instructions:
    "Medical documents: papers, labels, guidelines, curated notes, stored locally or live from PubMed. Start with search_medical_evidence; read one with get_medical_document; find a second source with find_related_evidence. Never cite a retracted document.",
  tools: [searchMedicalEvidence, getMedicalDocument, findRelatedEvidence, resolveMedicalEntity],
  // Loaded with the first call: a server must answer its first `initialize` at once.
  open: async ({ knowledge }) => (await import("./retriever.ts")).openRetriever(knowledge),
});
