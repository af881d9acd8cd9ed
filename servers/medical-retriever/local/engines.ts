/** Which engine finds: LanceDB in this process, or the Meilisearch that the environment names. Loaded when it is needed. */
import type { Engine, EngineWriter, WriteMode } from "./engine.ts";
import type { Knowledge } from "../../knowledge/index.ts";
import { meilisearch } from "../meilisearch/provider.ts";
import { meilisearchSettings } from "../meilisearch/settings.ts";
import type { EngineName, IndexDescription } from "./folder.ts";

export interface EngineProvider {
  readonly name: EngineName;
  /** @param folder of the index under construction. @throws EngineAway, Error */
  writer(folder: string, description: IndexDescription, mode: WriteMode): Promise<EngineWriter>;
  /** @throws Error where there is none; EngineAway where it cannot be reached */
  open(folder: string, description: IndexDescription, frequency: (term: string) => number): Promise<Engine>;
}

export const lancedb: EngineProvider = {
  name: "lancedb",
  async writer(folder, { kinds, embedder }) {
    const { LanceWriter } = await import("./lance/writer.ts");
    return LanceWriter.open({ folder, kinds, dimension: embedder?.dimension });
  },
  async open(folder, { kinds, years = [0, 0], embedder }) {
    const { LanceEngine } = await import("./lance/engine.ts");
    return LanceEngine.open({ folder, kinds, years, vectors: embedder !== undefined && embedder.vectors > 0 });
  },
};

/** Where `MEILISEARCH_URL` is set, what was imported is searched there; what is built in stays in this process. */
export function chosenEngine({ name, path }: Pick<Knowledge, "name" | "path">): EngineProvider {
  const settings = meilisearchSettings();
  return settings && !/^(?:starter$|gym[:-])/.test(name) ? meilisearch(path, settings) : lancedb;
}
