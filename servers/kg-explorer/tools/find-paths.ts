import { z } from "zod";
import { PathsResult } from "../../../schemas/index.ts";
import { defineTool, READS_LOCAL } from "../../kit/index.ts";
import type { OpenExplorer } from "../open.ts";

export const findPathsTool = defineTool<OpenExplorer>()({
  name: "find_paths",
  title: "Find paths",
  description:
    "How two entities are connected: the k shortest paths, or with mode metapath the paths that follow the given predicates step by step. Hubs are held back, and where there is no path the reason says why. Not for listing what one entity is related to: use get_neighbors.",
  input: z.object({
    from: z.string().describe("a CURIE, or an unambiguous name"),
    to: z.string(),
    maxLength: z.int().min(1).max(6).optional().describe("steps; default 4"),
    k: z.int().min(1).max(50).optional(),
    mode: z.enum(["shortest", "metapath"]).optional(),
    predicates: z.array(z.string()).max(6).optional().describe("shortest: only these; metapath: one per step"),
  }),
  output: PathsResult,
  annotations: READS_LOCAL,
  trim: ["paths", "relations"],
  run: (query, { engine }) => engine.explorer.paths(query),
});
