/**
 * Knowledge folders that are made from something else and can be made again: one for each version, put in place whole.
 * A process that still reads an older one is left in peace; two processes may build at once, and one that is killed
 * leaves nothing that another would take for the finished folder.
 */
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { readManifest } from "./folder.ts";

const ABANDONED_AFTER_MS = 60 * 60 * 1000;
const OUTDATED_AFTER_MS = 30 * 24 * 60 * 60 * 1000;

export interface BuiltFolder {
  /** Where it stands, named after its version. */
  path: string;
  /** Names of this and all other versions. */
  versions: RegExp;
  /** Writes it, the manifest last. */
  compile: (temporary: string) => void;
}

/** The path of the folder, built now where it is not there yet. */
export function ensureBuilt({ path, versions, compile }: BuiltFolder): string {
  if (readManifest(path)) return path;
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    compile(temporary);
    publish(temporary, path);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  sweep(path, versions);
  return path;
}

/** Moves the finished folder to its place, or leaves the one that another process put there meanwhile. */
function publish(temporary: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path) && !readManifest(path)) rmSync(path, { recursive: true, force: true });
  try {
    renameSync(temporary, path);
  } catch (error) {
    if (!readManifest(path)) throw error;
  }
}

/** Removes what killed builds left, and versions that nobody has used for a month. */
function sweep(current: string, versions: RegExp): void {
  const folder = dirname(current);
  for (const name of readdirSync(folder)) {
    const unfinished = /^(.*?)\..*\.tmp$/.exec(name);
    if (!versions.test(unfinished?.[1] ?? name) || name === basename(current)) continue;
    const path = `${folder}/${name}`;
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age <= (unfinished ? ABANDONED_AFTER_MS : OUTDATED_AFTER_MS)) continue;
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // Another process sweeps it at the same time, or it is not ours to remove: what was built stands all the same.
    }
  }
}
