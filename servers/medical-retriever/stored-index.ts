/** The search index of a knowledge folder as commands see it: make it, make it anew, say how it stands. */
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { httpClient } from "../kit/http/index.ts";
import type { Knowledge } from "../knowledge/index.ts";
import { configuredEmbedder } from "./embedding/index.ts";
import { buildIndex, isCurrent, type BuildOptions, type Built } from "./local/build.ts";
import { chosenEngine } from "./local/engines.ts";
import { completeIndexes, indexFolder, readDescription, searchRoot, type EngineName } from "./local/folder.ts";
import { meaningOf } from "./relevance/meaning.ts";

type Folder = Pick<Knowledge, "path" | "manifest">;

export interface SearchIndexStatus {
  engine: EngineName;
  /** Whether it is of the folder's present revision, with the vectors of the embedder in use. */
  current: boolean;
  /** Documents in it, and how many of them have a vector, by which embedder. */
  documents: number;
  vectors: number;
  embedder?: string;
  /** Documents that came, changed or went since; these alone are indexed again where they are few. */
  behind: number;
  bytes: number;
}

/**
 * Makes the search index of a knowledge folder's present revision, where it is missing. Call it after the manifest was
 * written; otherwise the first search does it.
 * @throws Error that says what to do; the signal's reason when aborted, and the next call goes on from there
 */
export async function buildSearchIndex(knowledge: Knowledge, options: BuildOptions = {}): Promise<Built> {
  const http = httpClient();
  const meaning = meaningOf(knowledge, http, undefined);
  try {
    const chosen = { engine: chosenEngine(knowledge), vectors: meaning.vectors };
    return await buildIndex(knowledge, knowledge.manifest.revision, { ...chosen, ...options });
  } finally {
    await meaning.close();
    http.close();
  }
}

/** Throws the index away and makes it anew; kept vectors are used again. */
export async function rebuildSearchIndex(knowledge: Knowledge, options: BuildOptions = {}): Promise<Built> {
  for (const folder of completeIndexes(knowledge.path, chosenEngine(knowledge).name)) {
    rmSync(folder, { recursive: true, force: true });
  }
  return buildSearchIndex(knowledge, options);
}

/** Whether the index of the folder's present revision is there, as the settings want it. */
export function searchIndexIsCurrent({ path, manifest }: Folder): boolean {
  const engine = chosenEngine({ name: manifest.name, path });
  return isCurrent(indexFolder(path, manifest.revision, engine.name), embedderInUse());
}

export function searchIndexStatus(knowledge: Knowledge): SearchIndexStatus {
  const { path, manifest, documents } = knowledge;
  const engine = chosenEngine(knowledge).name;
  const [latest] = completeIndexes(path, engine);
  const description = latest ? readDescription(latest) : undefined;
  const { embedder, through = { row: 0, seq: 0 } } = description ?? {};
  return {
    engine,
    current: searchIndexIsCurrent({ path, manifest }),
    documents: description?.documents ?? 0,
    vectors: embedder?.vectors ?? 0,
    ...(embedder ? { embedder: embedder.identity } : {}),
    behind: documents.changedSince(through).length + documents.state().row - through.row,
    bytes: bytesOf(searchRoot(path)),
  };
}

/** Undefined also where what is configured cannot be: searches then say why they go by words alone. */
function embedderInUse(): { identity: string } | undefined {
  const http = httpClient({ cacheFile: false });
  try {
    return configuredEmbedder(http);
  } catch {
    return undefined;
  } finally {
    http.close();
  }
}

/** Files that are shared by two indexes count twice. */
function bytesOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.size ?? 0;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}
