import { z } from "zod";
import { PathsResult } from "../../../schemas/index.ts";
import { defineTool, READS_LOCAL } from "../../kit/index.ts";
import type { OpenExplorer } from "../open.ts";

export const findPathsTool = defineTool<OpenExplorer>()({
  name: "find_paths",
  title: "Find paths",
  description:
    "How two entities are connected: the k shortest paths, or with mode metapath the paths that follow the given predicates step by step. Metapath without to: what shares most with from (diseases with the same findings: has_phenotype twice). Mode longest: a longest chain without shortcuts. Hubs are held back; without a path the reason says why. For what one entity is related to use get_neighbors.",
  input: z.object({
    from: z.string().describe("a CURIE, or an unambiguous name"),
    to: z.string().optional(),
    maxLength: z.int().min(1).max(30).optional().describe("steps; default 4, longest 8"),
    k: z.int().min(1).max(50).optional().describe("paths; ends without to"),
    mode: z.enum(["shortest", "metapath", "longest"]).optional(),
    predicates: z.array(z.string()).max(8).optional().describe("metapath: one per step; else only these"),
    among: z.array(z.string()).max(50).optional().describe("without to: only these ends"),
    ways: z.int().min(1).max(20).optional().describe("without to: ends reached in at least so many ways"),
  }),
  output: PathsResult,
  annotations: READS_LOCAL,
  trim: ["paths", "relations"],
  run: (query, { engine, signal }) => engine.explorer.paths(query, signal),
});
