import { z } from "zod";
import { ReadDocumentResult } from "../../../schemas/index.ts";
import { defineTool, READS_WORLD } from "../../kit/index.ts";
import type { Reader } from "../reader.ts";

export const readDocument = defineTool<Reader>()({
  name: "read_document",
  title: "Read a document",
  description:
    "Reads a document by id (PMID:…, NOTE:…), a web page or file (HTML, PDF, Office, tables) as citable passages with offsets and pages. With a goal: the passages that serve it, best first, and a synthesis with verbatim quotes; else from the beginning, on with nextCursor. Long ones: look at the outline, then give sections or pages. Not for searching: search_medical_evidence, web_search.",
  input: z.object({
    source: z.string().min(1).describe("Id of a document or passage, address, path"),
    goal: z.string().max(2000).optional().describe("What you want to learn"),
    sections: z.array(z.string()).optional().describe("Labels of the outline"),
    pages: z.string().optional().describe("3-5"),
    cursor: z.string().optional(),
  }),
  output: ReadDocumentResult,
  annotations: READS_WORLD,
  // Passages are paged by the engine: what is cut here would be lost between pages.
  trim: ["outline"],
  run: (request, { engine, signal, progress }) => engine.read(request, signal, progress),
});
