import { z } from "zod";
import { SearchEvidenceResult } from "../../../schemas/index.ts";
import { defineTool, READS_WORLD } from "../../kit/index.ts";
import type { Retriever } from "../retriever.ts";
import { SOURCES } from "../source-names.ts";

const Day = z.string().regex(/^\d{4}(-\d\d){0,2}$/, "a date such as 2019, 2019-06 or 2019-06-30");

export const searchMedicalEvidence = defineTool<Retriever>()({
  name: "search_medical_evidence",
  title: "Search medical evidence",
  description:
    "Documents about a medical question from the local collection and live sources, ranked by relevance and authority (kind of evidence, impact, integrity, age), with the best passages. Name the disease, drug, gene or finding; a plain question is fine. Retracted papers come last and are no evidence. `outcomes` says which sources could not be asked. Not for relations (kg-explorer) or web pages (web_search).",
  input: z.object({
    query: z.string().trim().min(1),
    limit: z.int().min(1).max(50).optional(),
    sources: z.array(z.enum(SOURCES)).optional().describe('["local"] asks the index alone; default all'),
    lambda: z.number().min(0).max(1).optional().describe("weight of relevance against authority, default 0.4"),
    from: Day.optional().describe("published from, YYYY[-MM[-DD]]"),
    to: Day.optional(),
    kinds: z.array(z.string()).optional().describe("of evidence: guideline, randomized_trial, regulator_label …"),
    cursor: z.string().optional(),
  }),
  output: SearchEvidenceResult,
  annotations: READS_WORLD,
  run: ({ query, ...options }, { engine, ...context }) => engine.search(query, options, context),
});
