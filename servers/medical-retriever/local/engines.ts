/** Which engine finds: in this process (postings for words, LanceDB for vectors), or the Meilisearch that the environment names. Loaded when it is needed. */
import type { Engine, EngineWriter, WriteMode } from "./engine.ts";
import type { Knowledge } from "../../knowledge/index.ts";
import { meilisearch } from "../meilisearch/provider.ts";
import { meilisearchSettings } from "../meilisearch/settings.ts";
import type { EngineName, IndexDescription } from "./folder.ts";
import type { Words } from "./postings/words.ts";
import type { Facets } from "./records/facets.ts";

export interface EngineProvider {
  readonly name: EngineName;
  /** @param folder of the index under construction. @throws EngineAway, Error */
  writer(folder: string, description: IndexDescription, mode: WriteMode): Promise<EngineWriter>;
  /** @throws Error where there is none; EngineAway where it cannot be reached */
  open(folder: string, description: IndexDescription, parts: IndexParts): Promise<Engine>;
}

/** What every index has, for its engine to use. */
export interface IndexParts {
  words: Words;
  facets: Facets;
}

export const embedded: EngineProvider = {
  name: "embedded",
  async writer(folder, { embedder }) {
    const { EmbeddedWriter } = await import("./embedded/writer.ts");
    return EmbeddedWriter.open(folder, embedder?.dimension);
  },
  async open(folder, description, parts) {
    const { EmbeddedEngine } = await import("./embedded/engine.ts");
    return EmbeddedEngine.open(folder, description, parts);
  },
};

/** Where `MEILISEARCH_URL` is set, what was imported is searched there; what is built in stays in this process. */
export function chosenEngine({ name, path }: Pick<Knowledge, "name" | "path">): EngineProvider {
  const settings = meilisearchSettings();
  return settings && !/^(?:starter$|gym[:-])/.test(name) ? meilisearch(path, settings) : embedded;
}
