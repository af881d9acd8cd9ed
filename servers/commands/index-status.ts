/** `medresearcher index status`: which engine keeps the index, what is in it, and how far it is behind. */
import { Command } from "commander";
import type { SearchIndexStatus } from "../medical-retriever/index.ts";

export function indexStatusCommand(): Command {
  return new Command("status")
    .description("Says which engine keeps the index, what is in it, and what came or changed since.")
    .option("--knowledge <name>", "knowledge folder: starter, home, gym:SEED")
    .option("--json", "print one JSON value")
    .action(async ({ knowledge: name, json }: { knowledge?: string; json?: boolean }) => {
      const { openKnowledge } = await import("../knowledge/index.ts");
      const { searchIndexStatus } = await import("../medical-retriever/index.ts");
      const knowledge = openKnowledge(name);
      try {
        const status = { knowledge: knowledge.name, ...searchIndexStatus(knowledge) };
        process.stdout.write(json ? `${JSON.stringify(status, null, 2)}\n` : text(status));
      } finally {
        knowledge.close();
      }
    });
}

function text(status: SearchIndexStatus & { knowledge: string }): string {
  const { knowledge, engine, current, documents, vectors, embedder, behind, bytes } = status;
  const state = current
    ? "up to date"
    : `${behind > 0 ? `${count(behind)} documents behind` : "of other settings"}; the first search brings it up to date, or \`medresearcher index build\` now`;
  return [
    `${knowledge}: ${state}`,
    `  engine     ${engine === "embedded" ? "in the folder" : "Meilisearch, at MEILISEARCH_URL"}`,
    `  documents  ${count(documents)}`,
    `  vectors    ${embedder ? `${count(vectors)} by ${embedder}` : "none: no embedder is set up (`npm run embedder`)"}`,
    `  on disk    ${(bytes / 1e6).toFixed(1)} MB`,
    "",
  ].join("\n");
}

function count(n: number): string {
  return n.toLocaleString("en");
}
