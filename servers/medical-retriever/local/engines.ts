/** Which engine finds: LanceDB in this process, or the Meilisearch that the environment names. Loaded when it is needed. */
import type { Engine, EngineWriter } from "./engine.ts";
import type { EngineName, IndexDescription } from "./folder.ts";

export interface EngineProvider {
  readonly name: EngineName;
  /** Goes on with what is there. @param folder of the index under construction; @param fresh it is built from nothing */
  writer(folder: string, description: IndexDescription, fresh: boolean): Promise<EngineWriter>;
  /** @throws Error where there is none, or it cannot be reached */
  open(folder: string, description: IndexDescription): Promise<Engine>;
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
