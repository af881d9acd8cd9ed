import { z } from "zod";
import { GetEntityResult } from "../../../schemas/index.ts";
import { defineTool, READS_LOCAL } from "../../kit/index.ts";
import type { OpenExplorer } from "../open.ts";

export const getEntity = defineTool<OpenExplorer>()({
  name: "get_entity",
  title: "Get an entity",
  description:
    "The card of one entity: names, identifiers, attributes, and how many relations of each kind it has. Look here before expanding a hub. For the relations themselves use get_neighbors.",
  input: z.object({ id: z.string().describe("a CURIE such as OMIM:154700, or an unambiguous name") }),
  output: GetEntityResult,
  annotations: READS_LOCAL,
  run: ({ id }, { engine }) => engine.explorer.card(id),
});
