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
    "Medical documents: papers, trials, labels, guidelines, curated notes, stored here or live from PubMed, Europe PMC, PMC, openFDA, DailyMed, ClinicalTrials.gov and RxNav. Start with search_medical_evidence; read one with get_medical_document; find a second source, citing papers, trials, labels or corrections with find_related_evidence. A source that is unavailable in `outcomes` has not said that there is nothing. Never cite a retracted document.",
  tools: [searchMedicalEvidence, getMedicalDocument, findRelatedEvidence, resolveMedicalEntity],
  // Loaded with the first call: a server must answer its first `initialize` at once.
  open: async ({ knowledge }) => (await import("./retriever.ts")).openRetriever(knowledge),
});
