import { z } from "zod";
import { FindInDocumentResult } from "../../../schemas/index.ts";
import { defineTool, READS_WORLD } from "../../kit/index.ts";
import type { DocumentReader } from "../reader.ts";

export const findInDocument = defineTool<DocumentReader>()({
  name: "find_in_document",
  title: "Find in a document",
  description:
    "Finds words in one document: passages with the exact phrase first (case and accents do not matter), then those that match best, and how often the phrase occurs. Use it to check a quote or a number in a document you know. Not for finding documents.",
  input: z.object({
    document: z.string().min(1).describe("Document id or address"),
    query: z.string().min(1).max(1000).describe("Phrase or words"),
    limit: z.int().min(1).max(30).optional(),
  }),
  output: FindInDocumentResult,
  annotations: READS_WORLD,
  run: (request, { engine, signal }) => engine.find(request, signal),
});
