import { z } from "zod";
import { NeighborsResult } from "../../../schemas/index.ts";
import { defineTool, READS_LOCAL } from "../../kit/index.ts";
import type { OpenExplorer } from "../open.ts";

export const getNeighbors = defineTool<OpenExplorer>()({
  name: "get_neighbors",
  title: "Get neighbours",
  description:
    "The relations of one entity with the quotes that support them, in a fixed order, paged by cursor. Filter by predicate, by category of the neighbour, by direction. Negated relations say that something is NOT so. Not for connections over several steps: use find_paths.",
  input: z.object({
    id: z.string().describe("a CURIE, or an unambiguous name"),
    predicates: z.array(z.string()).optional(),
    categories: z.array(z.string()).optional().describe("categories of the neighbours"),
    direction: z.enum(["out", "in", "both"]).optional().describe("out: the entity is the subject"),
    evidence: z.boolean().optional().describe("only with quotes; false: only without"),
    qualifier: z.string().min(1).max(100).optional().describe("text in the qualifiers, or e.g. sex=female"),
    limit: z.int().min(1).max(200).optional(),
    cursor: z.string().optional(),
  }),
  output: NeighborsResult,
  annotations: READS_LOCAL,
  run: (query, { engine }) => engine.explorer.neighbors(query),
});
