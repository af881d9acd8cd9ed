/** Longest valid chains: from a file's graph, with the answer in its ids. */
import { readChainFile } from "./chain-file.ts";
import { longestChainAside } from "./thread.ts";

export interface ChainReport {
  /** Ids of the nodes, the seed first where there is one. */
  path: string[];
  /** Edges of the path. */
  length: number;
  /** Proven: no valid path has more edges. */
  bound: number;
  optimal: boolean;
  /** Time taken, in milliseconds. */
  ms: number;
  /** Limits that were met on the way. */
  notes?: string[];
}

/**
 * @param budget time for the search, in milliseconds
 * @throws Error that names what is wrong with the text, see `readChainFile`
 */
export async function chainsOfFile(text: string, budget: number, signal?: AbortSignal): Promise<ChainReport> {
  const started = performance.now();
  const { ids, graph, start, maxLength } = readChainFile(text);
  const { path, ...found } = await longestChainAside({ graph, query: { start, maxLength, budget } }, signal);
  return { path: path.map((node) => ids[node]!), ...found, ms: Math.round(performance.now() - started) };
}
