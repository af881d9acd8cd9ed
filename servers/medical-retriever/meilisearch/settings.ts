/** The Meilisearch that the environment names, and the name of a folder's index there. */
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

export interface MeilisearchSettings {
  url: string;
  key?: string | undefined;
}

/** Undefined where `MEILISEARCH_URL` is not set. */
export function meilisearchSettings(): MeilisearchSettings | undefined {
  const { MEILISEARCH_URL: url, MEILISEARCH_KEY: key } = process.env;
  return url ? { url: url.replace(/\/+$/, ""), key: key || undefined } : undefined;
}

const Named = z.object({ index: z.string().regex(/^[\w-]{1,100}$/) });

/**
 * The name of the folder's index on the server, kept in the folder (`meilisearch.json`) so that several folders share a
 * server. A copy of the folder shares the index: remove the file there to give it one of its own.
 */
export function indexName(knowledgePath: string): string {
  const file = join(knowledgePath, "meilisearch.json");
  const known = existsSync(file) ? Named.safeParse(JSON.parse(readFileSync(file, "utf8"))).data : undefined;
  if (known) return known.index;
  const index = `medresearcher-${randomUUID().slice(0, 8)}`;
  writeFileSync(`${file}.new`, `${JSON.stringify({ index })}\n`);
  renameSync(`${file}.new`, file);
  return index;
}
