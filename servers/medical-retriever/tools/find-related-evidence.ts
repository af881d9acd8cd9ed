import { z } from "zod";
import { RelatedEvidenceResult } from "../../../schemas/index.ts";
import { defineTool, READS_WORLD } from "../../kit/index.ts";
import type { Retriever } from "../retriever.ts";

export const findRelatedEvidence = defineTool<Retriever>()({
  name: "find_related_evidence",
  title: "Find related evidence",
  description:
    "Local documents on the same subject as a given document or text: a second source for a statement, or its neighbours. Give the id of a document, or a text. Not for questions: use search_medical_evidence.",
  input: z.object({
    id: z.string().trim().min(1).optional(),
    text: z.string().trim().min(1).optional().describe("a statement or abstract, instead of id"),
    limit: z.int().min(1).max(50).optional(),
  }),
  output: RelatedEvidenceResult,
  annotations: READS_WORLD,
  run: (options, { engine, ...context }) => engine.related(options, context),
});
