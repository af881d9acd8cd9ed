import { z } from "zod";
import { EvidenceResult } from "../../../schemas/index.ts";
import { defineTool, READS_LOCAL } from "../../kit/index.ts";
import type { OpenExplorer } from "../open.ts";

export const getEvidence = defineTool<OpenExplorer>()({
  name: "get_evidence",
  title: "Get evidence",
  description:
    "Why a relation is believed: its quotes as verbatim passages of stored documents, with what those documents are. Send a relation id, or subject and object, or one of them with a predicate. A retracted document is shown but is no evidence.",
  input: z.object({
    relation: z.string().optional().describe("R:… from another tool"),
    subject: z.string().optional(),
    object: z.string().optional(),
    predicate: z.string().optional(),
  }),
  output: EvidenceResult,
  annotations: READS_LOCAL,
  run: (query, { engine }) => engine.explorer.evidence(query),
});
