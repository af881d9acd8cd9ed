import { z } from "zod";
import { SearchEvidenceResult } from "../../../schemas/index.ts";
import { defineTool, READS_WORLD } from "../../kit/index.ts";
import type { Retriever } from "../retriever.ts";
import { SOURCES } from "../source-names.ts";

export const searchMedicalEvidence = defineTool<Retriever>()({
  name: "search_medical_evidence",
  title: "Search medical evidence",
  description:
    "Documents about a medical question, stored and live, ranked by relevance and authority (kind of evidence, impact, integrity, age), with the best passages. Name the disease, drug, gene or finding. Retracted papers come last and are no evidence. `outcomes` says which sources could not be asked. Not for relations (kg-explorer) or web pages (web_search).",
  input: z.object({
    query: z.string().trim().min(1),
    limit: z.int().min(1).max(50).optional(),
    sources: z.array(z.enum(SOURCES)).optional().describe('["local"]: only what is stored; default all'),
    lambda: z.number().min(0).max(1).optional().describe("of relevance against authority, default 0.4"),
    // Dates and kinds are judged by the engine, which says what they should be.
    from: z.string().optional().describe("published, YYYY[-MM[-DD]]"),
    to: z.string().optional(),
    kinds: z.array(z.string()).optional().describe("guideline, randomized_trial, regulator_label …"),
    cursor: z.string().optional(),
  }),
  output: SearchEvidenceResult,
  annotations: READS_WORLD,
  run: ({ query, ...options }, { engine, ...context }) => engine.search(query, options, context),
});
