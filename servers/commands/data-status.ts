/** What knowledge there is on this machine: every folder with its sources, counts, and sizes on disk. */
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Manifest } from "../../schemas/index.ts";
import { dataHome, defaultKnowledge, knowledgePath, readManifest } from "../knowledge/index.ts";
import { DERIVED, type Derived } from "./derived.ts";

interface FolderStatus {
  name: string;
  path: string;
  revision: string;
  counts: Manifest["counts"];
  sources: Manifest["sources"];
  bytes: { documents: number; graph: number; search: number; clinical: number };
  /** Whether what the engines derive is there for this revision; else the first question makes it. */
  current: Record<Derived["key"], boolean>;
  /** An import was broken off; the same command goes on with it. */
  interrupted: boolean;
}

export interface KnowledgeStatus {
  home: string;
  /** What is served when nothing is named. */
  default: string;
  knowledge: FolderStatus[];
}

export async function knowledgeStatus(home = dataHome()): Promise<KnowledgeStatus> {
  const root = join(knowledgePath("home", home), "..");
  const names = existsSync(root) ? readdirSync(root).toSorted() : [];
  const folders = await Promise.all(names.map((name) => folderStatus(join(root, name))));
  return { home, default: defaultKnowledge(home), knowledge: folders.filter((folder) => folder !== undefined) };
}

async function folderStatus(path: string): Promise<FolderStatus | undefined> {
  const manifest = readManifest(path);
  if (!manifest) return undefined;
  const { name, revision, counts, sources } = manifest;
  const bytes = {
    documents: bytesOf(join(path, "documents.db")),
    graph: bytesOf(join(path, "graph.db")),
    search: bytesOf(join(path, "search")),
    clinical: bytesOf(join(path, "clinical.bin")),
  };
  const current = { search: false, clinical: false };
  for (const derived of DERIVED) current[derived.key] = await derived.current({ path, manifest });
  return { name, path, revision, counts, sources, bytes, current, interrupted: existsSync(join(path, "import.json")) };
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
  const missing = DERIVED.filter(({ key }) => !folder.current[key]).map(({ name }) => name);
  if (missing.length > 0) lines.push(`  ${missing.join(" and ")}: made when first asked for`);
  if (folder.interrupted) lines.push("  an import was interrupted: run it again to go on");
  return `${lines.join("\n")}\n`;
}

function size(bytes: number): string {
  return bytes === 0 ? "none" : `${(bytes / 1e6).toFixed(1)} MB`;
}

function thousands(count: number): string {
  return count.toLocaleString("en");
}
