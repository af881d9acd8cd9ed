/**
 * A knowledge folder: `documents.db`, `graph.db`, `manifest.json` and what engines derive from them (`search/`,
 * `clinical.bin`). A server opens one by name and knows nothing else of it.
 */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Manifest } from "../../schemas/index.ts";
import { dataHome } from "../kit/home.ts";
import { DocumentStore } from "./documents.ts";
import { GraphStore } from "./graph.ts";

export { dataHome };

export interface Knowledge {
  readonly name: string;
  readonly path: string;
  readonly manifest: Manifest;
  /** Opened on first use, read-only. */
  readonly documents: DocumentStore;
  readonly graph: GraphStore;
  close(): void;
}

export function knowledgePath(name: string, home = dataHome()): string {
  return join(home, "knowledge", name.replaceAll(":", "-"));
}

export function readManifest(path: string): Manifest | undefined {
  const file = join(path, "manifest.json");
  return existsSync(file) ? Manifest.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}

/** Atomic: a reader sees the old manifest or the new one. */
export function writeManifest(path: string, manifest: Manifest): void {
  mkdirSync(path, { recursive: true });
  const temporary = join(path, `manifest.json.${randomUUID()}`);
  writeFileSync(temporary, `${JSON.stringify(manifest, null, 2)}\n`);
  renameSync(temporary, join(path, "manifest.json"));
}

/** What is served when nothing is named: what the user imported, else the starter. */
export function defaultKnowledge(home = dataHome()): string {
  return readManifest(knowledgePath("home", home)) ? "home" : "starter";
}

/** A folder that is complete on disk. @throws Error that says how to make it when there is none */
export function openFolder(name: string, path: string): Knowledge {
  const manifest = readManifest(path);
  if (!manifest) {
    throw new Error(
      name === "home"
        ? "nothing was imported yet: run `medresearcher data import KIND --from PATH`, or use --knowledge starter"
        : `there is no knowledge called ${name} (looked in ${path}); known: starter, home, gym:SEED`,
    );
  }
  let documents: DocumentStore | undefined;
  let graph: GraphStore | undefined;
  return {
    name,
    path,
    manifest,
    get documents() {
      return (documents ??= new DocumentStore(join(path, "documents.db"), { readOnly: true }));
    },
    get graph() {
      return (graph ??= new GraphStore(join(path, "graph.db"), { readOnly: true }));
    },
    close() {
      documents?.close();
      graph?.close();
    },
  };
}
