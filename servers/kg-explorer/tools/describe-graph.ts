import { z } from "zod";
import { DescribeGraphResult } from "../../../schemas/index.ts";
import { defineTool, READS_LOCAL } from "../../kit/index.ts";
import type { OpenExplorer } from "../open.ts";

export const describeGraph = defineTool<OpenExplorer>()({
  name: "describe_graph",
  title: "Describe the graph",
  description:
    "What this graph holds: counts, categories with an example, predicates and how they read. Call it once, to learn which categories and predicates the other tools accept. It says nothing about single entities.",
  input: z.object({}),
  output: DescribeGraphResult,
  annotations: READS_LOCAL,
  run: (_, { engine }) => engine.explorer.describe(),
});
