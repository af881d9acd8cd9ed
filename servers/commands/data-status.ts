/** What knowledge there is on this machine: every folder with its sources, counts, and sizes on disk. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "../../schemas/index.ts";
import { dataHome, defaultKnowledge, knowledgePath, readManifest } from "../knowledge/index.ts";

interface FolderStatus {
  name: string;
  path: string;
  revision: string;
  counts: Manifest["counts"];
  sources: Manifest["sources"];
  bytes: { documents: number; graph: number; search: number; clinical: number };
  /** An import was broken off; the same command goes on with it. */
  interrupted: boolean;
}

export interface KnowledgeStatus {
  home: string;
  /** What is served when nothing is named. */
  default: string;
  knowledge: FolderStatus[];
}

export function knowledgeStatus(home = dataHome()): KnowledgeStatus {
  const root = join(knowledgePath("home", home), "..");
  const names = existsSync(root) ? readdirSync(root).toSorted() : [];
  return {
    home,
    default: defaultKnowledge(home),
    knowledge: names.flatMap((name) => folderStatus(join(root, name)) ?? []),
  };
}

function folderStatus(path: string): FolderStatus | undefined {
  const manifest = readManifest(path);
  if (!manifest) return undefined;
  const { name, revision, counts, sources } = manifest;
  const bytes = {
    documents: bytesOf(join(path, "documents.db")),
    graph: bytesOf(join(path, "graph.db")),
    search: bytesOf(join(path, "search")),
    clinical: bytesOf(join(path, "clinical.bin")),
  };
  return { name, path, revision, counts, sources, bytes, interrupted: existsSync(join(path, "import.json")) };
}

function bytesOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.size ?? 0;
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

export function statusText({ home, default: served, knowledge }: KnowledgeStatus): string {
  if (knowledge.length === 0) {
    return `${home}: nothing imported yet; the starter is built when it is first asked\n`;
  }
  return `${home}\n${knowledge.map((folder) => `\n${folderText(folder, folder.name === served)}`).join("")}`;
}

function folderText(folder: FolderStatus, served: boolean): string {
  const { documents, entities, relations } = folder.counts;
  const lines = [
    `${folder.name}${served ? " (default)" : ""}`,
    `  ${thousands(documents)} documents, ${thousands(entities)} entities, ${thousands(relations)} relations; revision ${folder.revision}`,
    ...folder.sources.map(({ kind, from, version, licence, importedAt }) =>
      [`  ${kind} from ${from}`, version, licence, importedAt.slice(0, 10)].filter(Boolean).join("; "),
    ),
    `  on disk: ${Object.entries(folder.bytes)
      .map(([part, bytes]) => `${part} ${size(bytes)}`)
      .join(", ")}`,
  ];
  if (folder.interrupted) lines.push("  an import was interrupted: run it again to go on");
  return `${lines.join("\n")}\n`;
}

function size(bytes: number): string {
  return bytes === 0 ? "none" : `${(bytes / 1e6).toFixed(1)} MB`;
}

function thousands(count: number): string {
  return count.toLocaleString("en");
}
