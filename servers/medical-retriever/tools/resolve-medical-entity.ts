import { z } from "zod";
import { ResolveEntityResult } from "../../../schemas/index.ts";
import { defineTool, READS_WORLD } from "../../kit/index.ts";
import type { Retriever } from "../retriever.ts";

export const resolveMedicalEntity = defineTool<Retriever>()({
  name: "resolve_medical_entity",
  title: "Resolve medical entity",
  description:
    "The identifier behind one name or id: disease, gene, drug, finding, company, with synonyms and identifiers elsewhere; typos are understood, other drugs are asked of RxNorm. All bearers come back. Not for sentences: use find_entities.",
  input: z.object({
    name: z.string().trim().min(1),
    category: z.string().optional().describe("Disease, Gene, Drug …"),
  }),
  output: ResolveEntityResult,
  annotations: READS_WORLD,
  trim: ["entities"],
  run: (options, { engine, ...context }) => engine.resolve(options, context),
});
