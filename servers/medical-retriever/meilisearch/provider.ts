/** Meilisearch as the engine of a folder's index. */
import type { EngineProvider } from "../local/engines.ts";
import { indexName, type MeilisearchSettings } from "./settings.ts";

/** @param knowledgePath the folder whose documents are indexed */
export function meilisearch(knowledgePath: string, settings: MeilisearchSettings): EngineProvider {
  const server = async (use: "asking" | "writing") =>
    new (await import("./server.ts")).MeilisearchServer(settings, use);
  return {
    name: "meilisearch",
    async writer(_folder, { embedder }, mode) {
      const { MeilisearchWriter } = await import("./writer.ts");
      const name = indexName(knowledgePath);
      return MeilisearchWriter.open({ server: await server("writing"), name, mode, dimension: embedder?.dimension });
    },
    async open(_folder, { documents, embedder }, { words }) {
      const { MeilisearchEngine } = await import("./engine.ts");
      const vectors = embedder !== undefined && embedder.vectors > 0;
      const name = indexName(knowledgePath);
      const frequency = (term: string) => words.frequency(term);
      return MeilisearchEngine.open({ server: await server("asking"), name, vectors, frequency }, documents);
    },
  };
}
