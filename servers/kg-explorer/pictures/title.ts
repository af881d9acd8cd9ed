/** What a picture of a subgraph is called. */
import type { PictureGraph } from "./graph.ts";

/** "Around Entresto and heart failure" */
export function graphTitle({ nodes }: PictureGraph): string {
  const seeds = nodes.filter((n) => n.isSeed).map((n) => n.name);
  if (seeds.length === 0) return "A piece of the knowledge graph";
  const shown = seeds.length > 3 ? [...seeds.slice(0, 2), `${seeds.length - 2} more`] : seeds;
  return `Around ${shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}` : shown[0]}`;
}
