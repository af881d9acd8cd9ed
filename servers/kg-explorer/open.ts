/** Opens the explorer over a knowledge folder. */
import { openKnowledge, type Knowledge } from "../knowledge/index.ts";
import { EmbeddedGraph } from "./embedded.ts";
import { Explorer } from "./explorer.ts";

export interface OpenExplorer {
  explorer: Explorer;
  close(): Promise<void>;
}

/** @param name of the folder; the default is what the user imported, else the starter */
export function openExplorer(name?: string): OpenExplorer {
  return explorerOver(openKnowledge(name));
}

/** The explorer owns the folder from here: closing it closes the stores. */
export function explorerOver(knowledge: Knowledge): OpenExplorer {
  const explorer = new Explorer(knowledge.name, new EmbeddedGraph(knowledge.graph), knowledge.documents);
  return {
    explorer,
    async close() {
      await explorer.close();
      knowledge.close();
    },
  };
}
