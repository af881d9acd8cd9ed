/** The five servers by name, each imported only when it is wanted. */
import type { ServerFactory, ServerSettings } from "../kit/server.ts";
import { VERSION } from "../kit/version.ts";

interface ServerEntry {
  summary: string;
  load(): Promise<(settings: ServerSettings) => ServerFactory>;
}

export const SERVERS = {
  "web-search": {
    summary: "search the web: Wikipedia, SearXNG",
    load: async () => (await import("../web-search/main.ts")).webSearch,
  },
  "document-reader": {
    summary: "read a document or web page for a goal",
    load: async () => (await import("../document-reader/main.ts")).documentReader,
  },
  "medical-retriever": {
    summary: "find medical evidence: the local index, PubMed and six other live sources",
    load: async () => (await import("../medical-retriever/main.ts")).medicalRetriever,
  },
  "clinical-reasoning": {
    summary: "findings from text, ranked diagnoses, what to ask next",
    load: async () => (await import("../clinical-reasoning/main.ts")).clinicalReasoning,
  },
  "kg-explorer": {
    summary: "walk the medical knowledge graph",
    load: async () => (await import("../kg-explorer/main.ts")).kgExplorer,
  },
} satisfies Record<string, ServerEntry>;

export type ServerName = keyof typeof SERVERS;
export const SERVER_NAMES = Object.keys(SERVERS) as ServerName[];

export async function openServer(name: ServerName, settings: ServerSettings): Promise<ServerFactory> {
  const make = await SERVERS[name].load();
  return make(settings);
}

/** All five, for a host that runs them in its own process. */
export function openServers(settings: ServerSettings): Promise<ServerFactory[]> {
  return Promise.all(SERVER_NAMES.map((name) => openServer(name, settings)));
}

/** The knowledge that is meant where none is named. @throws Error that says how to make it when there is none of that name */
export async function knowledgeName(name?: string): Promise<string> {
  const { defaultKnowledge, openKnowledge } = await import("../knowledge/index.ts");
  const chosen = name ?? defaultKnowledge();
  openKnowledge(chosen).close();
  return chosen;
}

/** What the host is handed: it reaches the servers over MCP alone and may not import them. */
export const hostParts = { openServers, knowledgeName, version: VERSION };
