/** Opens the explorer over a knowledge folder; its graph lies there, or in the Neo4j that the environment names. */
import { openKnowledge, type Knowledge } from "../knowledge/index.ts";
import type { GraphBackend } from "./backend.ts";
import { EmbeddedGraph } from "./embedded.ts";
import { Explorer } from "./explorer.ts";
import { Neo4jConnection } from "./neo4j/connection.ts";
import { Neo4jGraph } from "./neo4j/graph.ts";
import { neo4jSettings, type Neo4jSettings } from "./neo4j/settings.ts";

export interface OpenExplorer {
  explorer: Explorer;
  close(): Promise<void>;
}

/**
 * @param name of the folder; the default is what the user imported, else the starter
 * @param neo4j where the graph of imported knowledge lies; what is built in is embedded in any case
 */
export function openExplorer(name?: string, neo4j = neo4jSettings()): OpenExplorer {
  const knowledge = openKnowledge(name);
  if (!neo4j || isBuiltIn(name)) return explorerOver(knowledge);
  return explorerWith(knowledge, graphIn(neo4j, name));
}

/** The explorer owns the folder from here: closing it closes the stores. */
export function explorerOver(knowledge: Knowledge): OpenExplorer {
  return explorerWith(knowledge, new EmbeddedGraph(knowledge.graph));
}

/** Nothing is asked of the server yet: one that is away is met by the call that needs it. */
function graphIn(neo4j: Neo4jSettings, name: string | undefined): GraphBackend {
  return new Neo4jGraph(new Neo4jConnection(neo4j), name);
}

function explorerWith(knowledge: Knowledge, graph: GraphBackend): OpenExplorer {
  const explorer = new Explorer(knowledge.name, graph, knowledge.documents);
  return {
    explorer,
    async close() {
      await explorer.close();
      knowledge.close();
    },
  };
}

/** The starter and made-up worlds are embedded wherever imported knowledge lies. */
export function isBuiltIn(name: string | undefined): boolean {
  return name !== undefined && (name === "starter" || name.startsWith("gym:"));
}
