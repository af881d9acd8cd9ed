import { z } from "zod";
import { RelatedEvidenceResult } from "../../../schemas/index.ts";
import { defineTool, READS_WORLD } from "../../kit/index.ts";
import { RELATIONS } from "../related/relation.ts";
import type { Retriever } from "../retriever.ts";

export const findRelatedEvidence = defineTool<Retriever>()({
  name: "find_related_evidence",
  title: "Find related evidence",
  description:
    "Documents around a given one, stored or live: on the same subject (default), citing or cited, trials and labels of a drug or disease, publications of a trial, corrections and retractions. Give an id or a text. Not for questions: use search_medical_evidence.",
  input: z.object({
    id: z.string().trim().min(1).optional().describe("document, drug or disease"),
    text: z.string().trim().min(1).optional().describe("instead of id"),
    relation: z.enum(RELATIONS).optional(),
    limit: z.int().min(1).max(50).optional(),
  }),
  output: RelatedEvidenceResult,
  annotations: READS_WORLD,
  run: (options, { engine, ...context }) => engine.related(options, context),
});
