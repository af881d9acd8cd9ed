import { z } from "zod";
import { FindEntitiesResult } from "../../../schemas/index.ts";
import { defineTool, READS_LOCAL } from "../../kit/index.ts";
import type { OpenExplorer } from "../open.ts";

export const findEntities = defineTool<OpenExplorer>()({
  name: "find_entities",
  title: "Find entities",
  description:
    "Turns a name, a synonym, an identifier or a whole sentence into entities of the graph, small typos forgiven. For a sentence every entity mentioned comes back with its span; one name with several bearers gives them all. Not for searching texts: use search_medical_evidence.",
  input: z.object({
    query: z.string().describe("name, identifier or sentence"),
    category: z.string().optional().describe("only this category, e.g. Disease, Gene, Drug"),
    limit: z.int().min(1).max(100).optional(),
  }),
  output: FindEntitiesResult,
  annotations: READS_LOCAL,
  trim: ["entities"],
  run: ({ query, category, limit }, { engine }) => engine.explorer.find(query, { category, limit }),
});
