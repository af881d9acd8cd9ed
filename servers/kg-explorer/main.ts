/** The kg-explorer server: seven tools over one knowledge folder. */
import { defineServer } from "../kit/index.ts";
import { openExplorer } from "./open.ts";
import { describeGraph } from "./tools/describe-graph.ts";
import { findEntities } from "./tools/find-entities.ts";
import { findPathsTool } from "./tools/find-paths.ts";
import { getEntity } from "./tools/get-entity.ts";
import { getEvidence } from "./tools/get-evidence.ts";
import { getNeighbors } from "./tools/get-neighbors.ts";
import { getSubgraph } from "./tools/get-subgraph.ts";

export const kgExplorer = defineServer({
  name: "kg-explorer",
  title: "Knowledge graph explorer",
  instructions:
    "A medical knowledge graph (diseases, genes, drugs, proteins, companies, trials, guidelines) in which every relation carries its evidence. Start with find_entities on the question itself, walk with get_neighbors, cite with get_evidence.",
  tools: [describeGraph, findEntities, getEntity, getNeighbors, findPathsTool, getSubgraph, getEvidence],
  open: ({ knowledge }) => openExplorer(knowledge),
});
