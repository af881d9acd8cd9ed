import { z } from "zod";
import { WebSearchResult } from "../../../schemas/index.ts";
import { defineTool, READS_WORLD } from "../../kit/index.ts";
import type { WebSearch } from "../search.ts";

export const webSearchTool = defineTool<WebSearch>()({
  name: "web_search",
  title: "Search the web",
  description:
    "Searches the open web for pages: title, address, snippet, date, and type of site (regulator, guideline_body, journal, news …) with its reason. For companies, news and general knowledge that the medical sources lack. Not for medical evidence: search_medical_evidence ranks that by authority. To cite a page, read it with read_document.",
  input: z.object({
    query: z.string().min(1).max(1000),
    limit: z.int().min(1).max(20).optional(),
    freshness: z.string().describe("day, week, month, year, or 2024-01-01..2024-06-30").optional(),
    language: z.string().describe("de, or de-CH").optional(),
    sites: z.array(z.string()).describe("who.int, -shop.example").optional(),
  }),
  output: WebSearchResult,
  annotations: READS_WORLD,
  trim: ["results", "documents"],
  run: (request, { engine, signal }) => engine.search(request, signal),
});
