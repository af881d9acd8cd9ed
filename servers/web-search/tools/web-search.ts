import { z } from "zod";
import { WebSearchResult } from "../../../schemas/index.ts";
import { defineTool, READS_WORLD } from "../../kit/index.ts";
import type { WebSearch } from "../search.ts";

export const webSearchTool = defineTool<WebSearch>()({
  name: "web_search",
  title: "Search the web",
  description:
    "Searches the open web (Wikipedia, SearXNG where configured) for pages with title, address and snippet. Use it for companies, news and general knowledge that the medical sources lack. Not for medical evidence: search_medical_evidence ranks that by authority. To cite a page, read it with read_document.",
  input: z.object({
    query: z.string().min(1).max(1000),
    limit: z.int().min(1).max(20).optional(),
  }),
  output: WebSearchResult,
  annotations: READS_WORLD,
  trim: ["results", "documents"],
  run: (request, { engine, signal }) => engine.search(request, signal),
});
