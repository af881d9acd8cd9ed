import { z } from "zod";
import { GetDocumentResult } from "../../../schemas/index.ts";
import { defineTool, READS_WORLD } from "../../kit/index.ts";
import type { Retriever } from "../retriever.ts";

export const getMedicalDocument = defineTool<Retriever>()({
  name: "get_medical_document",
  title: "Get medical document",
  description:
    "One document in full by its id, stored or live: paper (PMID, PMC, DOI), trial (NCT), label (SPL), approval (NDA), drug (RXCUI), with identifiers, integrity and authority. `sections` picks by label. Not for web pages, files or questions to a long text: use read_document.",
  input: z.object({
    id: z.string().trim().min(1).describe("PMID:22663011, NCT:NCT01245062"),
    sections: z.array(z.string()).optional().describe("labels, e.g. RESULTS"),
  }),
  output: GetDocumentResult,
  annotations: READS_WORLD,
  trim: ["sections"],
  run: ({ id, sections = [] }, { engine, ...context }) => engine.read(id, sections, context),
});
