/** The engines that the contract of an index is tested with. */
import { embedded, type EngineProvider } from "../local/engines.ts";
import { meilisearch } from "../meilisearch/provider.ts";
import { indexName } from "../meilisearch/settings.ts";
import { MeilisearchServer } from "../meilisearch/server.ts";
import { KEY, startMeilisearch } from "./meilisearch-server.ts";

export interface TestedEngine {
  name: string;
  /** Why it is not tested here. */
  missing?: string;
  /** @returns an engine for a folder, and what to do when the folders go */
  start: () => Promise<{ of: (folder: string) => EngineProvider; stop: (folders: readonly string[]) => Promise<void> }>;
}

/** What MEILISEARCH_URL and MEILISEARCH_KEY named, before tests/own-settings.ts took them away. */
const { TESTED_MEILISEARCH_URL: url, TESTED_MEILISEARCH_KEY: key } = process.env;
const real = url ? { url: url.replace(/\/+$/, ""), key } : undefined;

export const ENGINES: readonly TestedEngine[] = [
  { name: "what is embedded", start: async () => ({ of: () => embedded, stop: async () => {} }) },
  {
    name: "Meilisearch, as it is documented",
    start: async () => {
      const server = await startMeilisearch();
      return { of: (folder) => meilisearch(folder, { url: server.url, key: KEY }), stop: () => server.close() };
    },
  },
  {
    name: "Meilisearch, the server at MEILISEARCH_URL",
    ...(real ? {} : { missing: "MEILISEARCH_URL is not set" }),
    start: async () => {
      return {
        of: (folder) => meilisearch(folder, real!),
        async stop(folders) {
          const server = new MeilisearchServer(real!);
          for (const name of folders.map(indexName).flatMap((one) => [one, `${one}-new`])) {
            await server.ask((client) => client.deleteIndexIfExists(name));
          }
        },
      };
    },
  },
];

for (const { name, missing } of ENGINES) {
  // Loud, so that nobody takes the suite for complete.
  if (missing) console.warn(`\nNOT RUN: the index's contract with ${name}: ${missing}\n`);
}
