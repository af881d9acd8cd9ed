import { z } from "zod";
import { SubgraphResult } from "../../../schemas/index.ts";
import { defineTool, pictureArgument, READS_LOCAL } from "../../kit/index.ts";
import type { OpenExplorer } from "../open.ts";
import { SUBGRAPH_APP } from "../pictures/app.ts";
import { withoutEvidence } from "../pictures/graph.ts";
import { subgraphSvg } from "../pictures/svg.ts";

export const getSubgraph = defineTool<OpenExplorer>()({
  name: "get_subgraph",
  title: "Get a subgraph",
  description:
    "A bounded piece of the graph around some entities: first the relations among them, then what connects several of them. Use it to see what diseases, genes or drugs share. For one entity get_neighbors is more exact.",
  input: z.object({
    ids: z.array(z.string()).min(1).max(20).describe("CURIEs or unambiguous names"),
    depth: z.int().min(1).max(2).optional(),
    limit: z.int().min(1).max(200).optional().describe("relations; default 40"),
    picture: pictureArgument,
  }),
  output: SubgraphResult,
  annotations: READS_LOCAL,
  trim: ["relations", "entities"],
  picture: { app: SUBGRAPH_APP, svg: subgraphSvg, whole: withoutEvidence },
  run: ({ ids, depth, limit }, { engine }) => engine.explorer.subgraph(ids, depth, limit),
});
