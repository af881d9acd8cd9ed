import { z } from "zod";
import { FindInDocumentResult } from "../../../schemas/index.ts";
import { defineTool, READS_WORLD } from "../../kit/index.ts";
import type { Reader } from "../reader.ts";

export const findInDocument = defineTool<Reader>()({
  name: "find_in_document",
  title: "Find in a document",
  description:
    "Finds words in one document: every place of the exact phrase with offsets and page, else what differs by a few letters (as it stands there), then passages that match best. Use it to check a quote or a number in a document you know. Not for finding documents.",
  input: z.object({
    document: z.string().min(1).describe("Id or address"),
    query: z.string().min(1).max(1000).describe("Phrase or words"),
    limit: z.int().min(1).max(30).optional(),
  }),
  output: FindInDocumentResult,
  annotations: READS_WORLD,
  run: (request, { engine, signal }) => engine.find(request, signal),
});
