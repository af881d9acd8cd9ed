import { z } from "zod";
import { ReadDocumentResult } from "../../../schemas/index.ts";
import { defineTool, READS_WORLD } from "../../kit/index.ts";
import type { DocumentReader } from "../reader.ts";

export const readDocument = defineTool<DocumentReader>()({
  name: "read_document",
  title: "Read a document",
  description:
    "Reads a stored document (NOTE:…, PMID:…, HPOA:…), a web page or PDF by address, as passages with exact offsets that can be cited. With a goal it returns the passages that serve it, best first; without one the text from its beginning, to be continued with nextCursor. Not for searching: find documents with search_medical_evidence or web_search first.",
  input: z.object({
    source: z.string().min(1).describe("Document id, http(s) address, or path of an allowed file"),
    goal: z.string().max(2000).optional().describe("What you want to learn from it"),
    cursor: z.string().optional().describe("nextCursor of the last answer"),
  }),
  output: ReadDocumentResult,
  annotations: READS_WORLD,
  // Passages are paged by the engine: what is cut here would be lost between pages.
  trim: ["outline"],
  run: (request, { engine, signal, progress }) => engine.read(request, signal, progress),
});
